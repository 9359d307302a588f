import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunEvent, type RunOptions, type RunSummary, startRun } from '../../src/index.ts';
import type { JournalRecord } from '../../src/model/journal-record.ts';
import { type Finished, type FlowStack, NOTE, watchRun } from './flow-stack.ts';
import { onRequest } from './on-request.ts';

/** Six documents in three batches, in a folder that no other test uses. */
export async function makeBatches(stack: FlowStack, folder: string): Promise<RunOptions> {
  const names = ['a', 'b', 'c'].flatMap((part) => [`${folder}/${part}/0`, `${folder}/${part}/1`]);
  await stack.upload(Object.fromEntries(names.map((name) => [name, NOTE])));
  return stack.options(folder, { groupBy: 'folder:2', maxDocsPerBatch: 2, concurrency: 1 });
}

/** Runs until an event is as it should be, and interrupts the run then. */
export async function interruptAt(
  options: RunOptions,
  when: (event: RunEvent) => boolean,
): Promise<Finished> {
  const controller = new AbortController();
  const run = await startRun({ ...options, signal: controller.signal });
  const watching = watchRun(run);
  for await (const event of run) if (when(event)) controller.abort(new Error('SIGINT'));
  return watching;
}

/** Runs until the PUT of that batch arrives, which meets the fault, and interrupts the run then. */
export async function interruptAtPut(
  stack: FlowStack,
  options: RunOptions,
  { batch, reset }: { batch: string; reset: 'beforeAccept' | 'afterAccept' },
): Promise<Finished> {
  const controller = new AbortController();
  const path = `^/jobs/[^/?]+-${batch}-\\d+\\?`;
  stack.emulator.setFaults([{ server: 'service', method: 'PUT', path, reset }]);
  const forget = onRequest(({ method, url }) => {
    if (method === 'PUT' && new RegExp(path).test(url)) controller.abort(new Error('SIGINT'));
  });
  try {
    return await watchRun(await startRun({ ...options, signal: controller.signal }));
  } finally {
    forget();
    stack.emulator.setFaults([]);
  }
}

/** Cuts a journal behind its first record that is as it should be: a process was lost there. */
export async function cutJournal(
  isLast: (record: JournalRecord) => boolean,
  path: string,
): Promise<void> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const end = lines.findIndex((line) => isLast(JSON.parse(line) as JournalRecord));
  if (end < 0) throw new Error('The journal has no such record.');
  await writeFile(path, `${lines.slice(0, end + 1).join('\n')}\n`);
}

export const runFile = ({ state }: FlowStack, runId: string, name: string): string =>
  join(state, 'runs', runId, name);

/** What two runs of the same selection have in common. */
export function comparable(summary: RunSummary | undefined): Partial<RunSummary> | undefined {
  if (!summary) return undefined;
  const { runId: _, startedAt: __, endedAt: ___, ...rest } = summary;
  return rest;
}
