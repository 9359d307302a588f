import { braceExpand, Minimatch, type MinimatchOptions } from 'minimatch';
import { DeidBatchError } from './errors/deid-batch-error.ts';
import { type ListedBlob, RESERVED_PREFIX } from './model/document.ts';
import type { SkipReason } from './model/selection.ts';

export interface MatchRules {
  /** Globs on the full blob name; a blob that one of them matches is selected. */
  patterns: readonly string[];
  /** Globs that win over `patterns`. */
  excludes: readonly string[];
  /** Blobs larger than this are skipped. */
  maxBytes: number;
  /** Blobs last modified before this moment are skipped; milliseconds since the Unix epoch. */
  modifiedSinceMs: number;
}

export interface Matcher {
  /**
   * The prefixes to list: every name that can match starts with exactly one of them, none is a
   * prefix of another.
   */
  prefixes: readonly string[];
  /** `selected`, or the reason why not. */
  classify(blob: ListedBlob): 'selected' | SkipReason;
}

/** Alternatives that the braces of one pattern may expand to. */
export const MAX_BRACE_ALTERNATIVES = 1_000;
/** Characters of all of them together; the library cuts off, in silence, at four times as many. */
const MAX_BRACE_CHARACTERS = 1_000_000;

// Blob names are not paths: dots, `//`, `#` and `!` are characters like any other.
const GLOB_OPTIONS: MinimatchOptions = {
  dot: true,
  preserveMultipleSlashes: true,
  nocomment: true,
  nonegate: true,
  // Keeps `.` and `..` segments of a pattern as they are.
  optimizationLevel: 0,
  platform: 'linux',
  braceExpandMax: MAX_BRACE_ALTERNATIVES + 1,
};

/** Compiles the rules; throws InvalidPattern. */
export function createMatcher(rules: MatchRules): Matcher {
  const patterns = rules.patterns.map(compileGlob);
  const excludes = rules.excludes.map(compileGlob);
  return {
    prefixes: dropCovered(patterns.flatMap((pattern) => pattern.alternatives.map(literalPrefix))),
    classify(blob) {
      if (blob.name.startsWith(RESERVED_PREFIX)) return 'reserved';
      if (!patterns.some((pattern) => pattern.match(blob.name))) return 'notMatched';
      if (excludes.some((exclude) => exclude.match(blob.name))) return 'excluded';
      if (blob.modifiedAtMs < rules.modifiedSinceMs) return 'notModified';
      return blob.bytes > rules.maxBytes ? 'tooLarge' : 'selected';
    },
  };
}

interface Glob {
  match(name: string): boolean;
  /** What its braces expand to. */
  alternatives: readonly string[];
}

function compileGlob(glob: string): Glob {
  if (glob === '') throw emptyPattern();
  let compiled: Glob;
  try {
    const alternatives = braceExpand(glob, GLOB_OPTIONS);
    const minimatch = new Minimatch(glob, GLOB_OPTIONS);
    compiled = { match: (name) => minimatch.match(name), alternatives };
  } catch (cause) {
    throw new DeidBatchError(
      'InvalidPattern',
      `A pattern of ${glob.length} characters cannot be read as a glob.`,
      { hint: 'Shorten it, or give several --pattern flags.', cause },
    );
  }
  const { alternatives } = compiled;
  if (alternatives.length === 0) throw emptyPattern();
  // The library cuts an expansion off in silence; one that was cut would match too little.
  const characters = alternatives.reduce((sum, alternative) => sum + alternative.length, 0);
  if (alternatives.length > MAX_BRACE_ALTERNATIVES || characters > MAX_BRACE_CHARACTERS) {
    throw new DeidBatchError(
      'InvalidPattern',
      `The braces of a pattern expand to more than ${MAX_BRACE_ALTERNATIVES} alternatives, or to very long ones.`,
      { hint: 'Use wildcards in place of braces, or several --pattern flags.' },
    );
  }
  return compiled;
}

function emptyPattern(): DeidBatchError {
  return new DeidBatchError('InvalidPattern', 'A pattern is empty.', {
    hint: "Give a glob on the full blob name, such as 'notes/**/*.txt'.",
  });
}

/** The text that every name starts with that one alternative of a glob matches. */
function literalPrefix(alternative: string): string {
  return /^[^*?[\]{}()!+@|\\]*/.exec(alternative)?.[0] ?? '';
}

/** The prefixes without those that start with another one, sorted. */
function dropCovered(prefixes: readonly string[]): string[] {
  const kept: string[] = [];
  for (const prefix of [...prefixes].sort()) {
    const last = kept.at(-1);
    if (last === undefined || !prefix.startsWith(last)) kept.push(prefix);
  }
  return kept;
}
