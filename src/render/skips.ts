import type { SkipReason } from '../model/selection.ts';

/** Why blobs were left out, in words. */
export function describeSkip(reason: SkipReason): string {
  switch (reason) {
    case 'notMatched':
      return 'no pattern matches';
    case 'excluded':
      return 'excluded';
    case 'tooLarge':
      return 'too large';
    case 'notModified':
      return 'not modified since the given time';
    case 'reserved':
      return "deid-batch's own files";
  }
}
