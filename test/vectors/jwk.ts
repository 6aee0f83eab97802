/** The JWK of the cookbook (RFC 7520 section 3), `cookbook/jwk/*.json`. */
import type { JWK } from 'jose';
import * as v from 'valibot';
import { readKey } from '../../src/core/trust/read-key.ts';
import { thumbprint, toJwk, toPem } from '../../src/core/trust/write-key.ts';
import type { Outcome, Runner } from './outcome.ts';

/** All members of the six keys are text. */
const jwk = v.objectWithRest({ kty: v.string() }, v.string());

/** RFC 7518 sections 6.2.2 and 6.3.2. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi'];

const ordered = (key: JWK): string => JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)));

const check = (name: string, got: unknown, expected: unknown): Outcome => ({
  name,
  ok: got === expected,
  got: String(got),
});

/**
 * Each key read, what it is written as (of a private key its public half; never more than the vector has), and what SPKI
 * makes of it reads back as the same key. The private members are there where the vector has them.
 */
export const jwkVectors: Runner = async ({ content }) => {
  const given = v.parse(jwk, content);
  const isPrivate = given.kty !== 'oct' && given.d !== undefined;
  const isPublic = ([name]: readonly [string, string]) => !isPrivate || !PRIVATE.includes(name);
  const half: JWK = Object.fromEntries(Object.entries(given).filter(isPublic));
  const reading = readKey(JSON.stringify(given));
  if ('error' in reading) return [{ name: 'read', ok: false, got: reading.error }];
  const [key, ...others] = reading.candidates;
  if (!key) return [{ name: 'read', ok: false, got: 'no candidate' }];
  const outcomes = [
    check('read', `${key.kty} ${key.format}, ${others.length} others`, `${given.kty} jwk, 0 others`),
    check('kid', key.kid, given.kid),
    check('written', ordered(toJwk(key) ?? {}), ordered(half)),
  ];
  if (key.kty === 'oct') return outcomes;
  const { fromPrivate, privateMaterial } = key;
  const again = readKey(toPem(key) ?? '');
  const spki = 'error' in again ? undefined : again.candidates[0];
  const published = [
    ...outcomes,
    check('private', fromPrivate ?? false, isPrivate),
    check('as SPKI', spki && (await thumbprint(spki)), await thumbprint(key)),
  ];
  if (!isPrivate) return published;
  const whole = privateMaterial instanceof Uint8Array ? {} : { ...half, ...privateMaterial };
  return [...published, check('private members', ordered(whole), ordered(given))];
};
