import { flagOf, OPTION_KEYS, specOf } from '../../options/specs.ts';
import { formatTable } from '../../render/table.ts';
import type { CommandFlags } from '../add-options.ts';
import { chooseCommandOptions } from '../load-options.ts';
import type { Terminal } from '../terminal.ts';

/** Prints each option with its value and where that comes from. Returns the exit code. */
export async function configCommand(flags: CommandFlags, terminal: Terminal): Promise<number> {
  const chosen = await chooseCommandOptions(flags, terminal);
  const isOn = (key: 'json' | 'showNames') => isTrue(chosen.get(key)?.given);
  const rows = OPTION_KEYS.map((key) => {
    const option = chosen.get(key);
    const hidden = specOf(key).holdsNames && !isOn('showNames') && option?.origin !== 'default';
    const value = option === undefined ? '' : formatValue(option.given);
    return {
      key,
      value: hidden && value !== '' ? '(hidden, see --show-names)' : hideSecret(value),
      origin: option?.origin ?? 'missing',
    };
  });
  if (isOn('json')) {
    for (const row of rows) {
      terminal.print(JSON.stringify({ schemaVersion: 1, type: 'option', ...row }));
    }
    return 0;
  }
  const body = rows.map(({ key, value, origin }) => [flagOf(key), value, origin]);
  terminal.print(formatTable([['option', 'value', 'origin'], ...body]));
  return 0;
}

/** A value that no run accepts, because it carries a key, is not shown on request either. */
function hideSecret(value: string): string {
  const secret = /(AccountKey|SharedAccessSignature|[?&;]sig)=|:\/\/[^/]*@/i.test(value);
  return secret ? '(hidden, it carries a secret)' : value;
}

function formatValue(given: unknown): string {
  return Array.isArray(given) ? given.join(', ') : String(given);
}

function isTrue(given: unknown): boolean {
  return given === true || given === 'true' || given === '1';
}
