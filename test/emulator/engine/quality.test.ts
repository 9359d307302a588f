import { describe, expect, test } from 'vitest';
import { detectEntities } from '../../../src/emulator/engine/detect-entities.ts';
import {
  type AnnotatedNote,
  measureQuality,
  type Quality,
  readJsonLines,
  readMarkedNotes,
} from './annotated-notes.ts';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function print(name: string, { gold, recall, category, precision }: Quality): void {
  process.stdout.write(
    `quality ${name}: ${gold} spans, recall ${percent(recall)}, ` +
      `right category ${percent(category)}, precision ${percent(precision)}\n`,
  );
}

describe('quality on annotated notes', () => {
  test.each(['clinical-notes', 'other-styles'])(
    '%s: recall 88 %%, right category 80 %%, precision 88 %% at least',
    (folder) => {
      const quality = measureQuality(readMarkedNotes(folder), detectEntities);
      print(folder, quality);
      expect(quality.gold).toBeGreaterThan(100);
      expect(quality.recall).toBeGreaterThanOrEqual(0.88);
      expect(quality.category).toBeGreaterThanOrEqual(0.8);
      expect(quality.precision).toBeGreaterThanOrEqual(0.88);
    },
  );

  test('ASQ-PHI, which does not annotate ages and professions: recall and precision 90 % at least', () => {
    const notes = readJsonLines<AnnotatedNote>('asq-phi/notes.jsonl');
    const quality = measureQuality(notes, (text) =>
      detectEntities(text).filter(
        ({ category }) => category !== 'Age' && category !== 'Profession',
      ),
    );
    print('asq-phi (its categories are others: only the places count)', quality);
    expect(quality.gold).toBeGreaterThan(1000);
    expect(quality.recall).toBeGreaterThanOrEqual(0.9);
    expect(quality.precision).toBeGreaterThanOrEqual(0.9);
  });
});
