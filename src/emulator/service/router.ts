import { createFailure, createRouteNotFound } from './service-failure.ts';

/** What the service can be asked for. */
export type Operation =
  | 'checkHealth'
  | 'deidentifyText'
  | 'listJobs'
  | 'getJob'
  | 'submitJob'
  | 'cancelJob'
  | 'deleteJob'
  | 'listDocuments';

/** An operation with what its address says: the job's name (empty without one) and the query. */
export interface Route {
  operation: Operation;
  jobName: string;
  /** The query without `?`, exactly as sent. */
  query: string;
}

const ROUTES: readonly { path: RegExp; operations: Readonly<Record<string, Operation>> }[] = [
  { path: /^\/health$/, operations: { GET: 'checkHealth' } },
  { path: /^\/deid$/, operations: { POST: 'deidentifyText' } },
  { path: /^\/jobs$/, operations: { GET: 'listJobs' } },
  { path: /^\/jobs\/(?<name>[^/]+):cancel$/, operations: { POST: 'cancelJob' } },
  { path: /^\/jobs\/(?<name>[^/]+)\/documents$/, operations: { GET: 'listDocuments' } },
  {
    path: /^\/jobs\/(?<name>[^/]+)$/,
    operations: { GET: 'getJob', PUT: 'submitJob', DELETE: 'deleteJob' },
  },
];

/** The route of a request; throws the 404 or 405 that answers an address without one. */
export function matchRoute(method: string, target: string): Route {
  const [rawPath = '', ...query] = target.split('?');
  const path = decodePath(rawPath);
  for (const route of ROUTES) {
    const match = route.path.exec(path);
    if (!match) continue;
    const operation = route.operations[method];
    if (!operation) {
      throw createFailure(405, 'MethodNotAllowed', 'The method is not allowed here.');
    }
    return { operation, jobName: match.groups?.name ?? '', query: query.join('?') };
  }
  throw createRouteNotFound();
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw createRouteNotFound();
  }
}
