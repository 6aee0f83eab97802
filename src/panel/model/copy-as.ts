/** What the dialogue "Copy as…" is about: a token, the request that carried it, and the key that its code is to use. */
import type { Place, PlaceKind } from '../../core/capture/records.ts';
import { type Carried, type Copied, canRepeat } from '../../core/report/copy-as-request.ts';
import type { KeySource } from '../../core/report/snippets/demands.ts';
import { decode } from '../../core/token/decode.ts';
import { kindOf } from '../../core/token/kind.ts';
import { issuerOf } from '../../core/trust/issuer.ts';
import type { KeyCandidate, KeyReading } from '../../core/trust/key.ts';
import type { RingKey, SignatureAnswer } from '../../core/trust/signature.ts';
import { isOf } from '../../core/trust/whose.ts';
import type { Entry } from './entry.ts';
import type { Log } from './log.ts';

const loadTrust = () => import('../../core/trust/trust.ts');

/** Of several places in one request, the one that servers look at first. */
const RANKS: readonly PlaceKind[] = ['request_header', 'cookie', 'url_query', 'url_path', 'request_body'];

const rankOf = ({ kind, scheme }: Place): number => (scheme === undefined ? 1 + RANKS.indexOf(kind) : 0);

/** The newest request that can be repeated with the token where it stood. */
const carriedIn = ({ sightings }: Entry, log: Log): Carried | undefined => {
  let best: { readonly start: number; readonly carried: Carried } | undefined;
  // The newest come last, and reading an address takes long: the others are passed over without.
  for (const { exchange: id, place } of [...sightings.values()].reverse()) {
    const exchange = log.exchange(id);
    if (!exchange || (best && exchange.start < best.start)) continue;
    if (best?.start === exchange.start && rankOf(place) >= rankOf(best.carried.place)) continue;
    const carried = { method: exchange.method, url: exchange.url, place };
    if (canRepeat(carried)) best = { start: exchange.start, carried };
  }
  return best?.carried;
};

/**
 * What there is to copy. `about` is the id of a token of the log, or a compact token that is in none, as the workbench
 * makes it.
 */
export const copiedOf = (about: string, log: Log): Copied => {
  const entry = log.entry(about);
  if (entry) {
    const { decoded, kind, removed } = entry;
    return { decoded, kind, carried: carriedIn(entry, log), removed: removed !== undefined };
  }
  const decoded = decode(about);
  return { decoded, kind: kindOf(decoded) };
};

/** An address that is known to be the issuer's before one that was only seen; of a set that still has the key. */
const setOfIssuer = (keys: readonly RingKey[], issuer: string): KeySource | undefined => {
  const own = keys.filter((key) => key.source !== undefined && key.goneAt === undefined && isOf(key, issuer));
  const best = own.find(({ provenance }) => provenance === 'discovery') ?? own[0];
  return best && inSet(best);
};

const inSet = ({ source: url, provenance, pinned }: RingKey): KeySource | undefined =>
  url === undefined ? undefined : { kind: provenance === 'discovery' || pinned ? 'jwks' : 'seen', url };

/** The one that verified: the only one that was given, or the one of that `kid`. */
const candidateOf = (reading: KeyReading, kid: string | undefined): KeyCandidate | undefined => {
  if ('error' in reading) return;
  const [first, ...others] = reading.candidates;
  return others.length === 0 ? first : reading.candidates.find((key) => kid !== undefined && key.kid === kid);
};

/** The public half alone, and only the members that make it. */
const publicKey = async (candidate: KeyCandidate): Promise<KeySource | undefined> => {
  if (candidate.kty === 'oct') return;
  const { toJwk, toPem, withPublicHalf } = await loadTrust();
  const { kid: _, intent: __, ...bare } = await withPublicHalf(candidate);
  const [jwk, pem] = [toJwk(bare), toPem(bare)];
  return jwk && pem !== undefined ? { kind: 'public', jwk, pem } : undefined;
};

/**
 * Where code that verifies the token takes the key from: the set that the key which verified it stood in, else that key
 * itself, else the issuer's set. A key that came with the token is never used: it proves nothing. A secret is only named.
 */
export const keySourceOf = async (
  { decoded }: Copied,
  answer: SignatureAnswer | undefined,
  keys: readonly RingKey[],
): Promise<KeySource> => {
  const verified = answer?.state === 'verified' ? answer.key : undefined;
  const given = verified && keys.find(({ id }) => id === verified.id);
  if (verified && given) {
    const set = inSet(given);
    if (set) return set;
    const { readKey } = await loadTrust();
    const candidate = candidateOf(readKey(given.text), verified.kid);
    if (candidate?.kty === 'oct' || verified.format === 'secret') {
      // What a JWK holds is base64url (RFC 7518 section 6.4.1).
      return { kind: 'secret', reading: verified.reading ?? (verified.format === 'secret' ? 'text' : 'base64url') };
    }
    const own = candidate && (await publicKey(candidate));
    if (own) return own;
  }
  return setOfIssuer(keys, issuerOf(decoded)) ?? { kind: 'unknown' };
};
