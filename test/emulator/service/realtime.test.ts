import { describe, expect, test } from 'vitest';
import { PREVIEW_API_VERSION } from '../../../src/wire/api-version.ts';
import { createStandingService } from './standing-service.ts';

const TEXT = 'Hello, my name is John Smith.';

function createCaller() {
  const { call } = createStandingService();
  return (body: object, version = PREVIEW_API_VERSION as string) =>
    call('POST', '/deid', { body, version });
}

describe('one text', () => {
  test('is tagged with offsets in three units and the undeclared version', async () => {
    const { status, body } = await createCaller()({ inputText: TEXT, operation: 'Tag' });
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['taggerResult']);
    expect(body.taggerResult).toMatchObject({
      documentVersion: 'v2024_11_15',
      entities: [
        {
          category: expect.stringMatching(/^(Patient|Doctor)$/),
          offset: { utf8: 18, utf16: 18, codePoint: 18 },
          length: { utf8: 10, utf16: 10, codePoint: 10 },
          text: 'John Smith',
        },
      ],
    });
  });

  test('is redacted in the format that was asked for', async () => {
    const call = createCaller();
    const masked = await call({
      inputText: TEXT,
      operation: 'redact',
      customizations: { redactionFormat: '*{len}' },
    });
    expect(masked.body).toEqual({ outputText: 'Hello, my name is **********.' });
    const named = await call({ InputText: TEXT, Operation: 'Redact' });
    expect(named.body.outputText).toMatch(/^Hello, my name is \[(patient|doctor)\]\.$/);
  });

  test('gets surrogates by default, others in each call', async () => {
    const call = createCaller();
    const texts = new Set<string | undefined>();
    for (let index = 0; index < 4; index += 1) {
      const { body } = await call({ inputText: TEXT });
      expect(body.outputText).not.toContain('John Smith');
      texts.add(body.outputText);
    }
    expect(texts.size).toBeGreaterThan(1);
  });

  test('may be empty', async () => {
    expect((await createCaller()({ inputText: '' })).body).toEqual({ outputText: '' });
  });
});

describe('SurrogateOnly', () => {
  const inputText = 'Für 😀 kam Zyx Qwv heute.';
  const encodings = [
    { encoding: 'utf8', offset: 14 },
    { encoding: 'Utf16', offset: 11 },
    { encoding: 'codePoint', offset: 10 },
  ];

  test.each(encodings)('replaces what the caller found, in $encoding', async (row) => {
    const { status, body } = await createCaller()({
      inputText,
      operation: 'SurrogateOnly',
      taggedEntities: {
        encoding: row.encoding,
        entities: [{ category: 'Patient', offset: row.offset, length: 7, text: 'Zyx Qwv' }],
      },
    });
    expect(status).toBe(200);
    expect(body.outputText).toMatch(/^Für 😀 kam .+ heute\.$/);
    expect(body.outputText).not.toContain('Zyx');
  });

  test('needs the preview version', async () => {
    const { status, body } = await createCaller()(
      { inputText, operation: 'SurrogateOnly' },
      '2024-11-15',
    );
    expect(status).toBe(400);
    expect(body.error?.details).toMatchObject([{ target: 'Operation' }]);
  });

  test.each([
    [undefined, ['TaggedEntities']],
    [{ entities: [] }, ['TaggedEntities.Encoding']],
    [
      { encoding: 'utf8', entities: [{ category: 'Shoe', offset: -1, length: 1 }] },
      ['TaggedEntities.Entities[0].Category', 'TaggedEntities.Entities[0].Offset'],
    ],
  ])('refuses the entities %j', async (taggedEntities, targets) => {
    const body = { inputText, operation: 'SurrogateOnly', taggedEntities };
    const answer = await createCaller()(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error?.details?.map(({ target }) => target)).toEqual(targets);
  });
});

describe('limits of one text', () => {
  test('48,000 characters are taken, one more is not', async () => {
    const call = createCaller();
    expect((await call({ inputText: 'x'.repeat(48_000) })).status).toBe(200);
    const { status, body } = await call({ inputText: 'x'.repeat(48_001) });
    expect(status).toBe(400);
    expect(body.error?.details).toMatchObject([{ target: 'InputText' }]);
  });

  test('a request above 50 KB and one without a text are refused', async () => {
    const call = createCaller();
    expect((await call({ inputText: 'ü'.repeat(30_000) })).status).toBe(413);
    expect((await call({})).status).toBe(400);
  });
});
