import type { Decoded, JsonObject } from '../token/decoded.ts';
import { shown, shownAll, shownTime } from '../token/shown.ts';
import type { Check, CheckName } from './check.ts';
import type { SdReading } from './sd-reading.ts';
import { verifyWithJwk } from './verify-with-jwk.ts';

const TYPE = 'kb+jwt';

/** An audience of several with commas between. */
const shownClaim = (value: unknown): string =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? shownAll(value) : shown(value);

/** Of a claim that only the verifier could compare, which asked for it: whether it is there, and is what it must be. */
const checkAlone = (
  name: CheckName,
  claims: JsonObject,
  claim: string,
  fits: (value: unknown) => boolean,
  show = shownClaim,
): Check => {
  const value = claims[claim];
  if (value === undefined) return { name, state: 'missing' };
  return { name, state: fits(value) ? 'unknown' : 'mismatch', found: show(value) };
};

const shownSeconds = (value: unknown): string => (typeof value === 'number' ? shownTime(value * 1000) : shown(value));

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isTime = (value: unknown): boolean => typeof value === 'number';
const isAudience = (value: unknown): boolean => isText(value) || (Array.isArray(value) && value.some(isText));

const checkType = ({ header }: Decoded): Check => {
  const found = header?.typ;
  if (found === undefined) return { name: 'kb_typ', state: 'missing', expected: TYPE };
  const typ = typeof found === 'string' ? found.toLowerCase().replace(/^application\//, '') : '';
  return { name: 'kb_typ', state: typ === TYPE ? 'ok' : 'mismatch', found: shown(found), expected: TYPE };
};

const checkHash = ({ sd_hash: found }: JsonObject, expected: string | undefined): Check => {
  const seen = found === undefined ? {} : { found: shown(found) };
  const wanted = expected === undefined ? {} : { expected };
  if (found === undefined) return { name: 'sd_hash', state: 'missing', ...wanted };
  if (expected === undefined) return { name: 'sd_hash', state: 'unknown', ...seen };
  return { name: 'sd_hash', state: found === expected ? 'ok' : 'mismatch', ...seen, ...wanted };
};

/**
 * The key-binding JWT of an SD-JWT (RFC 9901 sections 4.3 and 7.3): its signature against the key in `cnf`, and what it must
 * say. `nonce`, `aud` and `iat` are known to the verifier alone: `unknown`, unless they are missing or of another type.
 *
 * Takes the JWT, the claims of the SD-JWT, and the hash that `sd_hash` must be (undefined where it cannot be computed).
 * Never rejects.
 */
export const readKeyBinding = async (
  jwt: Decoded,
  claims: JsonObject,
  sdHash: string | undefined,
): Promise<NonNullable<SdReading['keyBinding']>> => {
  const { payload = {} } = jwt;
  const { cnf } = claims;
  const jwk: unknown = typeof cnf === 'object' && cnf !== null && 'jwk' in cnf ? cnf.jwk : undefined;
  return {
    signature: jwk === undefined ? { state: 'no_key', reason: 'no_key_given' } : await verifyWithJwk(jwt, jwk),
    checks: [
      checkType(jwt),
      checkHash(payload, sdHash),
      checkAlone('kb_nonce', payload, 'nonce', isText),
      checkAlone('kb_aud', payload, 'aud', isAudience),
      checkAlone('kb_iat', payload, 'iat', isTime, shownSeconds),
    ],
  };
};
