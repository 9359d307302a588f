import { randomUUID } from 'node:crypto';
import type { EmulatedIdentity, RoleGrant } from './identities.ts';

/** Containers that every emulator has. */
export const DEFAULT_CONTAINERS = ['source', 'target', 'staging', 'state'] as const;

const RESOURCE_GROUP =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/emulator/providers';

/**
 * The identities that a client of the emulator can have: one system-assigned and one user-assigned,
 * both with the least roles that a run needs.
 */
export function createRunnerIdentities(): EmulatedIdentity[] {
  return [
    {
      kind: 'system',
      objectId: '5f000000-0000-4000-8000-000000000001',
      clientId: '5f000000-0000-4000-8000-000000000002',
      resourceId: `${RESOURCE_GROUP}/Microsoft.Web/sites/runner`,
      roles: listRunnerRoles(),
    },
    {
      kind: 'user',
      objectId: '0a000000-0000-4000-8000-000000000001',
      clientId: '0a000000-0000-4000-8000-000000000002',
      resourceId: `${RESOURCE_GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/runner`,
      roles: listRunnerRoles(),
    },
  ];
}

/** The identity of the service itself, which reads and writes all documents. */
export function createServiceIdentity(): EmulatedIdentity {
  return {
    kind: 'system',
    objectId: 'de1d0000-0000-4000-8000-000000000001',
    clientId: 'de1d0000-0000-4000-8000-000000000002',
    resourceId: `${RESOURCE_GROUP}/Microsoft.HealthDataAIServices/deidServices/emulator`,
    roles: [{ role: 'Storage Blob Data Contributor' }],
  };
}

/** Who prepares and inspects the emulated account; the identity endpoint never gives it away. */
export function createAdminIdentity(): EmulatedIdentity {
  return {
    kind: 'user',
    objectId: randomUUID(),
    clientId: randomUUID(),
    resourceId: `${RESOURCE_GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/admin`,
    roles: [{ role: 'Storage Blob Data Contributor' }, { role: 'DeID Data Owner' }],
  };
}

function listRunnerRoles(): RoleGrant[] {
  return [
    { role: 'DeID Batch Data Owner' },
    { role: 'Storage Blob Data Reader', container: 'source' },
    { role: 'Storage Blob Data Contributor', container: 'target' },
    { role: 'Storage Blob Data Contributor', container: 'staging' },
    { role: 'Storage Blob Data Contributor', container: 'state' },
  ];
}
