import { RE2JS } from 're2js';
import { DeidBatchError } from '../errors/deid-batch-error.ts';

/** The key of the group that a document belongs to, or undefined when it belongs to none. */
export type GroupOf = (name: string) => string | undefined;

const HINT =
  "Give folder:N, or a regular expression with the named capture group, such as '(?<group>p[0-9]+)/'.";

/**
 * Compiles `folder:N` (the first N segments of the name's path) or a regular expression that
 * holds the named capture `group`. Expressions are RE2's, so they run in linear time on any name.
 * Throws InvalidGroupBy.
 */
export function compileGroupBy(expression: string): GroupOf {
  const folders = /^folder:(.*)$/s.exec(expression)?.[1];
  return folders === undefined ? byExpression(expression) : byFolders(folders);
}

function byFolders(text: string): GroupOf {
  const depth = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : undefined;
  if (depth === undefined) {
    throw new DeidBatchError('InvalidGroupBy', 'folder:N takes a whole number from 1 to 999.', {
      hint: HINT,
    });
  }
  return (name) => {
    let end = -1;
    for (let level = 0; level < depth; level += 1) {
      end = name.indexOf('/', end + 1);
      if (end === -1) return undefined;
    }
    // An empty folder, before a leading `/`, belongs to nobody.
    return name.slice(0, end) || undefined;
  };
}

function byExpression(expression: string): GroupOf {
  const compiled = compileExpression(expression);
  if (!('group' in compiled.namedGroups())) {
    throw new DeidBatchError(
      'InvalidGroupBy',
      'The group expression has no named capture `group`.',
      { hint: HINT },
    );
  }
  return (name) => {
    const matcher = compiled.matcher(name);
    // An empty capture would put documents of different people into one group.
    return matcher.find() ? matcher.group('group') || undefined : undefined;
  };
}

function compileExpression(expression: string): RE2JS {
  try {
    return RE2JS.compile(expression);
  } catch (cause) {
    throw new DeidBatchError(
      'InvalidGroupBy',
      'The group expression is not a valid RE2 regular expression (it knows no look-around and no back-references).',
      { hint: HINT, cause },
    );
  }
}
