import { z } from 'zod';
import { EmulatorError } from './emulator-error.ts';
import type { ServerName } from './request-log.ts';

/** A fault that the emulator injects into the requests that match. Everything given must match. */
export interface FaultRule {
  server?: ServerName | undefined;
  /** In any case. */
  method?: string | undefined;
  /**
   * Either a path with placeholders, `/jobs/{name}`, where a placeholder stands for anything
   * without `/` and `:`, compared with the path as sent, without the query; or, when it starts with
   * `^`, a regular expression that is tested against path and query as sent.
   */
  path?: string | undefined;
  /** The first of the matching calls that is hit, counted from 1. @default 1 */
  nth?: number | undefined;
  /** How many matching calls in a row are hit. @default 1 with `nth`, otherwise all */
  count?: number | undefined;
  /** Answers with this status instead of doing what was asked. */
  status?: number | undefined;
  /** With `status`: does what was asked all the same, and only hides it from the caller. */
  accept?: boolean | undefined;
  /** Headers set in the answer. */
  headers?: Record<string, string> | undefined;
  /** The answer's body: a string as it is, anything else as JSON. */
  body?: unknown;
  /** Milliseconds on the emulator's clock before anything else happens. */
  delayMs?: number | undefined;
  /** Cuts the connection without an answer, before or after what was asked is done. */
  reset?: 'beforeAccept' | 'afterAccept' | undefined;
  /** Cuts the connection after this many bytes of the answer's body. */
  truncateBody?: number | undefined;
}

/** What a fault rule is compared with. */
export interface FaultTarget {
  server: ServerName;
  method: string;
  /** Path and query as sent. */
  target: string;
}

/** Decides which fault, if any, a request meets. */
export interface FaultInjector {
  /** Replaces all rules; counting starts anew. Throws {@link EmulatorError} `faultRuleInvalid`. */
  setRules(rules: readonly FaultRule[]): void;
  /** Counts the request for every rule it matches; the first rule that is due applies. */
  take(request: FaultTarget): FaultRule | undefined;
}

const EFFECTS = ['status', 'headers', 'body', 'delayMs', 'reset', 'truncateBody'] as const;

const faultRuleSchema: z.ZodType<FaultRule> = z
  .strictObject({
    server: z.enum(['service', 'storage', 'identity']).optional(),
    method: z.string().min(1).optional(),
    path: z
      .string()
      .refine(
        isPathPattern,
        'starts neither with / nor is it a regular expression that starts with ^',
      )
      .optional(),
    nth: z.int().positive().optional(),
    count: z.int().positive().optional(),
    status: z.int().min(200).max(599).optional(),
    accept: z.boolean().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
    delayMs: z.number().nonnegative().optional(),
    reset: z.enum(['beforeAccept', 'afterAccept']).optional(),
    truncateBody: z.int().nonnegative().optional(),
  })
  .refine((rule) => EFFECTS.some((effect) => rule[effect] !== undefined), {
    error: `has no effect; give one of ${EFFECTS.join(', ')}`,
  });

/** The fault rules in `value`, e.g. a parsed JSON file. Throws {@link EmulatorError} `faultRuleInvalid`. */
export function parseFaultRules(value: unknown): FaultRule[] {
  const parsed = z.array(faultRuleSchema).safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: [index, ...field], message }) => {
    const where = index === undefined ? 'Fault rules' : `Fault rule ${Number(index) + 1}`;
    return [where, ...field.map(String), message].join(': ');
  });
  throw new EmulatorError('faultRuleInvalid', problems.join('; '));
}

/** A fault injector that starts with `rules`. Throws {@link EmulatorError} `faultRuleInvalid`. */
export function createFaultInjector(rules: readonly FaultRule[] = []): FaultInjector {
  let counted = startCounting(rules);
  return {
    setRules(next) {
      counted = startCounting(next);
    },
    take(request) {
      const matching = counted.filter(({ rule, path }) => matches(rule, path, request));
      for (const entry of matching) entry.calls += 1;
      return matching.find(({ rule, calls }) => isDue(rule, calls))?.rule;
    },
  };
}

interface CountedRule {
  rule: FaultRule;
  path: RegExp;
  calls: number;
}

function startCounting(rules: readonly FaultRule[]): CountedRule[] {
  return parseFaultRules(rules).map((rule) => ({
    rule,
    path: compilePath(rule.path ?? '^'),
    calls: 0,
  }));
}

function matches(rule: FaultRule, path: RegExp, request: FaultTarget): boolean {
  return (
    (rule.server ?? request.server) === request.server &&
    (rule.method ?? request.method).toUpperCase() === request.method &&
    path.test(request.target)
  );
}

function isDue({ nth, count }: FaultRule, call: number): boolean {
  const first = nth ?? 1;
  const hits = count ?? (nth === undefined ? Number.POSITIVE_INFINITY : 1);
  return call >= first && call < first + hits;
}

function isPathPattern(pattern: string): boolean {
  try {
    compilePath(pattern);
    return pattern.startsWith('/') || pattern.startsWith('^');
  } catch {
    return false;
  }
}

/** `pattern` as a regular expression over path and query. */
function compilePath(pattern: string): RegExp {
  if (pattern.startsWith('^')) return new RegExp(pattern);
  const literals = pattern.split(/\{\w+\}/);
  return new RegExp(`^${literals.map(escapeRegExp).join('[^/:?]+')}(?:\\?|$)`);
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
