import { resolve } from 'node:path';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { SERVICE_LIMITS } from '../model/limits.ts';
import { type Location, overlaps, type StatePlace } from '../model/location.ts';
import { parseContainer, parseEndpoint, parseLocation } from './location.ts';
import type { OptionValues } from './specs.ts';

/** Options with nothing left to read, default or check, except what only the cloud knows. */
export interface Settings
  extends Omit<OptionValues, 'source' | 'target' | 'service' | 'pattern' | 'exclude' | 'state'> {
  /** Container URL. */
  source: string;
  target: Location;
  /** The service's endpoint. */
  service: string;
  patterns: readonly string[];
  excludes: readonly string[];
  state: StatePlace;
}

/** Checks what the options mean together. Throws a usage error. */
export function toSettings(values: OptionValues): Settings {
  const { source, target, service, pattern, exclude, ...rest } = values;
  if (pattern.length === 0) {
    throw new DeidBatchError('MissingOption', 'No pattern was given.', {
      hint: "Give --pattern with a glob on the full blob name, such as 'notes/**/*.txt'.",
    });
  }
  if (values.maxDocsPerBatch > SERVICE_LIMITS.maxDocumentsPerJob) {
    throw new DeidBatchError(
      'CapOverLimit',
      `--max-docs-per-batch is above the service's limit of ${SERVICE_LIMITS.maxDocumentsPerJob} documents in a job.`,
      { hint: 'Leave it out to use the limit, or lower it.' },
    );
  }
  refuseTwoIdentities(values);
  refuseRedactionFormat(values.redactionFormat);
  const from = parseContainer(source, '--source');
  const to = parseLocation(target, '--target');
  const state = parseState(values.state);
  refuseStateIn([{ location: from, prefix: '' }, to], state);
  return {
    ...rest,
    source: from,
    target: to,
    service: parseEndpoint(service, '--service'),
    patterns: pattern,
    excludes: exclude,
    state,
  };
}

function refuseTwoIdentities(values: OptionValues): void {
  const given = [values.identityResourceId, values.identityObjectId].filter((id) => id !== '');
  if (given.length + (values.identity === 'system' ? 0 : 1) <= 1) return;
  throw new DeidBatchError('InvalidOption', 'More than one managed identity was chosen.', {
    hint: 'Give one of --identity, --identity-resource-id and --identity-object-id; AZURE_CLIENT_ID counts as --identity.',
  });
}

/** The variables of a format may each appear once (service documentation, "Redaction format"). */
function refuseRedactionFormat(format: string): void {
  const variables = format.match(/\{[^}]*\}/g) ?? [];
  const known = variables.every((variable) => /^\{(type|Type|TYPE|len)\}$/.test(variable));
  const rest = format.replace(/\{[^{}]*\}/g, '');
  if (format !== '' && known && !/[{}]/.test(rest) && new Set(variables).size === variables.length)
    return;
  throw new DeidBatchError(
    'InvalidOption',
    '--redaction-format has a form that the service refuses.',
    {
      hint: 'Use at most 16 characters, with {type}, {Type}, {TYPE} and {len} each at most once.',
    },
  );
}

/** Where a value of `--state` points: a folder, or a container with an optional prefix. */
export function parseState(state: string): StatePlace {
  if (/^[a-z]+:\/\//i.test(state)) return { kind: 'container', ...parseLocation(state, '--state') };
  return { kind: 'folder', path: resolve(state) };
}

function refuseStateIn(places: readonly Location[], state: StatePlace): void {
  if (state.kind === 'folder' || !places.some((place) => overlaps(place, state))) return;
  throw new DeidBatchError(
    'LocationsOverlap',
    'The state overlaps with the source or the target.',
    {
      hint: 'The state holds blob names: give it a container of its own, which nobody else reads.',
    },
  );
}
