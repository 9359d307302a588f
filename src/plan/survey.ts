import type { Matcher } from '../match.ts';
import type { ListedBlob } from '../model/document.ts';
import type { Selection, SkipReason } from '../model/selection.ts';
import { commonPrefixLength } from './common-prefix.ts';
import type { GroupOf } from './group-by.ts';
import type { Naming } from './naming.ts';
import { formatSpooledBlob } from './spool.ts';

export interface SurveyRules {
  matcher: Matcher;
  naming: Naming;
  groupOf?: GroupOf;
}

/** What the first pass over a listing learns; memory grows with the groups, not the documents. */
export class Survey {
  readonly #rules: SurveyRules;
  readonly #skipped = new Map<SkipReason, number>();
  readonly #groups = new Map<string, Group>();
  listed = 0;
  documents = 0;
  bytes = 0;
  /** Selected documents that no group claims, though groups were asked for. */
  ungrouped = 0;
  /** Selected documents whose names do not start with the prefix to strip. */
  outsideStripPrefix = 0;
  /** Selected documents with a URL that is too long for the service. */
  tooLong = 0;

  constructor(rules: SurveyRules) {
    this.#rules = rules;
  }

  /** Passes the listing on as lines for the spool, and counts. */
  async *observe(pages: AsyncIterable<ListedBlob[]>): AsyncGenerator<string> {
    for await (const page of pages) {
      for (const blob of page) yield this.#observeBlob(blob);
    }
  }

  selection(): Selection {
    return {
      listed: this.listed,
      documents: this.documents,
      bytes: this.bytes,
      skipped: [...this.#skipped]
        .map(([reason, documents]) => ({ reason, documents }))
        .sort((a, b) => b.documents - a.documents || (a.reason < b.reason ? -1 : 1)),
    };
  }

  get groups(): ReadonlyMap<string, Readonly<Group>> {
    return this.#groups;
  }

  #observeBlob(blob: ListedBlob): string {
    const { name, bytes, etag } = blob;
    this.listed += 1;
    const verdict = this.#rules.matcher.classify(blob);
    if (verdict !== 'selected') {
      this.#skipped.set(verdict, (this.#skipped.get(verdict) ?? 0) + 1);
      return formatSpooledBlob({ name });
    }
    this.documents += 1;
    this.bytes += bytes;
    const { naming, groupOf } = this.#rules;
    if (!naming.covers(name)) this.outsideStripPrefix += 1;
    if (!naming.fits(name)) this.tooLong += 1;
    const group = groupOf?.(name);
    if (group === undefined) {
      if (groupOf) this.ungrouped += 1;
      return formatSpooledBlob({ name, document: { bytes, etag } });
    }
    this.#count(group, name);
    return formatSpooledBlob({ name, document: { bytes, etag, group } });
  }

  #count(key: string, name: string): void {
    const group = this.#groups.get(key);
    if (!group) {
      this.#groups.set(key, { documents: 1, first: name, reach: name.length });
      return;
    }
    group.documents += 1;
    group.reach = Math.min(group.reach, commonPrefixLength(group.first, name));
  }
}

interface Group {
  documents: number;
  /** The name that was listed first. */
  first: string;
  /** Length of what the names of all its documents start with in common. */
  reach: number;
}
