/**
 * Two witnesses, one truth. The background sees requests through webRequest, the DevTools page through
 * devtools.network, and either may miss some: webRequest where site access is withheld or the worker was killed,
 * devtools.network what came before DevTools. A claim waits here until the other witness claims the same; they pair
 * one to one, in whatever order they come.
 */
import type { ExchangeRecord } from './records.ts';

/** How far the two clocks of one browser are apart at most: a millisecond at rest, more when the machine is busy. */
export const CLOCK_SLACK = 250;
/** Claims that wait at most, over all tabs; the oldest are forgotten, nobody else will come for them. */
export const MAX_WAITING = 5_000;

export interface Claim {
  readonly witness: 'background' | 'devtools';
  readonly tab: number;
  readonly method: string;
  readonly url: string;
  /** ms since the epoch; for the background the moment that the request's headers left */
  readonly start: number;
  /** ms since the epoch; only DevTools knows it, when it tells of the request */
  readonly end?: number;
  /** ExchangeRecord.id, whether or not a record was stored */
  readonly id: string;
  /** Ids of the tokens it carried: two requests that carried different ones are two, however alike. */
  readonly tokens: readonly string[];
  /** What only the background knows of it, for a record that is made of it later. */
  readonly about?: Pick<ExchangeRecord, 'frame' | 'resource' | 'initiator'>;
}

export interface Reconciler {
  /** The other witness's claim of the same request, which then waits no longer; otherwise this one waits. */
  match(claim: Claim): Claim | undefined;
  /** Whether the other witness's claim of the same request waits, and began before that time, in ms since the epoch. */
  awaits(claim: Claim, before: number): boolean;
  forgetTab(tab: number): void;
}

type Witness = Claim['witness'];

const keyOf = (witness: Witness, { method, url }: Claim): string => {
  const hash = url.indexOf('#');
  return `${witness} ${method} ${hash < 0 ? url : url.slice(0, hash)}`;
};

/**
 * The background saw `seen`, DevTools told of `told`, of the same URL. A service worker's request has no tab for the
 * background; Chromium's DevTools counts it to the tab that it inspects.
 */
const couldBeOne = (seen: Claim, told: Claim): boolean =>
  (seen.tab === told.tab || seen.tab < 0) &&
  seen.start >= told.start - CLOCK_SLACK &&
  seen.start <= (told.end ?? told.start) + CLOCK_SLACK &&
  (seen.tokens.length === 0 || told.tokens.length === 0 || seen.tokens.some((token) => told.tokens.includes(token)));

/** Keeps the claims that wait. Pairs by method, URL without fragment, tab and overlapping time; the nearest start wins. */
export const createReconciler = (): Reconciler => {
  // By witness and request, so that a page polling one URL costs nothing while only one witness speaks.
  const waiting = new Map<string, Set<Claim>>();
  const order = new Set<Claim>();

  const drop = (claim: Claim): void => {
    const key = keyOf(claim.witness, claim);
    const alike = waiting.get(key);
    alike?.delete(claim);
    if (alike?.size === 0) waiting.delete(key);
    order.delete(claim);
  };

  const wait = (claim: Claim): void => {
    const key = keyOf(claim.witness, claim);
    const alike = waiting.get(key) ?? new Set();
    waiting.set(key, alike.add(claim));
    const [oldest] = order.add(claim);
    if (oldest && order.size > MAX_WAITING) drop(oldest);
  };

  const twinOf = (claim: Claim): Claim | undefined => {
    const other = claim.witness === 'background' ? 'devtools' : 'background';
    let twin: Claim | undefined;
    let nearest = Number.POSITIVE_INFINITY;
    for (const candidate of waiting.get(keyOf(other, claim)) ?? []) {
      const away = Math.abs(candidate.start - claim.start);
      const [seen, told] = other === 'devtools' ? [claim, candidate] : [candidate, claim];
      if (away < nearest && couldBeOne(seen, told)) [twin, nearest] = [candidate, away];
    }
    return twin;
  };

  return {
    match(claim) {
      const twin = twinOf(claim);
      if (twin) drop(twin);
      else wait(claim);
      return twin;
    },

    awaits: (claim, before) => (twinOf(claim)?.start ?? before) < before,

    forgetTab(tab) {
      for (const claim of order) if (claim.tab === tab) drop(claim);
    },
  };
};
