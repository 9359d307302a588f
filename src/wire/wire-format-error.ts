/** A response of the service that does not have the documented shape. Names fields, never values. */
export class WireFormatError extends Error {
  override readonly name = 'WireFormatError';

  constructor(what: string, fields: readonly string[]) {
    super(`The service answered with ${what} of an unknown shape (${fields.join(', ')}).`);
  }
}
