/**
 * What a token must agree with, found in the log: a DPoP proof with each request that carried it, a token that is bound to
 * a key with the proofs sent beside it, an ID token with the login that it came from. A chunk of its own, for the few tokens that are asked.
 */
import { type ExchangeRecord, isFromServer, type Place } from '../../core/capture/records.ts';
import { boundTo, checkProof } from '../../core/judge/dpop.ts';
import { dpopLog, type SentProof } from '../../core/judge/dpop-log.ts';
import { checkHashes } from '../../core/judge/oidc.ts';
import { loginsIn } from '../../core/judge/oidc-logins.ts';
import type { Decoded } from '../../core/token/decoded.ts';
import type { Check } from '../../core/trust/check.ts';
import type { Clocks } from './clocks.ts';
import type { Entry, Log } from './log.ts';

/** One use of a token, and what it must agree with there. */
export interface Use {
  /** Undefined where it is not about one request, as for an ID token. */
  readonly exchange?: ExchangeRecord;
  readonly checks: readonly Check[];
}

/** The newest requests that are looked at; each costs a few hashes. */
const MAX_USES = 20;

const isAuthorization = ({ kind, name }: Place) => kind === 'request_header' && name === 'authorization';

/** The requests that carried it where `is` says so, newest first. */
const usesOf = (entry: Entry, log: Log, is: (place: Place) => boolean): readonly ExchangeRecord[] => {
  const found = new Map<string, ExchangeRecord>();
  for (const { exchange: id, place } of entry.sightings.values()) {
    const exchange = is(place) ? log.exchange(id) : undefined;
    if (exchange) found.set(id, exchange);
  }
  return [...found.values()].sort((a, b) => b.start - a.start);
};

/** The claims, under the text that was sent: that of an encrypted token is the encrypted one. */
const asSent = ({ claims, compact }: Entry): Decoded => (claims.compact === compact ? claims : { ...claims, compact });

const sentProofs = (log: Log): readonly SentProof[] =>
  log.entries
    .peek()
    .filter(({ kind }) => kind === 'dpop_proof')
    .flatMap((entry) =>
      usesOf(entry, log, (place) => !isFromServer(place)).map((exchange) => ({ exchange, proof: entry.decoded })),
    );

const isBad = ({ state }: Check): boolean => state === 'mismatch' || state === 'missing';

/** Checks uses of proofs; the log is read once for all of them. */
const proofChecker = (log: Log, clocks: Clocks) => {
  const known = dpopLog(log.records().exchanges, sentProofs(log));
  return (entry: Entry, exchange: ExchangeRecord): Promise<readonly Check[]> => {
    const proof = entry.decoded;
    const token = log.carriedIn(exchange.id).find(({ sighting }) => isAuthorization(sighting.place));
    const usedBefore = known.usedBefore({ exchange, proof });
    const clock = clocks.ofExchange(exchange);
    return checkProof({
      proof,
      exchange,
      nonces: known.noncesBefore(exchange),
      ...(token && { accessToken: asSent(token.entry) }),
      ...(usedBefore && { usedBefore }),
      ...(clock && { clock }),
    });
  };
};

const proofUses = (entry: Entry, log: Log, clocks: Clocks): Promise<readonly Use[]> => {
  const check = proofChecker(log, clocks);
  const uses = usesOf(entry, log, (place) => !isFromServer(place)).slice(0, MAX_USES);
  return Promise.all(uses.map(async (exchange) => ({ exchange, checks: await check(entry, exchange) })));
};

/** The proofs that an exchange was sent with. */
const proofsIn = (exchange: ExchangeRecord, log: Log): readonly Entry[] =>
  log
    .carriedIn(exchange.id)
    .flatMap(({ entry, sighting }) => (entry.kind === 'dpop_proof' && !isFromServer(sighting.place) ? [entry] : []));

/** How a bound token was sent, and what was wrong with the proof beside it: it is refused for either. */
const bindingIn = async (
  entry: Entry,
  exchange: ExchangeRecord,
  log: Log,
  checkOf: ReturnType<typeof proofChecker>,
): Promise<readonly Check[]> => {
  const proofs = proofsIn(exchange, log);
  const binding = await boundTo(
    entry.claims,
    proofs.map(({ decoded }) => decoded),
  );
  if (!binding) return [];
  const [proof] = proofs;
  const checks = proof ? await checkOf(proof, exchange) : [];
  return [binding, ...checks.filter((check) => isBad(check) && check.name !== 'jkt')];
};

/** The same of each time that it was sent. */
const bindings = async (entry: Entry, log: Log, clocks: Clocks): Promise<readonly Use[]> => {
  const uses = usesOf(entry, log, isAuthorization).slice(0, MAX_USES);
  const checkOf = proofChecker(log, clocks);
  const found = await Promise.all(
    uses.map(async (exchange) => ({ exchange, checks: await bindingIn(entry, exchange, log, checkOf) })),
  );
  return found.filter(({ checks }) => checks.length > 0);
};

/** What DPoP asks of the tokens of one exchange, by TokenRecord.id: of each proof, and of a bound token with its proof. */
export type ExchangeChecks = ReadonlyMap<string, readonly Check[]>;

/** Checks exchanges as `agreementOf` does tokens; the log is read once for all of them. The verb never rejects. */
export const exchangeChecker = (log: Log, clocks: Clocks) => {
  const checkOf = proofChecker(log, clocks);
  return async (exchange: ExchangeRecord): Promise<ExchangeChecks> => {
    const proofs = proofsIn(exchange, log);
    const bound = log
      .carriedIn(exchange.id)
      .flatMap(({ entry, sighting }) => (isAuthorization(sighting.place) ? [entry] : []));
    return new Map(
      await Promise.all([
        ...proofs.map(async (entry) => [entry.id, await checkOf(entry, exchange)] as const),
        ...bound.map(async (entry) => [entry.id, await bindingIn(entry, exchange, log, checkOf)] as const),
      ]),
    );
  };
};

/** Access tokens that may be those of a login, kept; one is the usual number. */
const MAX_TOKENS = 200;

/** Whether an access token says of itself that it is another client's. */
const isOfClient = ({ claims: { payload } }: Entry, audience: unknown): boolean => {
  const client = payload?.client_id ?? payload?.azp;
  return client === undefined || (Array.isArray(audience) ? audience.includes(client) : audience === client);
};

const hashes = async (entry: Entry, log: Log): Promise<readonly Use[]> => {
  const { iss, aud } = entry.claims.payload ?? {};
  const exchanges = log.records().exchanges.toSorted((a, b) => a.start - b.start);
  const sources = new Set(
    [...entry.sightings.values()].filter(({ place }) => isFromServer(place)).map(({ exchange }) => exchange),
  );
  const beside: string[] = [];
  const elsewhere: string[] = [];
  for (const other of log.entries.peek()) {
    if (other.kind !== 'access_token' || elsewhere.length + beside.length >= MAX_TOKENS) continue;
    const isBeside = [...other.sightings.values()].some((one) => isFromServer(one.place) && sources.has(one.exchange));
    if (isBeside) beside.push(other.compact);
    else if (other.claims.payload?.iss === iss && isOfClient(other, aud)) elsewhere.push(other.compact);
  }
  const logins = loginsIn(exchanges);
  const checks = await checkHashes({ token: entry.claims, sentAs: entry.compact, logins, beside, elsewhere });
  return checks.length > 0 ? [{ checks }] : [];
};

const badness = ({ checks }: Use): number => checks.filter(isBad).length;

/** All that is to be said, the worst first, and of equals the newest. Never rejects. */
export const agreementOf = async (entry: Entry, log: Log, clocks: Clocks): Promise<readonly Use[]> => {
  const uses =
    entry.kind === 'dpop_proof'
      ? await proofUses(entry, log, clocks)
      : [...(entry.kind === 'id_token' ? await hashes(entry, log) : []), ...(await bindings(entry, log, clocks))];
  return uses.toSorted((a, b) => badness(b) - badness(a));
};
