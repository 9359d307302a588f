export interface LocationReading {
  /** Container URL, without a trailing slash. */
  container: string;
  /** Whether a blob name is one that can be expected here. */
  isKnown(name: string): boolean;
}

/**
 * The blob names behind URLs that the service reported; undefined for a URL outside of the
 * container. Whether the service percent-encodes names is not documented, and the name `a%20b`
 * may be either, so one reading is chosen for all: the one under which more names are known.
 */
export function readLocations(
  locations: readonly string[],
  { container, isKnown }: LocationReading,
): (string | undefined)[] {
  const raw = locations.map((location) => cutContainer(location, container));
  const decoded = raw.map((name) => (name === undefined ? undefined : decode(name)));
  const count = (names: readonly (string | undefined)[]) =>
    new Set(names.filter((name) => name !== undefined && isKnown(name))).size;
  return count(decoded) >= count(raw) ? decoded : raw;
}

/** What follows the container in the URL. The URL is cut as text: parsing would resolve `..`. */
function cutContainer(location: string, container: string): string | undefined {
  const path = pathOf(location);
  const folder = `${pathOf(container)}/`;
  return hostOf(location) === hostOf(container) && path.startsWith(folder)
    ? path.slice(folder.length)
    : undefined;
}

function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]*/i, '');
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

function decode(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
