export { createRunnerIdentities, createServiceIdentity } from './default-identities.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
export { EmulatorError, type EmulatorErrorCode } from './emulator-error.ts';
export { type FaultRule, parseFaultRules } from './faults.ts';
export type { EmulatedIdentity, RoleGrant, RoleName } from './identities.ts';
export type { RequestRecord, ServerName } from './request-log.ts';
export type { Behaviour } from './service/behaviour.ts';
export type { Execution } from './service/service.ts';
