import { DeidBatchError } from '../errors/deid-batch-error.ts';
import type { ListedBlob } from '../model/document.ts';
import type { Survey } from '../plan/survey.ts';
import type { Place } from '../preflight.ts';
import type { PlanPorts, PlanRequest } from './ports.ts';

/** Passes the pages on, and tells after each how far the listing has come. */
export async function* reportListing(
  pages: AsyncIterable<ListedBlob[]>,
  survey: Survey,
  { store, emit }: PlanPorts,
): AsyncGenerator<ListedBlob[]> {
  for await (const page of pages) {
    yield page;
    const { listed, documents } = survey;
    emit({ type: 'listing', runId: store.runId, listed, documents });
  }
}

/** What a run reads and writes, to be compared for overlaps. */
export function listPlaces({ plan, target }: PlanRequest, prefixes: readonly string[]): Place[] {
  const { location } = plan.source;
  return [
    { name: 'source', at: prefixes.map((prefix) => ({ location, prefix })) },
    { name: 'target', at: [target] },
  ];
}

export function nothingMatched({ listed }: Survey): DeidBatchError {
  return new DeidBatchError(
    'NothingMatched',
    `No blob matches: ${listed} were listed under the patterns' prefixes, none was selected.`,
    {
      hint: 'A pattern matches the full blob name: use **/ for any folder. Give --allow-empty if nothing to do is fine.',
    },
  );
}
