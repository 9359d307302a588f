import { expect, test } from 'vitest';
import { detectEntities } from '../../../src/emulator/engine/detect-entities.ts';
import { readJsonLines } from './annotated-notes.ts';

interface DisguisedCase {
  readonly id: string;
  readonly text: string;
  readonly expected_protected: ReadonlyArray<{ readonly value: string }>;
}

test.each(
  readJsonLines<DisguisedCase>('edge-cases/adversarial_phi.jsonl').map((c) => [c.id, c] as const),
)('disguised PHI is covered: %s', (_, { text, expected_protected }) => {
  const found = detectEntities(text);
  for (const { value } of expected_protected) {
    const start = text.indexOf(value);
    const isCovered = found.some((e) => e.start <= start && start + value.length <= e.end);
    expect(isCovered).toBe(true);
  }
});
