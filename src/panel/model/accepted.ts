/** What each API accepted before: evidence for why it refuses something now. Read from the log, and kept up to date with it. */
import type { ExchangeRecord } from '../../core/capture/records.ts';
import type { AcceptedToken } from '../../core/judge/diagnosis.ts';
import { addressOf, originOf } from './address-of.ts';
import type { Log } from './log.ts';
import { type Carried, carriedTo, sentToken } from './sent.ts';

/** Kept of one API, the newest: each diagnosis looks at all of them, and a session has far fewer that differ. */
export const MAX_ACCEPTED = 100;

interface One extends Carried {
  readonly exchange: ExchangeRecord;
  /** Method and path. */
  readonly request: string;
  /** The token, and where it stood. */
  readonly text: string;
}

/** Another object where there is something else to learn. */
interface Version {
  /** What there is to learn. */
  readonly text: string;
  readonly elsewhere?: Version;
}

interface OfOrigin {
  /** By token, method and path: a page that polls says the same again and again. */
  readonly ones: Map<string, One>;
  /** Requests that somebody wanted to compare with. */
  readonly asked: Set<string>;
  /** For requests that none was accepted for. */
  elsewhere: Version;
  /** For each of the others. */
  requests: ReadonlyMap<string, Version>;
  /** What was told of them last, as long as it holds. */
  told?: { readonly read: unknown; readonly tokens: readonly AcceptedToken[] };
}

export interface Accepted {
  /** Takes in what came and went since the last look. */
  look(): void;
  /** Stands for what an exchange can be compared with; another object where that is something else. */
  version(exchange: ExchangeRecord): object | undefined;
  /** Another number whenever one of those that were told is another. */
  epoch(): number;
  /**
   * Newest first.
   * @param read stands for what can be read of tokens; another one where that changed
   */
  of(origin: string, read: unknown): readonly AcceptedToken[];
}

const isAnswered = ({ status = 0 }: ExchangeRecord): boolean => status >= 200 && status <= 299;

const requestOf = (exchange: ExchangeRecord): string => `${exchange.method} ${addressOf(exchange).path}`;

const newestFirst = (a: One, b: One): number => b.exchange.start - a.exchange.start;

const tokenText = ({ entry, place: { kind, name, scheme = '' } }: Carried): string =>
  JSON.stringify([entry.id, kind, name, scheme]);

const versionOf = (before: Version | undefined, ones: readonly One[], elsewhere?: Version): Version => {
  const text = [...new Set(ones.map((one) => one.text))].sort().join('\n');
  const isSame = before?.text === text && before.elsewhere === elsewhere;
  return isSame ? before : { text, ...(elsewhere && { elsewhere }) };
};

const NOTHING: Version = { text: '' };

export const createAccepted = (log: Log): Accepted => {
  const origins = new Map<string, OfOrigin>();
  let mark: number | undefined;
  let epoch = 0;

  const ofOrigin = (origin: string): OfOrigin => {
    const known = origins.get(origin) ?? {
      ones: new Map<string, One>(),
      asked: new Set<string>(),
      elsewhere: NOTHING,
      requests: new Map(),
    };
    origins.set(origin, known);
    return known;
  };

  const learn = (exchange: ExchangeRecord): OfOrigin => {
    const known = ofOrigin(originOf(exchange));
    const judged = log.judgedIn(exchange);
    const carried = carriedTo(exchange, log).filter(({ entry }) => judged.has(entry.id));
    const request = requestOf(exchange);
    for (const one of carried) {
      const key = `${one.entry.id} ${request}`;
      const before = known.ones.get(key);
      if (before && before.exchange.start > exchange.start) continue;
      known.ones.set(key, { ...one, exchange, request, text: tokenText(one) });
    }
    return known;
  };

  const forget = (known: OfOrigin, isGone: (one: One) => boolean): boolean => {
    const before = known.ones.size;
    for (const [key, one] of known.ones) if (isGone(one)) known.ones.delete(key);
    return known.ones.size < before;
  };

  const settle = (known: OfOrigin) => {
    const newest = [...known.ones].sort(([, a], [, b]) => newestFirst(a, b)).slice(0, MAX_ACCEPTED);
    known.ones.clear();
    for (const [key, one] of newest) known.ones.set(key, one);
    const ones = newest.map(([, one]) => one);
    const byRequest = new Map<string, One[]>();
    for (const one of ones) {
      const same = byRequest.get(one.request);
      if (same) same.push(one);
      else byRequest.set(one.request, [one]);
    }
    const { elsewhere, requests: before } = known;
    known.elsewhere = versionOf(elsewhere, ones);
    known.requests = new Map(
      [...byRequest].map(([request, same]) => [request, versionOf(before.get(request), same, known.elsewhere)]),
    );
    delete known.told;
    const isOther = [...before.keys(), ...byRequest.keys()].some(
      (request) => known.asked.has(request) && before.get(request) !== known.requests.get(request),
    );
    if (isOther || elsewhere !== known.elsewhere) epoch += 1;
  };

  return {
    look() {
      const changed = log.journal.since(mark);
      mark = log.journal.end();
      const isChanged = ({ exchange: { id } }: One) => changed?.has(id) ?? true;
      const again = changed ?? [...log.exchanges()].map(({ id }) => id);
      const touched = new Set([...origins.values()].filter((known) => forget(known, isChanged)));
      for (const id of again) {
        const exchange = log.exchange(id);
        if (exchange && isAnswered(exchange)) touched.add(learn(exchange));
      }
      for (const known of touched) settle(known);
    },
    version(exchange) {
      const known = origins.get(originOf(exchange));
      if (!known) return undefined;
      const request = requestOf(exchange);
      known.asked.add(request);
      return known.requests.get(request) ?? known.elsewhere;
    },
    epoch: () => epoch,
    of(origin, read) {
      const known = origins.get(origin);
      if (!known) return [];
      if (known.told && known.told.read === read) return known.told.tokens;
      const tokens = [...known.ones.values()].map((one) => ({ exchange: one.exchange, token: sentToken(one) }));
      known.told = { read, tokens };
      return tokens;
    },
  };
};
