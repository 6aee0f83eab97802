/**
 * Lineages of what is in the log, as rows of a timeline; loads with the view that draws them. Looked at again when the
 * log has changed, a few times a second at most, in slices.
 */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { ExchangeRecord } from '../../core/capture/records.ts';
import type { Lineage, LineageSighting, Lineages, LineageToken, Link } from '../../core/judge/lineage.ts';
import { isRenewed, linkOf, type Member, memberOf } from '../../core/judge/lineage-member.ts';
import { lineagesOf } from '../../core/judge/lineages.ts';
import { type LoginRequest, type LoginResponse, loginsIn } from '../../core/judge/oidc-logins.ts';
import type { Kind } from '../../core/token/decoded.ts';
import type { Entry } from './entry.ts';
import { isFromServer } from './judged.ts';
import type { Model } from './model.ts';
import { datedClaims, isSealed } from './opened.ts';
import { paced } from './paced.ts';
import { nextTask, SLICE_MS } from './slices.ts';

/** ms from one look to the next, and one more for each so many tokens. */
const PAUSE_MS = 250;
const TOKENS_PER_MS = 20;
/** Exchanges whose addresses are read in one go: less than a slice. */
const EXCHANGES_AT_ONCE = 500;

export interface Row {
  /** TokenRecord.id of its first token. */
  readonly id: string;
  readonly kind: Kind;
  readonly links: readonly [Link, ...Link[]];
  /** The token that it is called by: its newest. */
  readonly newest: Entry;
}

export interface Timeline {
  /** The one that began last first, so that none moves when a token is renewed. */
  readonly rows: readonly Row[];
  readonly lineages: Lineages;
}

const NOTHING: Timeline = { rows: [], lineages: { all: [], places: new Map() } };

type Around = Pick<Model, 'log' | 'clocks'>;

const tokenOf = (entry: Entry, { log, clocks }: Around): LineageToken => {
  const offsetOf = (exchange: ExchangeRecord | undefined) =>
    exchange ? clocks.ofExchange(exchange)?.offset : undefined;
  let broughtIn: ExchangeRecord | undefined;
  const sightings = [...entry.sightings.values()].map(({ place, at, exchange: id }): LineageSighting => {
    const exchange = log.exchange(id);
    const sent = !isFromServer(place);
    if (!sent) broughtIn ??= exchange;
    return {
      place,
      at,
      sent,
      judged: exchange ? log.judgedIn(exchange).has(entry.id) : false,
      ...(exchange && { exchange }),
    };
  });
  const takenBy = offsetOf(entry.lastSent ?? entry.last);
  const madeBy = offsetOf(broughtIn) ?? takenBy;
  const claims = isSealed(entry) ? undefined : { ...entry.claims.payload, ...datedClaims(entry) };
  return {
    ...{ id: entry.id, kind: entry.kind, claims, firstSeen: entry.firstSeen, sightings },
    ...(takenBy !== undefined && { takenBy }),
    ...(madeBy !== undefined && { madeBy }),
  };
};

const rowsOf = (members: readonly Member[], { all }: Lineages, log: Model['log']): readonly Row[] => {
  const chained = all.map(({ id, kind, links }: Pick<Lineage, 'id' | 'kind' | 'links'>) => ({ id, kind, links }));
  const alone = members
    .filter((member) => !isRenewed(member))
    .map((member) => ({ id: member.token, kind: member.kind, links: [linkOf(member)] as const }));
  return [...chained, ...alone]
    .flatMap((row): readonly Row[] => {
      const newest = log.entry(row.links.at(-1)?.token ?? '');
      return newest ? [{ ...row, newest }] : [];
    })
    .sort((a, b) => b.links[0].seen - a.links[0].seen || (a.id < b.id ? -1 : 1));
};

/** Does a piece of work for each item, and gives the thread back every few milliseconds. False when it was stopped. */
const eachInTurn = async <Item>(items: readonly Item[], work: (item: Item) => void, isStopped: () => boolean) => {
  let end = performance.now() + SLICE_MS;
  for (const item of items) {
    work(item);
    if (performance.now() < end) continue;
    await nextTask();
    if (isStopped()) return false;
    end = performance.now() + SLICE_MS;
  }
  return true;
};

const inChunks = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** The timeline of a model, for as long as it is looked at. */
export const createTimeline = (
  model: Pick<Model, 'log' | 'clocks' | 'signatures'>,
): { readonly drawn: ReadonlySignal<Timeline>; dispose(): void } => {
  const { log, signatures } = model;
  const drawn = signal(NOTHING);
  let stopped = false;
  let looking = false;
  let again = false;

  const look = async (): Promise<void> => {
    const isStopped = () => stopped;
    const members: Member[] = [];
    const requests: LoginRequest[] = [];
    const responses: LoginResponse[] = [];
    // A proof is made for one request, and there are as many of them.
    const entries = log.entries.peek().filter(({ kind }) => kind !== 'dpop_proof');
    if (!(await eachInTurn(entries, (entry) => members.push(memberOf(tokenOf(entry, model))), isStopped))) return;
    const read = (exchanges: readonly ExchangeRecord[]) => {
      const logins = loginsIn(exchanges);
      requests.push(...logins.requests);
      responses.push(...logins.responses);
    };
    if (!(await eachInTurn(inChunks([...log.exchanges()], EXCHANGES_AT_ONCE), read, isStopped))) return;
    const lineages = lineagesOf(members, { requests, responses });
    drawn.value = { rows: rowsOf(members, lineages, log), lineages };
  };

  const run = async (): Promise<void> => {
    again = looking;
    if (looking) return;
    looking = true;
    await look();
    looking = false;
    if (again && !stopped) looks.ask();
  };
  const looks = paced(
    () => PAUSE_MS + Math.floor(log.entries.peek().length / TOKENS_PER_MS),
    () => void run(),
  );

  const unsubscribe = effect(() => {
    log.revision.value;
    signatures.contents.value;
    looks.ask();
  });
  return {
    drawn,
    dispose() {
      stopped = true;
      unsubscribe();
      looks.stop();
    },
  };
};
