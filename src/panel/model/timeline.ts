/**
 * Lineages of what is in the log, as rows of a timeline; loads with the view that draws them. Looked at again when the
 * log has changed, a few times a second at most, in slices.
 */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { type ExchangeRecord, isFromServer } from '../../core/capture/records.ts';
import type { LineageSighting, Lineages, LineageToken, Link } from '../../core/judge/lineage.ts';
import { isRenewed, linkOf, type Member, memberOf } from '../../core/judge/lineage-member.ts';
import { lineagesInTurn } from '../../core/judge/lineages.ts';
import { type LoginRequest, type LoginResponse, loginsIn } from '../../core/judge/oidc-logins.ts';
import type { Kind } from '../../core/token/decoded.ts';
import type { Entry } from './entry.ts';
import type { Model } from './model.ts';
import { datedClaims, isSealed } from './opened.ts';
import { paced } from './paced.ts';
import { nextTask, SLICE_MS } from './slices.ts';
import { seriesOf } from './timeline-series.ts';

/** ms from one look to the next, and one more for each so many tokens. */
const PAUSE_MS = 250;
const TOKENS_PER_MS = 20;
/** Exchanges whose addresses are read in one go: less than a slice. */
const EXCHANGES_AT_ONCE = 500;

export interface Row {
  /** TokenRecord.id of its first token. */
  readonly id: string;
  readonly kind: Kind;
  readonly client?: string;
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

/** Of what one response brought: access tokens, then ID tokens, then the others. */
const byKind = (a: Pick<Row, 'kind'>, b: Pick<Row, 'kind'>): number => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0);

const rowsOf = (members: readonly Member[], { all }: Lineages, log: Model['log']): readonly Row[] => {
  const alone = members
    .filter((member) => !isRenewed(member))
    .map((member): Omit<Row, 'newest'> => ({ id: member.token, kind: member.kind, links: [linkOf(member)] }));
  return [...all, ...alone]
    .flatMap((row): readonly Row[] => {
      const newest = log.entry(row.links.at(-1)?.token ?? '');
      return newest ? [{ ...row, newest }] : [];
    })
    .sort((a, b) => b.links[0].seen - a.links[0].seen || byKind(a, b) || (a.id < b.id ? -1 : 1));
};

/** Everything anew, a piece at a time. */
function* look(model: Around): Generator<undefined, Timeline> {
  const { log } = model;
  const members: Member[] = [];
  const requests: LoginRequest[] = [];
  const responses: LoginResponse[] = [];
  for (const entry of log.entries.peek()) {
    // A proof is made for one request, and there are as many of them.
    if (entry.kind !== 'dpop_proof') members.push(memberOf(tokenOf(entry, model)));
    yield;
  }
  const exchanges = [...log.exchanges()];
  for (let from = 0; from < exchanges.length; from += EXCHANGES_AT_ONCE) {
    const logins = loginsIn(exchanges.slice(from, from + EXCHANGES_AT_ONCE));
    requests.push(...logins.requests);
    responses.push(...logins.responses);
    yield;
  }
  const lineages = yield* lineagesInTurn(members, { requests, responses });
  const rows = rowsOf(members, lineages, log);
  for (const row of rows) {
    yield;
    seriesOf(row);
  }
  return { rows, lineages };
}

/** Works in slices, and gives the thread back between them; undefined when it was stopped. */
const inSlices = async <Result>(
  work: Generator<undefined, Result>,
  isStopped: () => boolean,
): Promise<Result | undefined> => {
  let end = performance.now() + SLICE_MS;
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() < end) continue;
    await nextTask();
    if (isStopped()) return undefined;
    end = performance.now() + SLICE_MS;
  }
};

/** The timeline of a model, for as long as it is looked at. */
export const createTimeline = (
  model: Pick<Model, 'log' | 'clocks' | 'signatures'>,
): { readonly drawn: ReadonlySignal<Timeline>; dispose(): void } => {
  const { log, signatures } = model;
  const drawn = signal(NOTHING);
  let stopped = false;
  let looking = false;
  let again = false;

  const run = async (): Promise<void> => {
    again = looking;
    if (looking) return;
    looking = true;
    drawn.value = (await inSlices(look(model), () => stopped)) ?? drawn.value;
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
