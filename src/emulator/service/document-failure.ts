import type { WireError } from '../../wire/error-body.ts';

/** Ends one document as `Failed`, its job goes on; `error` is what the document shows. */
export class DocumentFailure extends Error {
  override readonly name = 'DocumentFailure';
  readonly error: WireError;

  constructor(error: { code: string; message: string; target: 'SourceFile' | 'TargetFile' }) {
    super(error.message);
    this.error = error;
  }
}
