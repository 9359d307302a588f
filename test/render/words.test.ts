import { describe, expect, test } from 'vitest';
import { DeidBatchError } from '../../src/index.ts';
import { renderError, toErrorObject } from '../../src/render/error.ts';
import { toEventObject } from '../../src/render/event-json.ts';
import { formatBytes, formatCount, formatQuantity } from '../../src/render/numbers.ts';
import { formatTable } from '../../src/render/table.ts';

describe('an error', () => {
  const withHint = new DeidBatchError('NothingMatched', 'No blob matches.', {
    hint: 'Look again.',
  });
  const bare = new DeidBatchError('InternalError', 'Broken.', { cause: new Error('mrn4711') });

  test('has its code first and its hint below', () => {
    expect(renderError(withHint)).toBe('error NothingMatched: No blob matches.\n  Look again.');
    expect(renderError(bare)).toBe('error InternalError: Broken.');
  });

  test('has the same five fields for a program, its cause never', () => {
    expect(toErrorObject(withHint)).toEqual({
      schemaVersion: 1,
      type: 'error',
      code: 'NothingMatched',
      message: 'No blob matches.',
      hint: 'Look again.',
    });
    expect(toErrorObject(bare)).toMatchObject({ hint: '' });
    expect(JSON.stringify(toErrorObject(bare))).not.toContain('mrn4711');
  });
});

describe('an event for a program', () => {
  test('has a schema version and its own fields', () => {
    const event = { type: 'submitted', batch: 'b1', job: 'j1', adopted: false } as const;
    expect(toEventObject(event)).toEqual({ schemaVersion: 1, ...event });
  });
});

describe('numbers', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.0 KB'],
    [12_345_678, '12.3 MB'],
    [5e12, '5.0 TB'],
    [5e15, '5000.0 TB'],
  ])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  test('have separators, and words in the right number', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
    expect(formatQuantity(1, 'batch', 'batches')).toBe('1 batch');
    expect(formatQuantity(2, 'batch', 'batches')).toBe('2 batches');
    expect(formatQuantity(0, 'job')).toBe('0 jobs');
  });
});

describe('a table', () => {
  test('has numbers to the right, words to the left and no spaces at the end', () => {
    const rows = [
      ['name', 'size', 'note'],
      ['a', '1.0 KB', 'x'],
      ['long', '20 B', ''],
    ];
    expect(formatTable(rows)).toBe('name    size  note\na     1.0 KB  x\nlong    20 B');
  });

  test('of a heading alone is the heading', () => expect(formatTable([['a', 'b']])).toBe('a  b'));
});
