/** Requests that a browser made because an answer sent it elsewhere, as to a login page: theirs says nothing of a token. */
import type { ExchangeRecord } from '../../core/capture/records.ts';
import type { Log } from './log.ts';

/** ms: the next hop leaves at once, but the two witnesses' clocks differ a little. */
const SLOT = 1_000;

export interface LedAway {
  /** Takes in what came and went since the last look. */
  look(): void;
  /** Whether a 302 or 303 led there at about that time (RFC 9110 section 15.4): 307 and 308 repeat the request as it was. */
  has(exchange: ExchangeRecord): boolean;
}

const keyOf = (url: string | undefined, slot: number): string => `${slot} ${url?.split('#', 1)[0]}`;

const keyOfTarget = ({ status, url, location, start, end = start }: ExchangeRecord): string | undefined => {
  const target = status === 302 || status === 303 ? URL.parse(location ?? '', url)?.href : undefined;
  return target && keyOf(target, Math.floor(end / SLOT));
};

export const createLedAway = (log: Log): LedAway => {
  const keys = new Map<string, string>();
  /** ExchangeRecord.id of the redirects by where and when they led. */
  const redirects = new Map<string, Set<string>>();
  let mark: number | undefined;

  const forget = (id: string) => {
    const key = keys.get(id) ?? '';
    const same = redirects.get(key);
    same?.delete(id);
    if (same?.size === 0) redirects.delete(key);
    keys.delete(id);
  };

  const learn = (id: string) => {
    const exchange = log.exchange(id);
    const key = exchange?.location === undefined ? undefined : keyOfTarget(exchange);
    if (key === undefined) return;
    keys.set(id, key);
    redirects.set(key, (redirects.get(key) ?? new Set()).add(id));
  };

  return {
    look() {
      const changed = log.journal.since(mark);
      mark = log.journal.end();
      for (const id of changed ?? [...keys.keys()]) forget(id);
      for (const id of changed ?? [...log.exchanges()].map((exchange) => exchange.id)) learn(id);
    },
    has({ url, start }) {
      if (redirects.size === 0) return false;
      const slot = Math.floor(start / SLOT);
      return [slot - 1, slot, slot + 1].some((near) => redirects.has(keyOf(url, near)));
    },
  };
};
