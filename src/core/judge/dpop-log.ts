/** What the log knows of a DPoP proof's surroundings: the nonces that its server gave out, and earlier uses of its `jti`. */
import type { ExchangeRecord } from '../capture/records.ts';
import type { Decoded } from '../token/decoded.ts';

/** A proof is made before its request leaves, and a newer nonce may come in between, in ms. */
export const NONCE_OVERLAP = 5_000;

/** Two witnesses of one request may tell of times that are this far apart on a busy machine, in ms. */
export const WITNESS_SLACK = 1_000;

/** One proof that a request carried. */
export interface SentProof {
  readonly exchange: ExchangeRecord;
  readonly proof: Decoded;
}

export interface DpopLog {
  /** The nonces that the server of this exchange may want in it (RFC 9449 section 8.2), the latest first. */
  noncesBefore(exchange: ExchangeRecord): readonly string[];
  /** The first of earlier exchanges whose proof had the same `jti`; undefined when there is none. */
  usedBefore(sent: SentProof): ExchangeRecord | undefined;
}

interface Given {
  readonly nonce: string;
  /** ExchangeRecord.id */
  readonly by: string;
  /** ms since the epoch: it arrived, the first time in a row. */
  readonly at: number;
}

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');

/** By origin, as clients keep them, in the order they arrived; the same one again changes nothing. */
const givenBy = (exchanges: Iterable<ExchangeRecord>): ReadonlyMap<string, readonly Given[]> => {
  const all = [...exchanges].flatMap(({ id, url, dpopNonce, start, end }) =>
    dpopNonce === undefined ? [] : { origin: originOf(url), nonce: dpopNonce, by: id, at: end ?? start },
  );
  const byOrigin = new Map<string, Given[]>();
  for (const { origin, ...one } of all.sort((a, b) => a.at - b.at)) {
    const given = byOrigin.get(origin) ?? [];
    byOrigin.set(origin, given);
    if (given.at(-1)?.nonce !== one.nonce) given.push(one);
  }
  return byOrigin;
};

/** Seen by the background as a request of a page, and so one that was really sent by it. */
const isCertain = ({ witness, tab }: ExchangeRecord): boolean => witness !== 'devtools' && tab >= 0;

/**
 * Two records that overlap may be one request: told of by each witness and not paired, or a page's that its service worker
 * sent on, which DevTools shows twice.
 */
const couldBeOne = (a: SentProof, b: SentProof): boolean => {
  if (a.exchange.id === b.exchange.id) return true;
  const [first, second] = a.exchange.start <= b.exchange.start ? [a, b] : [b, a];
  return (
    a.proof.compact === b.proof.compact &&
    a.exchange.method === b.exchange.method &&
    a.exchange.url === b.exchange.url &&
    !(isCertain(a.exchange) && isCertain(b.exchange)) &&
    second.exchange.start <= (first.exchange.end ?? first.exchange.start) + WITNESS_SLACK
  );
};

/** Reads the log once; each question then costs no more than the nonces that came within NONCE_OVERLAP. Never throws. */
export const dpopLog = (exchanges: Iterable<ExchangeRecord>, sent: readonly SentProof[]): DpopLog => {
  const given = givenBy(exchanges);
  const first = new Map<unknown, SentProof>();
  for (const one of sent.toSorted((a, b) => a.exchange.start - b.exchange.start)) {
    const jti = one.proof.payload?.jti;
    if (!first.has(jti)) first.set(jti, one);
  }

  return {
    noncesBefore({ id, url, start }) {
      const all = given.get(originOf(url)) ?? [];
      const nonces: string[] = [];
      for (let index = all.findLastIndex(({ at }) => at <= start); index >= 0; index -= 1) {
        const one = all[index];
        // An answer within the millisecond came after the request all the same.
        if (!one || one.by === id) continue;
        nonces.push(one.nonce);
        // It was the latest all the while.
        if (one.at <= start - NONCE_OVERLAP) break;
      }
      return nonces;
    },

    usedBefore(one) {
      const jti = one.proof.payload?.jti;
      const earliest = typeof jti === 'string' ? first.get(jti) : undefined;
      return earliest && !couldBeOne(earliest, one) ? earliest.exchange : undefined;
    },
  };
};
