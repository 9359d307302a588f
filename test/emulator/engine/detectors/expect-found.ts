import { expect } from 'vitest';
import type { Detector } from '../../../../src/emulator/engine/candidate.ts';
import { mergeCandidates } from '../../../../src/emulator/engine/merge-candidates.ts';
import { normaliseText } from '../../../../src/emulator/engine/normalise-text.ts';

/** What a detector finds, as `Category:text`, without overlaps. */
export function listFound(detect: Detector, text: string): string[] {
  const found = mergeCandidates(detect(normaliseText(text)));
  return found.map(({ category, start, end }) => `${category}:${text.slice(start, end)}`);
}

/** Asserts what a detector finds, in order. */
export function expectFound(detect: Detector, text: string, ...found: string[]): void {
  expect(listFound(detect, text)).toEqual(found);
}
