/** Which exchanges are hops of one request: the browser followed a redirect, or answered a challenge. Pure. */
import type { ExchangeRecord } from '../../core/capture/records.ts';

/** How long after an answer the next hop may leave, in ms: at once, but the two witnesses' clocks differ a little. */
const HOP_SLACK = 1_000;
/** The ids that the background gives (`core/capture/exchange.ts`): `<requestId>.<time>.<number of the hop>`. */
const BACKGROUND_ID = /^(.+)\.\d+\.(\d+)$/;

/** The hops of each exchange that has others, in the order they were made; by ExchangeRecord.id. */
export type Hops = ReadonlyMap<string, readonly ExchangeRecord[]>;

export interface Chains {
  readonly hops: Hops;
  /** Whether they may be others when this exchange comes or goes: of most of them nothing follows. */
  concern(exchange: ExchangeRecord): boolean;
}

type Next = Map<ExchangeRecord, ExchangeRecord>;

const withoutFragment = (url: string): string => {
  const hash = url.indexOf('#');
  return hash < 0 ? url : url.slice(0, hash);
};

const targetOf = ({ url, location = '' }: ExchangeRecord): string | undefined => {
  const target = URL.parse(location, url)?.href;
  return target && withoutFragment(target);
};

interface Numbered {
  readonly request: string;
  readonly number: number;
  readonly exchange: ExchangeRecord;
}

/** Each record is asked again whenever another one comes. */
const numbered = new WeakMap<ExchangeRecord, Numbered | null>();

const numberOf = (exchange: ExchangeRecord): Numbered | null => {
  const known = numbered.get(exchange);
  if (known !== undefined) return known;
  const [, request, number] = BACKGROUND_ID.exec(exchange.id) ?? [];
  const found = request === undefined ? null : { request, number: Number(number), exchange };
  numbered.set(exchange, found);
  return found;
};

const isLater = ({ number }: Numbered): boolean => number > 1;

/** Hops that the background numbered. Some may be missing: it keeps those that say something. */
const byRequest = (exchanges: readonly ExchangeRecord[], next: Next): void => {
  const all = exchanges.flatMap((exchange) => numberOf(exchange) ?? []);
  // Nearly every request has one hop: only the others are gathered.
  const requests = new Map(all.filter(isLater).map(({ request }) => [request, [] as Numbered[]]));
  if (requests.size === 0) return;
  for (const one of all) requests.get(one.request)?.push(one);
  for (const hops of requests.values()) {
    if (hops.length < 2) continue;
    hops.sort((a, b) => a.number - b.number || a.exchange.start - b.exchange.start);
    for (const [index, { exchange }] of hops.entries()) {
      const following = hops[index + 1]?.exchange;
      if (following) next.set(exchange, following);
    }
  }
};

/**
 * Hops that only their addresses tell: where `Location` leads to, requested next. Each has one before it at most, and
 * a later one after it, so that a page that redirects to itself for ever makes a long chain and no ring.
 */
const byLocation = (exchanges: readonly ExchangeRecord[], next: Next): void => {
  const redirects = exchanges.filter((one) => one.location !== undefined && !next.has(one));
  if (redirects.length === 0) return;
  const order = new Map(exchanges.map((exchange, index) => [exchange, index]));
  const isFollowing = new Set(next.values());
  const waiting = new Map(redirects.flatMap((one) => targetOf(one) ?? []).map((url) => [url, [] as ExchangeRecord[]]));
  for (const one of exchanges) if (!isFollowing.has(one)) waiting.get(withoutFragment(one.url))?.push(one);
  for (const list of waiting.values()) list.reverse();
  for (const redirect of redirects) {
    // In order of time, as the redirects are: what is too early for this one is too early for all that come.
    const candidates = waiting.get(targetOf(redirect) ?? '') ?? [];
    const isEarly = (one: ExchangeRecord) => (order.get(one) ?? 0) <= (order.get(redirect) ?? 0);
    while (candidates.length > 0 && isEarly(candidates.at(-1) ?? redirect)) candidates.pop();
    const candidate = candidates.at(-1);
    if (!candidate || candidate.start > (redirect.end ?? redirect.start) + HOP_SLACK) continue;
    candidates.pop();
    next.set(redirect, candidate);
  }
};

const concernedBy = (exchanges: readonly ExchangeRecord[]): Chains['concern'] => {
  const requests = new Set<string>();
  const targets = new Set<string>();
  for (const exchange of exchanges) {
    const numbered = numberOf(exchange);
    if (numbered && isLater(numbered)) requests.add(numbered.request);
    const target = exchange.location === undefined ? undefined : targetOf(exchange);
    if (target !== undefined) targets.add(target);
  }
  return (exchange) => {
    const numbered = numberOf(exchange);
    const isHop = numbered !== null && (isLater(numbered) || requests.has(numbered.request));
    return isHop || exchange.location !== undefined || targets.has(withoutFragment(exchange.url));
  };
};

/** The chains among these exchanges. Linear but for sorting, whatever the addresses; never throws. */
export const chainsOf = (exchanges: Iterable<ExchangeRecord>): Chains => {
  const all = [...exchanges].sort((a, b) => a.start - b.start);
  const next: Next = new Map();
  byRequest(all, next);
  byLocation(all, next);
  const following = new Set(next.values());
  const chains = new Map<string, readonly ExchangeRecord[]>();
  for (const first of next.keys()) {
    if (following.has(first)) continue;
    const hops = [first];
    for (let one = next.get(first); one; one = next.get(one)) hops.push(one);
    for (const { id } of hops) chains.set(id, hops);
  }
  return { hops: chains, concern: concernedBy(all) };
};
