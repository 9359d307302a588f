import { type Clock, formatTimestamp } from '../clock.ts';

/** The emulator's servers. */
export type ServerName = 'service' | 'storage' | 'identity';

/** One request that reached a server of the emulator. */
export interface RequestRecord {
  readonly server: ServerName;
  readonly method: string;
  /** The path as it was sent, without the query. */
  readonly path: string;
  /** The query as it was sent, without the question mark; empty when there was none. */
  readonly query: string;
  /** When the request arrived: ISO 8601 in UTC, on the emulator's clock. */
  readonly at: string;
  /** Object id that the request's token claims, checked or not. */
  readonly caller: string | undefined;
  /** Status of the answer; undefined before it, and for ever when the connection was cut instead. */
  readonly status: number | undefined;
}

/** The emulator's memory of requests, in the order of their arrival. */
export interface RequestLog {
  readonly records: readonly RequestRecord[];
  /** Adds a request; the returned function notes the status of its answer. */
  record(request: Omit<RequestRecord, 'at' | 'status'>): (status: number) => void;
}

/** More than a test asks about; an emulator left running must not grow for ever. */
const MAX_RECORDS = 200_000;

/** A log that keeps at least the last 100,000 requests. */
export function createRequestLog(clock: Clock): RequestLog {
  const records: RequestRecord[] = [];
  return {
    records,
    record(request) {
      if (records.length >= MAX_RECORDS) records.splice(0, MAX_RECORDS / 2);
      const record = {
        ...request,
        at: formatTimestamp(clock.nowMs()),
        status: undefined as number | undefined,
      };
      records.push(record);
      return (status) => {
        record.status = status;
      };
    },
  };
}
