/** A place in blob storage: everything in a container whose name starts with a prefix. */
export interface Location {
  /** Container URL, canonical, without a trailing slash. */
  location: string;
  /** Empty for the whole container. */
  prefix: string;
}

/** Whether some blob name could lie in both places. */
export function overlaps(a: Location, b: Location): boolean {
  return (
    a.location === b.location && (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix))
  );
}
