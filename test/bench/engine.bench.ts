import { test } from 'vitest';
import { deidentifyText } from '../../src/emulator/engine/engine.ts';
import { readMarkedNotes } from '../emulator/engine/annotated-notes.ts';

/**
 * How fast the engine is, beside a baseline in the same run: one pass of a trivial regular
 * expression over the same text. `npm run bench` prints the figures; nothing is asserted.
 */
const SIZE = 2_000_000;
const REQUEST = {
  operation: 'Surrogate',
  jobKey: new Uint8Array(32).fill(1),
  redactionFormat: '[{type}]',
} as const;

const note = readMarkedNotes('clinical-notes')
  .map(({ text }) => text)
  .join('\n\n');
const inputs: Record<string, string> = {
  'an ordinary note': note,
  digits: '1234567890',
  dots: 'a.b.',
  capitals: 'A ',
};

test.each(Object.entries(inputs))('the engine on 2 MB of %s', (name, pattern) => {
  const text = pattern.repeat(Math.ceil(SIZE / pattern.length)).slice(0, SIZE);
  const baselineMs = bestOfThree(() => text.replace(/\w+/g, (word) => word));
  const engineMs = bestOfThree(() => deidentifyText(text, REQUEST));
  const speed = (SIZE / 1_000 / engineMs).toFixed(2);
  process.stdout.write(
    `engine, 2 MB of ${name}: ${speed} MB/s, ${(engineMs / baselineMs).toFixed(0)} x a plain regular expression\n`,
  );
});

/** Other work on the machine only ever makes it slower. */
function bestOfThree(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const startedMs = performance.now();
    work();
    return performance.now() - startedMs;
  });
  return Math.min(...times);
}
