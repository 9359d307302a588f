/** Why the emulator could not do what it was asked. */
export type EmulatorErrorCode =
  | 'peerMissing'
  | 'portInUse'
  | 'faultRuleInvalid'
  | 'seedFolderUnreadable'
  | 'storageNotStarted';

/** The emulator cannot start or go on; `message` says what to change. */
export class EmulatorError extends Error {
  override readonly name = 'EmulatorError';
  readonly code: EmulatorErrorCode;

  constructor(code: EmulatorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
