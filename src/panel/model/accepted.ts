/** What each API accepted before: evidence for why it refuses something now. Read from the log, and kept up to date with it. */
import type { ExchangeRecord } from '../../core/capture/records.ts';
import type { AcceptedToken } from '../../core/judge/diagnosis.ts';
import type { Log } from './log.ts';
import { originOf } from './origin-of.ts';
import { type Carried, carriedTo, sentToken } from './sent.ts';

/** Kept of one API, the newest: each diagnosis looks at all of them, and a session has far fewer that differ. */
export const MAX_ACCEPTED = 100;

interface One extends Carried {
  readonly exchange: ExchangeRecord;
}

interface OfOrigin {
  /** By token, method and path: a page that polls says the same again and again. */
  readonly ones: Map<string, One>;
  /** Grows whenever there is something else to learn from them. */
  version: number;
  /** What was told of them last, as long as it holds. */
  told?: { readonly version: number; readonly read: unknown; readonly tokens: readonly AcceptedToken[] };
}

export interface Accepted {
  /** Takes in what came and went since the last look. */
  look(): void;
  version(origin: string): number;
  /**
   * Newest first.
   * @param read stands for what can be read of tokens; another one where that changed
   */
  of(origin: string, read: unknown): readonly AcceptedToken[];
}

const isAnswered = ({ status = 0 }: ExchangeRecord): boolean => status >= 200 && status <= 299;

const pathOf = (url: string): string => URL.parse(url)?.pathname ?? url;

const newestFirst = (a: One, b: One): number => b.exchange.start - a.exchange.start;

export const createAccepted = (log: Log): Accepted => {
  const origins = new Map<string, OfOrigin>();
  /** What was learnt of an exchange holds while it is judged for the same tokens. */
  const looked = new WeakMap<ExchangeRecord, ReadonlySet<string>>();

  const ofOrigin = (origin: string): OfOrigin => {
    const known = origins.get(origin) ?? { ones: new Map<string, One>(), version: 0 };
    origins.set(origin, known);
    return known;
  };

  const bound = (known: OfOrigin) => {
    if (known.ones.size <= MAX_ACCEPTED) return;
    const kept = [...known.ones].sort(([, a], [, b]) => newestFirst(a, b)).slice(0, MAX_ACCEPTED);
    known.ones.clear();
    for (const [key, one] of kept) known.ones.set(key, one);
  };

  const learn = (exchange: ExchangeRecord, carried: readonly Carried[]) => {
    const known = ofOrigin(originOf(exchange));
    const path = pathOf(exchange.url);
    for (const { entry, place } of carried) {
      const key = `${entry.id} ${exchange.method} ${path}`;
      const before = known.ones.get(key);
      if (before && before.exchange.start > exchange.start) continue;
      known.ones.set(key, { exchange, entry, place });
      if (!before) known.version += 1;
    }
    bound(known);
  };

  const forgetGone = () => {
    for (const known of origins.values()) {
      for (const [key, { exchange, entry }] of known.ones) {
        if (log.exchange(exchange.id) && log.judgedIn(exchange).has(entry.id)) continue;
        known.ones.delete(key);
        known.version += 1;
      }
    }
  };

  return {
    look() {
      forgetGone();
      for (const exchange of log.exchanges()) {
        if (!isAnswered(exchange)) continue;
        const judged = log.judgedIn(exchange);
        if (looked.get(exchange) === judged) continue;
        const carried = carriedTo(exchange, log).filter(({ entry }) => judged.has(entry.id));
        // A sighting may be here before its token is.
        if (carried.length === judged.size) looked.set(exchange, judged);
        learn(exchange, carried);
      }
    },
    version: (origin) => origins.get(origin)?.version ?? 0,
    of(origin, read) {
      const known = origins.get(origin);
      if (!known) return [];
      const { version, told } = known;
      if (told?.version === version && told.read === read) return told.tokens;
      const tokens = [...known.ones.values()]
        .sort(newestFirst)
        .map((one) => ({ exchange: one.exchange, token: sentToken(one) }));
      known.told = { version, read, tokens };
      return tokens;
    },
  };
};
