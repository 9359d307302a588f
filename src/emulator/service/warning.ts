/** What the emulator says about itself: in its banner and in a header of every response. */
export const EMULATOR_WARNING =
  'emulator for development and tests; it misses PHI; never use its output to release real patient data';

/** Name of the response header that carries {@link EMULATOR_WARNING}. */
export const EMULATOR_HEADER = 'x-deid-emulator';
