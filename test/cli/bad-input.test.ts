import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../src/index.ts';
import { type CliStack, NOTE, startCliStack } from './cli-stack.ts';
import { readJsonLines } from './run-cli.ts';

let stack: CliStack;
let folder: string;

beforeAll(async () => {
  stack = await startCliStack();
  await stack.upload({ 'notes/p1/a.txt': NOTE, 'notes/p2/b.txt': NOTE });
  folder = await stack.folder();
  await writeFile(join(folder, 'unknown-key.json'), '{"concurency": 3}');
  await writeFile(join(folder, 'no-object.json'), '[]');
  await writeFile(join(folder, 'no-json.json'), '{"concurrency": 3,}');
  await writeFile(join(folder, 'bad-value.json'), '{"concurrency": "many"}');
  await writeFile(join(folder, 'empty.pem'), 'no certificate');
});
afterAll(async () => {
  expect(stack.emulator.executions).toEqual([]);
  await stack?.stop();
});

interface Mistake {
  /** What is wrong, after "... is refused:". */
  name: string;
  code: ErrorCode;
  /** Taken away from, or added to, a command line that works. */
  args?: string[] | (() => string[]);
  env?: Record<string, string | undefined> | (() => Record<string, string | undefined>);
  /** Without `--pattern '**'`. */
  bare?: true;
  /** What the message or the hint must name. */
  says: RegExp;
  /** What no output may repeat. */
  secret?: string;
}

const ACCOUNT = 'https://acct.blob.core.windows.net';
const SAS = '?sv=2024-11-04&ss=b&sig=c2VjcmV0LXNpZ25hdHVyZQ%3D%3D';
const SECRET = 'c2VjcmV0';
const KEY = 'DefaultEndpointsProtocol=https;AccountName=acct;AccountKey=c2VjcmV0a2V5;';
const within = (container: string, rest: string) => () => [
  container,
  `${stack.emulator.blobEndpoint}/${rest}`,
];

const MISTAKES: Mistake[] = [
  {
    name: 'neither source nor target nor service',
    env: {
      DEID_BATCH_SOURCE: undefined,
      DEID_BATCH_TARGET: undefined,
      DEID_BATCH_SERVICE: undefined,
      DEID_ENDPOINT: undefined,
    },
    code: 'MissingOption',
    says: /--source, --target, --service.*DEID_BATCH_SOURCE/s,
  },
  { name: 'no pattern', bare: true, code: 'MissingOption', says: /--pattern/ },
  {
    name: 'an empty pattern',
    bare: true,
    args: ['--pattern', ''],
    code: 'InvalidOption',
    says: /--pattern has an empty value/,
  },
  {
    name: 'a source that is no URL',
    args: ['--source', 'notes'],
    code: 'InvalidUrl',
    says: /--source.*https:/s,
  },
  { name: 'an empty source', args: ['--source', ''], code: 'InvalidOption', says: /--source/ },
  { name: 'an empty group', args: ['--group-by', ''], code: 'InvalidOption', says: /--group-by/ },
  {
    name: 'a source without a container',
    args: ['--source', ACCOUNT],
    code: 'InvalidUrl',
    says: /container/,
  },
  {
    name: 'a source below a container',
    args: ['--source', `${ACCOUNT}/notes/p1`],
    code: 'InvalidUrl',
    says: /--pattern/,
  },
  {
    name: 'a target that is no URL',
    args: ['--target', '/tmp/out'],
    code: 'InvalidUrl',
    says: /--target/,
  },
  {
    name: 'a service with a path',
    args: ['--service', 'https://x.example/jobs'],
    code: 'InvalidUrl',
    says: /--service.*endpoint/s,
  },
  {
    name: 'a query that is no secret',
    args: ['--source', `${ACCOUNT}/c?restype=container`],
    code: 'InvalidUrl',
    says: /query/,
  },
  {
    name: 'http for the source',
    args: ['--source', 'http://acct.blob.core.windows.net/c'],
    code: 'InsecureUrl',
    says: /--source.*https:/s,
  },
  {
    name: 'http for the service',
    args: ['--service', 'http://x.example'],
    code: 'InsecureUrl',
    says: /--service/,
  },
  {
    name: 'a SAS in the source',
    args: ['--source', `${ACCOUNT}/c${SAS}`],
    code: 'SecretInUrl',
    says: /--source.*managed identity/s,
    secret: SECRET,
  },
  {
    name: 'a SAS in the target',
    args: ['--target', `${ACCOUNT}/c${SAS}`],
    code: 'SecretInUrl',
    says: /--target/,
    secret: SECRET,
  },
  {
    name: 'a SAS in the environment',
    env: { DEID_BATCH_TARGET: `${ACCOUNT}/c${SAS}` },
    code: 'SecretInUrl',
    says: /--target/,
    secret: SECRET,
  },
  {
    name: 'a connection string as source',
    args: ['--source', KEY],
    code: 'SecretInUrl',
    says: /--source/,
    secret: SECRET,
  },
  {
    name: 'a SAS connection string',
    args: ['--source', `BlobEndpoint=${ACCOUNT};SharedAccessSignature=sv=2024&sig=c2VjcmV0`],
    code: 'SecretInUrl',
    says: /--source/,
    secret: SECRET,
  },
  {
    name: 'a password in the service URL',
    args: ['--service', 'https://user:c2VjcmV0@x.example'],
    code: 'SecretInUrl',
    says: /--service/,
    secret: SECRET,
  },
  {
    name: 'a flag that does not exist',
    args: ['--no-such-flag'],
    code: 'UnknownFlag',
    says: /--no-such-flag.*--help/s,
  },
  {
    name: 'a misspelt flag',
    args: ['--concurency', '3'],
    code: 'UnknownFlag',
    says: /--concurrency/,
  },
  {
    name: 'a switch with a value',
    args: ['--allow-empty=yes'],
    code: 'UnknownFlag',
    says: /--allow-empty/,
  },
  {
    name: 'a flag without its value',
    args: ['--exclude'],
    code: 'InvalidOption',
    says: /--exclude needs a value/,
  },
  {
    name: 'what a shell makes of an unquoted pattern',
    args: ['mrn-4711.txt'],
    code: 'UnknownFlag',
    says: /[Qq]uote/,
    secret: 'mrn-4711',
  },
  {
    name: 'unbounded braces',
    bare: true,
    args: ['--pattern', 'notes/{1..1000000}.txt'],
    code: 'InvalidPattern',
    says: /braces/,
  },
  {
    name: 'nested braces that multiply',
    bare: true,
    args: ['--pattern', '{1..99}{1..99}{1..99}'],
    code: 'InvalidPattern',
    says: /braces/,
  },
  {
    name: 'unbounded braces in an exclude',
    args: ['--exclude', '{1..1000000}'],
    code: 'InvalidPattern',
    says: /braces/,
  },
  {
    name: 'a group expression that is no regular expression',
    args: ['--group-by', '(?<group>'],
    code: 'InvalidGroupBy',
    says: /folder:N/,
  },
  {
    name: 'look-behind in a group expression',
    args: ['--group-by', '(?<=x)(?<group>y)'],
    code: 'InvalidGroupBy',
    says: /look-around/,
  },
  {
    name: 'a group expression without the capture',
    args: ['--group-by', 'p(\\d+)'],
    code: 'InvalidGroupBy',
    says: /`group`/,
  },
  { name: 'folder:0', args: ['--group-by', 'folder:0'], code: 'InvalidGroupBy', says: /from 1/ },
  {
    name: 'documents without a group',
    args: ['--group-by', 'folder:9'],
    code: 'UngroupedDocuments',
    says: /2/,
  },
  {
    name: "a cap over the service's limit",
    args: ['--max-docs-per-batch', '10001'],
    code: 'CapOverLimit',
    says: /10000/,
  },
  {
    name: 'a source inside of the target',
    args: within('--target', 'source'),
    code: 'LocationsOverlap',
    says: /source and the target/,
  },
  {
    name: 'a target inside of the source',
    args: within('--target', 'source/clean'),
    code: 'LocationsOverlap',
    says: /source and the target/,
  },
  {
    name: 'a pattern below the target',
    bare: true,
    args: () => ['--pattern', 'notes/p1/**', ...within('--target', 'source/notes')()],
    code: 'LocationsOverlap',
    says: /source and the target/,
  },
  {
    name: 'state in the target',
    args: within('--state', 'target/state'),
    code: 'LocationsOverlap',
    says: /state/,
  },
  {
    name: 'state around the target',
    args: () => [...within('--state', 'target')(), ...within('--target', 'target/out')()],
    code: 'LocationsOverlap',
    says: /state/,
  },
  {
    name: 'state in the source',
    args: within('--state', 'source'),
    code: 'LocationsOverlap',
    says: /state/,
  },
  {
    name: 'a state folder that is a file',
    args: () => ['--state', join(folder, 'empty.pem')],
    code: 'StateUnusable',
    says: /state/,
  },
  {
    name: 'a CA file that does not exist',
    args: ['--ca-file', 'nowhere.pem'],
    code: 'CaFileUnreadable',
    says: /--ca-file/,
  },
  {
    name: 'a CA file without a certificate',
    args: () => ['--ca-file', join(folder, 'empty.pem')],
    code: 'CaFileUnreadable',
    says: /PEM/,
  },
  {
    name: 'a configuration file that does not exist',
    args: ['--config', 'nowhere.json'],
    code: 'ConfigFileUnreadable',
    says: /nowhere\.json/,
  },
  {
    name: 'a configuration file that is no JSON',
    args: () => ['--config', join(folder, 'no-json.json')],
    code: 'ConfigFileUnreadable',
    says: /no-json\.json is not JSON/,
  },
  {
    name: 'a configuration file without an object',
    args: () => ['--config', join(folder, 'no-object.json')],
    code: 'ConfigFileUnreadable',
    says: /"source"/,
  },
  {
    name: 'an unknown key in the configuration file',
    args: () => ['--config', join(folder, 'unknown-key.json')],
    code: 'ConfigFileUnreadable',
    says: /concurency.*concurrency/s,
  },
  {
    name: 'a bad value in the configuration file',
    args: () => ['--config', join(folder, 'bad-value.json')],
    code: 'InvalidOption',
    says: /--concurrency.*configuration file/s,
  },
  {
    name: 'a bad value in the environment',
    env: { DEID_BATCH_QUIET: 'perhaps' },
    code: 'InvalidOption',
    says: /--quiet.*environment.*true or false/s,
  },
  {
    name: 'a number that is none',
    args: ['--concurrency', 'four'],
    code: 'InvalidOption',
    says: /--concurrency.*whole number from 1/s,
  },
  {
    name: 'a negative number',
    args: ['--concurrency=-1'],
    code: 'InvalidOption',
    says: /--concurrency/,
  },
  {
    name: 'a size that is none',
    args: ['--max-bytes', '2 GiB'],
    code: 'InvalidOption',
    says: /--max-bytes.*500KB/s,
  },
  {
    name: 'a choice that there is not',
    args: ['--operation', 'encrypt'],
    code: 'InvalidOption',
    says: /--operation.*surrogate, redact, tag/s,
  },
  {
    name: 'a duration that is none',
    args: ['--timeout', 'soon'],
    code: 'InvalidOption',
    says: /--timeout.*90s/s,
  },
  {
    name: 'a day that there is not',
    args: ['--modified-since', '2026-02-30'],
    code: 'InvalidOption',
    says: /--modified-since.*2026-01-31/s,
  },
  {
    name: 'a log level that there is not',
    args: ['--log-level', 'loud'],
    code: 'InvalidOption',
    says: /--log-level.*debug/s,
  },
  {
    name: 'a text that is too long',
    args: ['--redaction-format', '[{type}]'.repeat(3)],
    code: 'InvalidOption',
    says: /--redaction-format.*16/s,
  },
  {
    name: 'a redaction format that the service refuses',
    args: ['--redaction-format', '{name}'],
    code: 'InvalidOption',
    says: /--redaction-format.*\{len\}/s,
  },
  {
    name: 'two identities',
    args: ['--identity', 'a', '--identity-object-id', 'b'],
    code: 'InvalidOption',
    says: /--identity-resource-id/,
  },
  {
    name: 'a pattern that matches nothing',
    bare: true,
    args: ['--pattern', 'nots/**'],
    code: 'NothingMatched',
    says: /--allow-empty/,
  },
  {
    name: 'a prefix to strip that names do not have',
    args: ['--strip-prefix', 'notes/p1/'],
    code: 'OutsideStripPrefix',
    says: /\d/,
  },
];

describe.concurrent('a run with a mistake in it', () => {
  test.each(MISTAKES)('is refused: $name', async (mistake) => {
    const { code, says, bare, secret } = mistake;
    const args = typeof mistake.args === 'function' ? mistake.args() : (mistake.args ?? []);
    const env = typeof mistake.env === 'function' ? mistake.env() : (mistake.env ?? {});
    // The mistake comes last, where a flag that lacks its value takes none of the others.
    const result = await stack.run(['--json', ...(bare ? [] : ['--pattern', '**']), ...args], {
      env,
    });

    expect(result).toMatchObject({ exitCode: ERROR_CODES[code][0], signal: null });
    // What was listed before is no secret of the plan; of the rest there is one line.
    const lines = readJsonLines(result).filter(({ type }) => type !== 'listing');
    expect(lines).toEqual([
      {
        schemaVersion: 1,
        type: 'error',
        code,
        message: expect.stringMatching(/\S/),
        hint: expect.stringMatching(/\S/),
      },
    ]);
    expect(`${lines[0]?.message}\n${lines[0]?.hint}`).toMatch(says);
    expect(result.stderr).toBe('');
    expectNoStack(result.all);
    if (secret !== undefined) expect(result.all).not.toContain(secret);
    expect(await listRuns(result.cwd)).toEqual([]);
  });
});

describe.concurrent('without --json', () => {
  const shown = [
    'a SAS in the source',
    'a flag that does not exist',
    'a pattern that matches nothing',
  ];
  const some = MISTAKES.filter(({ name }) => shown.includes(name));
  test.each(some)(
    'the error goes to standard error, code and hint included: $name',
    async ({ code, args = [], bare, secret, says }) => {
      const result = await stack.run([
        ...(bare ? [] : ['--pattern', '**']),
        ...[args].flat().map(String),
      ]);
      expect(result.exitCode).toBe(ERROR_CODES[code][0]);
      expect(result.stdout).toBe('');
      expect(result.stderr).toMatch(new RegExp(`^error ${code}: .+\n  .+\n$`));
      expect(result.stderr).toMatch(says);
      expectNoStack(result.stderr);
      if (secret !== undefined) expect(result.all).not.toContain(secret);
    },
  );

  test('all three examples were found', () => expect(some).toHaveLength(shown.length));

  test('an error is JSON when only the environment or the file asks for it', async () => {
    const cwd = await stack.folder();
    await writeFile(join(cwd, 'deid-batch.config.json'), '{"json": true}');
    const byFile = await stack.run([], { cwd });
    const byVariable = await stack.run([], { env: { DEID_BATCH_JSON: 'true' } });
    for (const result of [byFile, byVariable]) {
      expect(readJsonLines(result)).toMatchObject([{ type: 'error', code: 'MissingOption' }]);
      expect(result.stderr).toBe('');
    }
  });
});

describe.concurrent('nothing to do', () => {
  test('ends well on request, and says so in words and in JSON', async () => {
    const args = ['--pattern', 'nots/**', '--allow-empty'];
    const [text, json] = await Promise.all([stack.run(args), stack.runJson(args)]);
    expect(text).toMatchObject({ exitCode: 0 });
    expect(text.stdout).toMatch(/nothing to de-identify/);
    expect(text.all).not.toMatch(/share surrogates/);
    expect(json.exitCode).toBe(0);
    expect(json.lines.at(-1)).toMatchObject({
      type: 'summary',
      status: 'complete',
      jobs: { submitted: 0 },
    });
  });
});

/** Runs in the state of a working folder; none where no state was made. */
async function listRuns(cwd: string): Promise<string[]> {
  const runs = join(cwd, '.deid-batch', 'runs');
  return existsSync(runs) ? readdir(runs) : [];
}

function expectNoStack(text: string): void {
  expect(text).not.toMatch(/^\s+at .*[:(]\d+/m);
  expect(text).not.toMatch(/node:internal|InternalError/);
}
