/**
 * What a gateway would have decided on an exchange, and why its server refused it: asked for one exchange, and
 * remembered until something that speaks in it changes. Part of the views that load when they are first shown.
 */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ExchangeRecord } from '../../core/capture/records.ts';
import { isRefused, isTaken } from '../../core/judge/answered.ts';
import type { AcceptedToken, Diagnosis } from '../../core/judge/diagnosis.ts';
import type { Decision, Policy } from '../../core/judge/policy.ts';
import type { ClockOffset } from '../../core/judge/verdict.ts';
import { why } from '../../core/judge/why.ts';
import type { Opened } from '../../core/trust/opened.ts';
import { createAccepted } from './accepted.ts';
import { originOf } from './address-of.ts';
import { type ExchangeChecks, exchangeChecker } from './agreement.ts';
import type { Entry } from './entry.ts';
import { decisionOf } from './exchange-decision.ts';
import { createLedAway } from './led-away.ts';
import type { Model } from './model.ts';
import { policiesOf } from './policies.ts';
import { type Carried, carriedTo, sentToken } from './sent.ts';

export interface Judgement {
  readonly why?: Diagnosis;
  readonly decision?: Decision;
}

export interface Judgements {
  /** To be read after `revision`. The same object while nothing changed. */
  of(exchange: ExchangeRecord): Judgement;
  /** Changes whenever one of them may have. */
  readonly revision: ReadonlySignal<number>;
  /** To be read after `revision`. While it is the same number, only those in the log's journal may have changed. */
  epoch(): number;
}

/** What is known of the server of an exchange; another object whenever that is something else. */
interface Api {
  readonly clock: ClockOffset | undefined;
  readonly policy: Policy | undefined;
}

/** A judgement, and all that it was made of. */
interface Made {
  readonly judgement: Judgement;
  readonly judged: ReadonlySet<string>;
  /** Not all tokens of the exchange were there. */
  readonly early: boolean;
  /** A redirect led there. */
  readonly isLedAway: boolean;
  readonly opened: readonly (readonly [Entry, Opened | undefined])[];
  readonly read: number;
  readonly api: Api;
  readonly accepted: object | undefined;
  readonly checks: ExchangeChecks | undefined;
}

/** Another sample that leaves its bounds where they were says nothing new. */
const isSameClock = (a: ClockOffset | undefined, b: ClockOffset | undefined): boolean =>
  a?.low === b?.low && a?.high === b?.high;

const isBoundToKey = ({ claims: { payload } }: Entry): boolean =>
  typeof payload?.cnf === 'object' && payload.cnf !== null && 'jkt' in payload.cnf;

const usesDpop = ({ entry }: Carried): boolean => entry.kind === 'dpop_proof' || isBoundToKey(entry);

const isAuthorization = ({ place: { kind, name } }: Carried): boolean =>
  kind === 'request_header' && name === 'authorization';

/** The token that a policy decides on: never a DPoP proof, but where the answer is about that, the one it came with. */
const decidedOf = (carried: readonly Carried[], judged: ReadonlySet<string>): Entry | undefined => {
  const tokens = carried.filter(({ entry }) => entry.kind !== 'dpop_proof');
  const own = tokens.find(({ entry }) => judged.has(entry.id));
  return (own ?? (judged.size > 0 ? tokens.find(isAuthorization) : undefined))?.entry;
};

const createJudgements = (model: Model): Judgements => {
  const { log, clocks, signatures } = model;
  const accepted = createAccepted(log);
  const ledAway = createLedAway(log);
  const policies = policiesOf(model);
  const made = new WeakMap<ExchangeRecord, Made>();
  /** By the set of judged tokens, which is another one whenever the exchange or what it carried is. */
  const checked = new WeakMap<ReadonlySet<string>, ExchangeChecks>();
  /** By origin. Thousands of exchanges have few, and each of them asks again after every change. */
  const apis = new Map<string, Api>();
  const asked = new Set<ExchangeRecord>();
  const checkedOnce = signal(0);
  let changes = 0;
  let lookedAt = -1;
  let epoch = 0;
  let surroundings: readonly unknown[] = [];

  const revision = computed(() => {
    log.revision.value;
    signatures.revision.value;
    policies.stored.value;
    checkedOnce.value;
    changes += 1;
    return changes;
  });

  const check = async () => {
    const exchanges = [...asked];
    asked.clear();
    const checksOf = exchangeChecker(log, clocks);
    for (const exchange of exchanges) {
      const judged = log.judgedIn(exchange);
      checked.set(judged, await checksOf(exchange));
    }
    checkedOnce.value += 1;
  };

  /** The log is read once for all that are asked in one go. */
  const ask = (exchange: ExchangeRecord) => {
    if (asked.size === 0) queueMicrotask(check);
    asked.add(exchange);
  };

  const apiOf = (exchange: ExchangeRecord): Api => {
    const origin = originOf(exchange);
    const known = apis.get(origin) ?? { clock: clocks.ofExchange(exchange), policy: policies.of(origin) };
    apis.set(origin, known);
    return known;
  };

  const isSameApi = (origin: string, { clock, policy }: Api): boolean =>
    policy === policies.of(origin) && isSameClock(clock, clocks.ofOrigin(origin));

  /** Takes in what changed since the last time. */
  const look = () => {
    revision.peek();
    if (lookedAt === changes) return;
    lookedAt = changes;
    accepted.look();
    ledAway.look();
    const others = [...apis].filter(([origin, api]) => !isSameApi(origin, api));
    for (const [origin] of others) apis.delete(origin);
    const before = surroundings;
    surroundings = [signatures.revision.peek(), checkedOnce.peek(), accepted.epoch()];
    if (others.length > 0 || surroundings.some((one, index) => one !== before[index])) epoch += 1;
  };

  /** Only a refusal is compared with what was accepted. */
  const acceptedVersion = (exchange: ExchangeRecord): object | undefined =>
    isRefused(exchange) ? accepted.version(exchange) : undefined;

  /** Its own tokens are looked at one by one; those that it is compared with are not. */
  const readVersion = (exchange: ExchangeRecord): number =>
    (isRefused(exchange) ? signatures.revision : signatures.contents).peek();

  /** What the login page answers, to which an API led, is no word on the token. */
  const isLedAwayFrom = (exchange: ExchangeRecord): boolean => isTaken(exchange) && ledAway.has(exchange);

  const acceptedBefore = (exchange: ExchangeRecord, read: unknown): readonly AcceptedToken[] =>
    isRefused(exchange) ? accepted.of(originOf(exchange), read).filter((one) => !ledAway.has(one.exchange)) : [];

  const isFresh = (one: Made, exchange: ExchangeRecord): boolean =>
    !one.early &&
    one.judged === log.judgedIn(exchange) &&
    one.read === readVersion(exchange) &&
    one.accepted === acceptedVersion(exchange) &&
    one.api === apiOf(exchange) &&
    one.checks === checked.get(one.judged) &&
    one.isLedAway === isLedAwayFrom(exchange) &&
    one.opened.every(([entry, opened]) => entry.opened === opened);

  const make = (exchange: ExchangeRecord): Made => {
    const read = readVersion(exchange);
    const judged = log.judgedIn(exchange);
    const carried = carriedTo(exchange, log);
    const checks = checked.get(judged);
    const api = apiOf(exchange);
    const { clock, policy } = api;
    const sent = carried.map((one) => sentToken(one, checks?.get(one.entry.id)));
    const ofJudged = sent.filter(({ id }) => judged.has(id));
    const entry = decidedOf(carried, judged);
    const decision = policy && decisionOf(policy, { exchange, ...(entry && { entry }), ...(clock && { clock }) });
    // A token that is not here yet, or no longer, was sent all the same.
    const early = ofJudged.length < judged.size;
    const isLedAway = isLedAwayFrom(exchange);
    const diagnosis =
      early || isLedAway
        ? undefined
        : why({
            ...{ exchange, sent, judged: ofJudged, accepted: acceptedBefore(exchange, read) },
            ...(clock && { clock }),
            // That of a proof's token says nothing of the proof.
            ...(decision && ofJudged[0]?.id === entry?.id && { decision }),
          });
    if (!checks && isRefused(exchange) && carried.some(usesDpop)) ask(exchange);
    return {
      judgement: { ...(diagnosis && { why: diagnosis }), ...(decision && { decision }) },
      ...{ judged, read, api, checks },
      ...{ early, isLedAway },
      opened: carried.map(({ entry }) => [entry, entry.opened]),
      accepted: acceptedVersion(exchange),
    };
  };

  return {
    revision,
    epoch() {
      look();
      return epoch;
    },
    of(exchange) {
      look();
      const before = made.get(exchange);
      if (before && isFresh(before, exchange)) return before.judgement;
      const one = make(exchange);
      made.set(exchange, one);
      return one.judgement;
    },
  };
};

const all = new WeakMap<Model, Judgements>();

/** The judgements of a model; the same for all that ask. */
export const judgementsOf = (model: Model): Judgements => {
  const known = all.get(model) ?? createJudgements(model);
  all.set(model, known);
  return known;
};
