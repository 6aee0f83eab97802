/** A DPoP proof against the request that carried it (RFC 9449 section 4.3); its signature is checked where all are. */
import type { ExchangeRecord } from '../capture/records.ts';
import type { Decoded, JsonObject } from '../token/decoded.ts';
import { hashOf } from '../token/hash.ts';
import { isObject } from '../token/reading.ts';
import { shown, shownAll, shownTime } from '../token/shown.ts';
import type { Check, CheckName } from '../trust/check.ts';
import { targetUri } from './target-uri.ts';
import { privateMembers, publicMembers, thumbprint } from './thumbprint.ts';
import type { ClockOffset } from './verdict.ts';

/** How far `iat` may lie from the request, in ms, either way: servers allow a minute up to five, and less is never a finding. */
export const MAX_PROOF_AGE = 300_000;

const TYPE = 'dpop+jwt';
/** Named where the header has none of them. */
const SOME_ALGORITHMS: readonly string[] = ['ES256', 'EdDSA', 'PS256', 'RS256'];

/** One use of a proof, and what is known of its surroundings. */
export interface ProofUse {
  readonly proof: Decoded;
  readonly exchange: Pick<ExchangeRecord, 'method' | 'url' | 'start' | 'startUnknown' | 'opaque'>;
  /** The access token of the same request, where it is no opaque one; those are told by the exchange. */
  readonly accessToken?: Decoded;
  /** The nonces any of which the server may want, the latest first (`dpopLog`). */
  readonly nonces?: readonly string[];
  /** An earlier request with the same `jti` (`dpopLog`). */
  readonly usedBefore?: Pick<ExchangeRecord, 'method' | 'url'>;
  readonly clock?: ClockOffset;
}

const compare = (name: CheckName, found: unknown, expected: string, agrees = found === expected): Check => {
  if (found === undefined) return { name, state: 'missing', expected: shown(expected) };
  return { name, state: agrees ? 'ok' : 'mismatch', found: shown(found), expected: shown(expected) };
};

/** Steps 4, 5 and 7: the type, an asymmetric algorithm, and a public key; the first that is wrong. */
const checkHeader = ({ typ, alg, jwk }: JsonObject): Check => {
  const name = 'dpop_jwk';
  const bad = (member: string, found: string, expected: string): Check => ({
    name,
    state: 'mismatch',
    found: `${member}: ${found}`,
    expected: `${member}: ${expected}`,
  });
  const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : typ;
  if (type !== TYPE) return bad('typ', shown(typ) || '–', TYPE);
  if (typeof alg !== 'string' || /^(?:none|HS\d+)$/i.test(alg)) {
    return bad('alg', shown(alg) || '–', shownAll(SOME_ALGORITHMS));
  }
  if (jwk === undefined) return { name, state: 'missing' };
  // Names alone: a private key must not be shown for having been sent.
  const key = isObject(jwk) ? jwk : {};
  const members = publicMembers(key);
  if (members && privateMembers(key).length === 0) return { name, state: 'ok', found: shown(key.kty) };
  const found = isObject(jwk) ? shownAll(Object.keys(key)) || '{}' : shown(jwk);
  return bad('jwk', found, shownAll(members ?? ['kty', '…']));
};

/** Step 8; methods are case-sensitive (RFC 9110 section 9.1). */
const checkMethod = ({ htm }: JsonObject, method: string): Check => compare('htm', htm, method);

/** Step 9. */
const checkUri = ({ htu }: JsonObject, url: string): Check => {
  const expected = targetUri(url);
  return compare('htu', htu, expected ?? url, typeof htu === 'string' && targetUri(htu) === expected);
};

/** Step 11: by the server's clock where it is known, and wrong only if it is so whatever is still open about that clock. */
const checkTime = ({ iat }: JsonObject, { exchange, clock }: ProofUse): Check => {
  const name = 'dpop_iat';
  const { offset, low, high } = clock ?? { offset: 0, low: 0, high: 0 };
  const expected = shownTime(exchange.start + offset);
  if (typeof iat !== 'number') return compare(name, iat, expected);
  const made = iat * 1000;
  const found = shownTime(made);
  if (exchange.startUnknown) return { name, state: 'unknown', found };
  const isNear = made >= exchange.start + low - MAX_PROOF_AGE && made <= exchange.start + high + MAX_PROOF_AGE;
  return { name, state: isNear ? 'ok' : 'mismatch', found, expected };
};

/** Step 10: nothing to say where neither side knows of a nonce. */
const checkNonce = ({ nonce }: JsonObject, nonces: readonly string[]): readonly Check[] => {
  const [latest] = nonces;
  if (latest !== undefined)
    return [
      compare(
        'dpop_nonce',
        nonce,
        latest,
        nonces.some((one) => one === nonce),
      ),
    ];
  return nonce === undefined ? [] : [{ name: 'dpop_nonce', state: 'unknown', found: shown(nonce) }];
};

/** Step 3 and section 11.1: one proof for one request. */
const checkId = ({ jti }: JsonObject, before: ProofUse['usedBefore']): Check => {
  const name = 'jti';
  if (typeof jti !== 'string' || jti === '') return { name, state: 'missing' };
  const found = shown(jti);
  return before
    ? { name, state: 'mismatch', found, expected: `${before.method} ${shown(targetUri(before.url) ?? before.url)}` }
    : { name, state: 'ok', found };
};

/** Step 12: only where an access token came along, be it one that was not kept. */
const checkToken = async (payload: JsonObject, jwk: unknown, use: ProofUse): Promise<readonly Check[]> => {
  const { accessToken, exchange } = use;
  const { ath } = payload;
  if (accessToken) {
    const jkt = confirmationOf(accessToken);
    const own = await thumbprint(jwk);
    return [
      compare('ath', ath, await hashOf('SHA-256', accessToken.compact)),
      jkt !== undefined && own !== undefined
        ? compare('jkt', own, jkt)
        : { name: 'jkt', state: 'unknown', ...(own && { found: own }), ...(jkt && { expected: shown(jkt) }) },
    ];
  }
  const isOpaque = exchange.opaque?.some((one) => /^authorization dpop$/i.test(one)) ?? false;
  if (ath === undefined) return isOpaque ? [{ name: 'ath', state: 'missing' }] : [];
  return [{ name: 'ath', state: 'unknown', found: shown(ath) }];
};

/** The thumbprint of the key that a token is bound to (RFC 9449 section 6.1), or undefined. */
const confirmationOf = ({ payload }: Decoded): string | undefined => {
  const cnf = payload?.cnf;
  return isObject(cnf) && typeof cnf.jkt === 'string' ? cnf.jkt : undefined;
};

/**
 * Checks one use of a DPoP proof (RFC 9449 section 4.3): `dpop_jwk`, `htm`, `htu`, `dpop_iat`, `dpop_nonce`, `jti`, `ath`,
 * `jkt`, each with what was found and expected as text. Left out is what cannot apply: `ath` and `jkt` without an access
 * token, `dpop_nonce` where there is none on either side, all claims where the payload is no JSON object. Never rejects;
 * linear in the proof and the token.
 */
export const checkProof = async (use: ProofUse): Promise<readonly Check[]> => {
  const { proof, exchange, nonces = [], usedBefore } = use;
  const { header = {}, payload } = proof;
  if (!payload) return [checkHeader(header)];
  return [
    checkHeader(header),
    checkMethod(payload, exchange.method),
    checkUri(payload, exchange.url),
    checkTime(payload, use),
    ...checkNonce(payload, nonces),
    checkId(payload, usedBefore),
    ...(await checkToken(payload, header.jwk, use)),
  ];
};

/**
 * How an access token was sent, against the key it is bound to (RFC 9449 sections 6.1 and 7.1): `jkt` is `ok` with a proof
 * of that key in the same request, `mismatch` with proofs of other keys alone, `missing` with none, as a plain Bearer
 * token is sent. Undefined for a token that is bound to no key. Never rejects.
 */
export const boundTo = async (token: Decoded, proofs: readonly Decoded[]): Promise<Check | undefined> => {
  const jkt = confirmationOf(token);
  if (jkt === undefined) return undefined;
  const keys = await Promise.all(proofs.map(({ header }) => thumbprint(header?.jwk)));
  if (proofs.length === 0) return { name: 'jkt', state: 'missing', expected: shown(jkt) };
  const found = keys.find((key) => key === jkt) ?? keys.find((key) => key !== undefined);
  return found === undefined
    ? { name: 'jkt', state: 'mismatch', found: '–', expected: shown(jkt) }
    : compare('jkt', found, jkt);
};
