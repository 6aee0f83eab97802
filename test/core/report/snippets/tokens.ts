/** Tokens that the code must accept, and such as it must refuse, for one algorithm and key. */
import { createHmac } from 'node:crypto';
import type { KeySource } from '../../../../src/core/report/snippets/demands.ts';
import { ecPair, edPair, type KeyPair, pairFor, publicJwk, publicPem, rsaPair } from '../../../fixtures/keys.ts';
import { compact, encodeSegment, hmacToken, SECRET, signedToken } from '../../../fixtures/tokens.ts';

/** An issuer and audiences as nobody would choose them, but for who wants the code to be another. */
export const ISSUER = `https://login.test/"\\'\`\${process.exit(9)}{0}%s\u2028</script>\u202eé😀#//`;
export const AUDIENCES = [`api"); import os; os._exit(9) #`, 'other\\'];

const now = Math.floor(Date.now() / 1000);
const HOUR = 3600;
export const CLAIMS = { iss: ISSUER, aud: AUDIENCES, sub: 'alice', iat: now - HOUR, exp: now + HOUR };
export const HEADER = { kid: 'a1', typ: 'at+jwt' };

/** Of the same type as the pair of that algorithm, and another. */
const otherPair = (alg: string): KeyPair => {
  if (/^(?:RS|PS)/.test(alg)) return rsaPair();
  if (alg === 'ES384') return ecPair('P-384');
  if (alg === 'ES512') return ecPair('P-521');
  return alg.startsWith('ES') ? ecPair('P-256') : edPair();
};

const signed = (alg: string, payload: unknown, header: object = HEADER, pair?: KeyPair) =>
  signedToken(alg, { header, payload, ...(pair && { pair }) });

/** What the server's code is written for. */
export const sampleToken = (alg: string): Promise<string> => signed(alg, CLAIMS);

/** By name; the first is good, no other is. */
export const tokensFor = async (alg: string): Promise<ReadonlyMap<string, string>> => {
  const good = await sampleToken(alg);
  const { exp: _, ...endless } = CLAIMS;
  const isSecret = alg.startsWith('HS');
  const stranger = isSecret
    ? hmacToken('another secret of 32 characters!!!', { alg, header: HEADER, payload: CLAIMS })
    : await signed(alg, CLAIMS, HEADER, otherPair(alg));
  // HMAC with the text of the public key for its secret: the oldest of confusions (RFC 8725 section 2.1).
  const input = `${encodeSegment({ alg: 'HS256', ...HEADER })}.${encodeSegment(CLAIMS)}`;
  const secret = isSecret ? SECRET : publicPem(pairFor(alg));
  const confused = `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  return new Map([
    ['valid', good],
    ['expired', await signed(alg, { ...CLAIMS, exp: now - 60 })],
    ['not yet valid', await signed(alg, { ...CLAIMS, nbf: now + HOUR })],
    ['without an expiry', await signed(alg, endless)],
    ['for another audience', await signed(alg, { ...CLAIMS, aud: 'else' })],
    ['of another issuer', await signed(alg, { ...CLAIMS, iss: 'https://login.test/' })],
    ['of another type', await signed(alg, CLAIMS, { kid: 'a1', typ: 'JWT' })],
    ['of another key', stranger],
    ['unsecured', compact({ alg: 'none', ...HEADER }, CLAIMS)],
    ['tampered with', good.replace(/\.[^.]+\./, `.${encodeSegment({ ...CLAIMS, sub: 'eve' })}.`)],
    ...(alg === 'HS256' ? [] : [['under another algorithm', confused] as const]),
    ['no token', 'eyJhbGciOiJub25lIn0'],
  ]);
};

export const publicSource = (alg: string): KeySource => ({
  kind: 'public',
  jwk: publicJwk(pairFor(alg)),
  pem: publicPem(pairFor(alg)),
});
