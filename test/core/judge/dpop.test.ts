import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { calculateJwkThumbprint, importJWK, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { boundTo, checkProof, MAX_PROOF_AGE, type ProofUse } from '../../../src/core/judge/dpop.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { ecPair, edPair, pairFor, privateJwk, publicJwk } from '../../fixtures/keys.ts';
import { CLAIMS, compact } from '../../fixtures/tokens.ts';

const NOW = 1_764_000_000_000;
const IAT = NOW / 1000;
const ALGORITHMS = ['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'EdDSA', 'Ed25519'];
const STRANGER = publicJwk(ecPair('P-256'));
const ath = (token: string) => createHash('sha256').update(token).digest('base64url');

interface Request {
  readonly alg: string;
  readonly method: string;
  readonly url: string;
  readonly jti: string;
  readonly nonce?: string;
  readonly withToken: boolean;
  readonly age: number;
}

const accessTokenFor = async (alg: string) => {
  const jkt = await calculateJwkThumbprint(publicJwk(pairFor(alg)));
  return compact({ alg: 'ES256', typ: 'at+jwt' }, { ...CLAIMS, cnf: { jkt } }, 's'.repeat(86));
};

/** A use of a proof as jose makes it, by the book. */
const use = async ({ alg, method, url, jti, nonce, withToken, age }: Request): Promise<ProofUse> => {
  const pair = pairFor(alg);
  const token = withToken ? await accessTokenFor(alg) : undefined;
  const proof = await new SignJWT({
    htm: method,
    htu: url.replace(/[?#].*/, ''),
    jti,
    ...(nonce !== undefined && { nonce }),
    ...(token !== undefined && { ath: ath(token) }),
  })
    .setProtectedHeader({ alg, typ: 'dpop+jwt', jwk: publicJwk(pair) })
    .setIssuedAt(IAT - age)
    .sign(await importJWK(privateJwk(pair), alg));
  return {
    proof: decode(proof),
    exchange: { method, url, start: NOW },
    ...(nonce !== undefined && { nonces: [nonce] }),
    ...(token !== undefined && { accessToken: decode(token) }),
  };
};

const PLAIN: Request = {
  alg: 'ES256',
  method: 'POST',
  url: 'https://api.test/orders?page=2',
  jti: 'j-1',
  nonce: 'n-1',
  withToken: true,
  age: 0,
};
/** The use with another header or other claims; `undefined` takes a member away. */
const changed = (
  given: ProofUse,
  { header = {}, claims = {} }: { readonly header?: object; readonly claims?: object },
): ProofUse => ({
  ...given,
  proof: decode(compact({ ...given.proof.header, ...header }, { ...given.proof.payload, ...claims }, 's'.repeat(86))),
});
const statesOf = async (given: ProofUse) =>
  (await checkProof(given)).filter(({ state }) => state !== 'ok').map(({ name, state }) => `${name} ${state}`);
const checkOf = async (given: ProofUse, wanted: string) =>
  (await checkProof(given)).find(({ name }) => name === wanted);

const requests = fc.record(
  {
    alg: fc.constantFrom(...ALGORITHMS),
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'purge'),
    url: fc.webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ['https', 'http'] }),
    jti: fc.uuid(),
    nonce: fc.string({ minLength: 1, unit: 'grapheme-ascii' }),
    withToken: fc.boolean(),
    age: fc.integer({ min: -MAX_PROOF_AGE / 1000, max: MAX_PROOF_AGE / 1000 }),
  },
  { requiredKeys: ['alg', 'method', 'url', 'jti', 'withToken', 'age'] },
);

/** Each change, what it takes, and the one thing that it makes wrong. */
const CHANGES: Readonly<Record<string, readonly [(given: ProofUse) => ProofUse, string]>> = {
  'another method': [(given) => changed(given, { claims: { htm: 'TRACE' } }), 'htm mismatch'],
  'no method': [(given) => changed(given, { claims: { htm: undefined } }), 'htm missing'],
  'another path': [(given) => changed(given, { claims: { htu: `${given.proof.payload?.htu}x` } }), 'htu mismatch'],
  'another host': [(given) => changed(given, { claims: { htu: 'https://elsewhere.invalid/' } }), 'htu mismatch'],
  'no address': [(given) => changed(given, { claims: { htu: undefined } }), 'htu missing'],
  'an address that is a number': [(given) => changed(given, { claims: { htu: 7 } }), 'htu mismatch'],
  'made too early': [
    (given) => changed(given, { claims: { iat: IAT - MAX_PROOF_AGE / 1000 - 1 } }),
    'dpop_iat mismatch',
  ],
  'made in the future': [
    (given) => changed(given, { claims: { iat: IAT + MAX_PROOF_AGE / 1000 + 1 } }),
    'dpop_iat mismatch',
  ],
  'a time in milliseconds': [(given) => changed(given, { claims: { iat: NOW } }), 'dpop_iat mismatch'],
  'a time that is text': [(given) => changed(given, { claims: { iat: `${IAT}` } }), 'dpop_iat mismatch'],
  'no time': [(given) => changed(given, { claims: { iat: undefined } }), 'dpop_iat missing'],
  'another nonce': [(given) => ({ ...given, nonces: ['the latest nonce', 'and one before'] }), 'dpop_nonce mismatch'],
  'no jti': [(given) => changed(given, { claims: { jti: undefined } }), 'jti missing'],
  'a jti that is no string': [(given) => changed(given, { claims: { jti: 5 } }), 'jti missing'],
  'used before': [(given) => ({ ...given, usedBefore: { method: 'GET', url: 'https://a.test/' } }), 'jti mismatch'],
  'another type': [(given) => changed(given, { header: { typ: 'JWT' } }), 'dpop_jwk mismatch'],
  'no type': [(given) => changed(given, { header: { typ: undefined } }), 'dpop_jwk mismatch'],
  'a shared secret': [(given) => changed(given, { header: { alg: 'HS256' } }), 'dpop_jwk mismatch'],
  'no signature': [(given) => changed(given, { header: { alg: 'None' } }), 'dpop_jwk mismatch'],
};

describe('a proof made by jose', () => {
  it('is all right, for any method and URL', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const checks = await checkProof(await use(request));
        expect(checks.filter(({ state }) => state !== 'ok')).toEqual([]);
        expect(checks.map(({ name }) => name)).toEqual([
          ...['dpop_jwk', 'htm', 'htu', 'dpop_iat'],
          ...(request.nonce === undefined ? [] : ['dpop_nonce']),
          'jti',
          ...(request.withToken ? ['ath', 'jkt'] : []),
        ]);
      }),
      { numRuns: 100 },
    );
  });

  it('with one thing changed has that thing wrong, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        requests,
        fc.constantFrom(...Object.keys(CHANGES)),
        fc.string({ minLength: 1 }),
        async (request, name, nonce) => {
          const [change, wrong] = CHANGES[name] ?? [];
          const given = await use({ ...request, nonce });
          expect(change && (await statesOf(change(given)))).toEqual([wrong]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('with another key is bound to no token', async () => {
    const given = await use(PLAIN);
    expect(await statesOf(changed(given, { header: { jwk: STRANGER } }))).toEqual(['jkt mismatch']);
    expect(await checkOf(changed(given, { header: { jwk: STRANGER } }), 'jkt')).toEqual({
      name: 'jkt',
      state: 'mismatch',
      found: await calculateJwkThumbprint(STRANGER),
      expected: await calculateJwkThumbprint(publicJwk(pairFor('ES256'))),
    });
  });
});

describe('the key in the header', () => {
  const ec = publicJwk(pairFor('ES256'));
  it.each([
    ['none', undefined, 'missing', undefined, undefined],
    ['a private one', privateJwk(pairFor('ES256')), 'mismatch', 'jwk: kty, x, y, crv, d', 'jwk: crv, kty, x, y'],
    ['a secret', { kty: 'oct', k: 'AAAA' }, 'mismatch', 'jwk: kty, k', 'jwk: kty, …'],
    ['one that lacks a member', { kty: 'EC', crv: 'P-256', x: 'AA' }, 'mismatch', 'jwk: kty, crv, x', 'jwk: kty, …'],
    ['text', 'a key', 'mismatch', 'jwk: a key', 'jwk: kty, …'],
    ['null', null, 'mismatch', 'jwk: null', 'jwk: kty, …'],
    ['a name of every object', { kty: 'constructor' }, 'mismatch', 'jwk: kty', 'jwk: kty, …'],
    ['one with other members', { ...ec, kid: 'a', use: 'sig' }, 'ok', 'EC', undefined],
    ['ML-DSA', { kty: 'AKP', alg: 'ML-DSA-44', pub: 'AAAA' }, 'ok', 'AKP', undefined],
  ] as const)('%s', async (_, jwk, state, found, expected) => {
    const given = changed(await use({ ...PLAIN, withToken: false }), { header: { jwk } });
    const check = await checkOf(given, 'dpop_jwk');
    expect(check).toEqual({ name: 'dpop_jwk', state, ...(found && { found }), ...(expected && { expected }) });
  });

  it('is not shown where it is private', async () => {
    const jwk = privateJwk(pairFor('ES256'));
    const checks = await checkProof(changed(await use(PLAIN), { header: { jwk } }));
    expect(JSON.stringify(checks)).not.toContain(jwk.d);
  });

  it('may be named by the whole media type', async () => {
    const given = await use(PLAIN);
    expect(await statesOf(changed(given, { header: { typ: 'application/DPoP+JWT' } }))).toEqual([]);
  });
});

describe('the access token', () => {
  it('that is opaque is told by the exchange', async () => {
    const given = await use({ ...PLAIN, withToken: false });
    const exchange = { ...given.exchange, opaque: ['authorization DPoP'] };
    expect(await statesOf({ ...given, exchange })).toEqual(['ath missing']);
    expect(await statesOf({ ...changed(given, { claims: { ath: 'abc' } }), exchange })).toEqual(['ath unknown']);
    expect(await statesOf({ ...given, exchange: { ...exchange, opaque: ['authorization Basic'] } })).toEqual([]);
  });

  it('without a thumbprint says nothing of the key', async () => {
    const given = await use(PLAIN);
    const token = compact({ alg: 'ES256' }, CLAIMS, 's');
    const unbound = { ...changed(given, { claims: { ath: ath(token) } }), accessToken: decode(token) };
    expect(await statesOf(unbound)).toEqual(['jkt unknown']);
  });

  it('must be that of this request', async () => {
    const given = await use(PLAIN);
    const other = decode(`${given.accessToken?.compact}A`);
    expect(await statesOf({ ...given, accessToken: other })).toEqual(['ath mismatch']);
    expect(await statesOf(changed(given, { claims: { ath: undefined } }))).toEqual(['ath missing']);
  });
});

describe('time and nonce', () => {
  it("is by the server's clock, and open as long as that is", async () => {
    const late = await use({ ...PLAIN, age: MAX_PROOF_AGE / 1000 - 10 });
    const behind = { offset: 60_000, low: 60_000, high: 61_000, samples: 3 };
    expect(await statesOf({ ...late, clock: behind })).toEqual(['dpop_iat mismatch']);
    expect(await checkOf({ ...late, clock: behind }, 'dpop_iat')).toMatchObject({
      found: '2025-11-24T15:55:10Z',
      expected: '2025-11-24T16:01:00Z',
    });
    expect(await statesOf({ ...late, clock: { ...behind, low: 0 } })).toEqual([]);
    const early = await use({ ...PLAIN, age: -(MAX_PROOF_AGE / 1000) });
    expect(await statesOf({ ...early, clock: { offset: -5_000, low: -5_000, high: -4_000, samples: 3 } })).toEqual([
      'dpop_iat mismatch',
    ]);
  });

  it('says nothing where nobody saw the request leave', async () => {
    const old = await use({ ...PLAIN, age: 3_600 });
    expect(await statesOf({ ...old, exchange: { ...old.exchange, startUnknown: true } })).toEqual(['dpop_iat unknown']);
  });

  it('takes any nonce that the server may want, wants one once it was sent, and else does not know', async () => {
    const given = await use(PLAIN);
    expect(await statesOf({ ...given, nonces: ['newer', 'n-1'] })).toEqual([]);
    expect(await statesOf({ ...given, nonces: [] })).toEqual(['dpop_nonce unknown']);
    expect(await checkOf(await use({ ...PLAIN, nonce: 'n-2' }), 'dpop_nonce')).toMatchObject({ found: 'n-2' });
    expect(await checkOf(changed(given, { claims: { nonce: undefined } }), 'dpop_nonce')).toEqual({
      name: 'dpop_nonce',
      state: 'missing',
      expected: 'n-1',
    });
  });
});

describe('boundTo', () => {
  it('tells a token with its proof from one with another, and from one that was sent as if it were Bearer', async () => {
    const token = decode(await accessTokenFor('ES256'));
    const { proof } = await use(PLAIN);
    const { proof: other } = await use({ ...PLAIN, alg: 'EdDSA' });
    const jkt = await calculateJwkThumbprint(publicJwk(pairFor('ES256')));
    const otherJkt = await calculateJwkThumbprint(publicJwk(pairFor('EdDSA')));
    expect(await boundTo(token, [proof])).toEqual({ name: 'jkt', state: 'ok', found: jkt, expected: jkt });
    expect(await boundTo(token, [other, proof])).toMatchObject({ state: 'ok' });
    expect(await boundTo(token, [other])).toEqual({ name: 'jkt', state: 'mismatch', found: otherJkt, expected: jkt });
    expect(await boundTo(token, [])).toEqual({ name: 'jkt', state: 'missing', expected: jkt });
    expect(await boundTo(token, [decode('e30.e30.')])).toEqual({
      name: 'jkt',
      state: 'mismatch',
      found: '–',
      expected: jkt,
    });
    expect(await boundTo(decode(compact({ alg: 'ES256' })), [proof])).toBeUndefined();
  });

  it('holds for every kind of key', async () => {
    for (const alg of ALGORITHMS) {
      const { proof, accessToken } = await use({ ...PLAIN, alg });
      expect(accessToken && (await boundTo(accessToken, [proof]))).toMatchObject({ state: 'ok' });
    }
    const { proof } = await use({ ...PLAIN, alg: 'Ed25519' });
    const stranger = decode(compact({ jwk: publicJwk(edPair()) }));
    expect(await boundTo(decode(await accessTokenFor('Ed25519')), [stranger, proof])).toMatchObject({ state: 'ok' });
  });
});

describe('hostile proofs', () => {
  it('never reject, whatever stands in them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.object(), fc.object(), fc.string(), fc.boolean(), async (header, payload, url, withToken) => {
        const token = withToken ? { accessToken: decode(compact({}, { cnf: header }, 'x')) } : {};
        const exchange = { method: 'GET', url, start: NOW };
        const proof = decode(compact({ ...header, typ: 'dpop+jwt' }, payload, 'x'));
        expect((await checkProof({ proof, exchange, ...token })).length).toBeGreaterThan(0);
      }),
    );
    const [broken] = await checkProof({ proof: decode('no token'), exchange: { method: 'GET', url: '', start: NOW } });
    expect(broken).toMatchObject({ name: 'dpop_jwk', state: 'mismatch', found: 'typ: –' });
  });

  it('show no more than a sentence holds', async () => {
    const flood = 'x'.repeat(10_000);
    const claims = { htm: flood, htu: flood, iat: 1e300, jti: flood, nonce: flood, ath: flood };
    const checks = await checkProof(changed(await use(PLAIN), { claims, header: { typ: 'dpop+jwt' } }));
    for (const { found = '', expected = '' } of checks) expect(found.length + expected.length).toBeLessThan(500);
    expect(checks.find(({ name }) => name === 'dpop_iat')).toMatchObject({ found: '1e+303' });
  });
});
