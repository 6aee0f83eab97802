/** The chain of tokens that replaced each other (product.md section 6). Shapes only; `lineages.ts` makes them. */
import type { ExchangeRecord, Place } from '../capture/records.ts';
import type { JsonObject, Kind } from '../token/decoded.ts';

/** A token where it was seen. */
export interface LineageSighting {
  readonly place: Place;
  /** ms since the epoch */
  readonly at: number;
  /** Absent where none carried it, as in the stores of the page. */
  readonly exchange?: ExchangeRecord;
  /** The client sent it there; else it came from the server. */
  readonly sent: boolean;
  /** The answer can be about this token. */
  readonly judged: boolean;
}

/** All that lineage asks of a token. */
export interface LineageToken {
  /** TokenRecord.id */
  readonly id: string;
  readonly kind: Kind;
  /** The payload that speaks; absent where it is sealed or cannot be read. */
  readonly claims: JsonObject | undefined;
  /** ms since the epoch */
  readonly firstSeen: number;
  /** The clock of the server that takes it, and of the one that it came from, each minus the device's, in ms. */
  readonly takenBy?: number;
  readonly madeBy?: number;
  readonly sightings: readonly LineageSighting[];
}

/** A request that carried the token. */
export interface Use {
  /** ExchangeRecord.id */
  readonly exchange: string;
  /** ms since the epoch: the request left */
  readonly at: number;
  readonly status?: number;
  /** 401 or 403, and 2xx, where the answer can be about this token. */
  readonly refused: boolean;
  readonly accepted: boolean;
}

/**
 * How a token came, by the best evidence there is: a token response to a refresh · a login · a response of which no more
 * is known · a Set-Cookie in place of the one before · it was used after the one before.
 */
export type JointCode = 'refresh' | 'login' | 'response' | 'replaced' | 'use';

export interface Joint {
  readonly code: JointCode;
  /** ms since the epoch: it was there */
  readonly at: number;
  /** ExchangeRecord.id of the one that brought it. */
  readonly exchange?: string;
}

/** One token's life. All times are the device's: those of claims are corrected by the servers' clocks. */
export interface Link {
  /** TokenRecord.id */
  readonly token: string;
  /** `nbf` or `iat`, the later; else when it was first seen. ms since the epoch */
  readonly from: number;
  /** `exp`; absent where it has none that can be read. ms since the epoch */
  readonly until?: number;
  /** When it was first seen, ms since the epoch. */
  readonly seen: number;
  /** In the order of their time, one for each exchange. */
  readonly uses: readonly Use[];
  /** How it came; of the first of a chain only where something brought it. */
  readonly joint?: Joint;
  /** How long the one before had been expired when this one came, in ms; absent where it had not. */
  readonly gap?: number;
  /** How many requests were refused meanwhile with the one before. */
  readonly refusedInGap: number;
}

export interface Lineage {
  /** That of its first token. */
  readonly id: string;
  readonly kind: Kind;
  readonly issuer?: string;
  readonly client?: string;
  readonly subject?: string;
  /** At least one; each replaced the one before. */
  readonly links: readonly [Link, ...Link[]];
}

export interface Lineages {
  readonly all: readonly Lineage[];
  /** TokenRecord.id → where it stands; a token is in one lineage at most. */
  readonly places: ReadonlyMap<string, { readonly lineage: Lineage; readonly index: number }>;
}
