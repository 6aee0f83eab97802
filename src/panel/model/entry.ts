import type { ExchangeRecord, Place, Removed, SightingRecord } from '../../core/capture/records.ts';
import type { Decoded, Kind } from '../../core/token/decoded.ts';
import type { Opened } from '../../core/trust/opened.ts';

/** One token as the log holds it. Changed in place: to be read after `revision`. */
export interface Entry {
  /** TokenRecord.id */
  readonly id: string;
  readonly compact: string;
  /** ms since the epoch */
  readonly firstSeen: number;
  /** What it had before it was exported and redacted, where it came out of such a file; `compact` is what was left. */
  readonly removed: Removed | undefined;
  /** The token as captured. */
  readonly decoded: Decoded;
  /** What keys opened of it; undefined until they were tried. */
  readonly opened: Opened | undefined;
  /** The token whose payload speaks: itself, or the innermost of those inside that can be read. */
  readonly claims: Decoded;
  readonly kind: Kind;
  readonly sightings: ReadonlyMap<string, SightingRecord>;
  /** The exchanges that carried it: how many, how many of them refused it (401 or 403), and the newest. */
  readonly requests: number;
  readonly refused: number;
  readonly last: ExchangeRecord | undefined;
  /** The newest whose request carried it and whose answer can be about it: the one that a server judged it by. */
  readonly lastSent: ExchangeRecord | undefined;
  /** That answer can as well be about another token. */
  readonly lastShared: boolean;
  /** The place it was seen first. */
  readonly place: Place | undefined;
  /** Names of the cookies that it was seen in. */
  readonly cookies: readonly string[];
  /** The hosts that it was sent to or came from. */
  readonly hosts: ReadonlySet<string>;
  /** Lower-case text that the free words of the filter look in. */
  readonly searchText: string;
  /** The URL of `last` in lower case, for the same. */
  readonly searchUrl: string;
}
