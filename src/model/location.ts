/** A place in blob storage: everything in a container whose name starts with a prefix. */
export interface Location {
  /** Container URL, canonical, without a trailing slash. */
  location: string;
  /** Empty for the whole container. */
  prefix: string;
}

/** Where run state is kept. */
export type StatePlace =
  | { kind: 'folder'; path: string }
  | { kind: 'container'; location: string; prefix: string };

/** Whether some blob name could lie in both places. */
export function overlaps(a: Location, b: Location): boolean {
  return (
    a.location === b.location && (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix))
  );
}
