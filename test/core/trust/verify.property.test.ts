import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import '../../../src/core/token/json-serialization.ts';
import type { Decoded } from '../../../src/core/token/decoded.ts';
import type { RingKey, SignatureState } from '../../../src/core/trust/signature.ts';
import { createVerifier } from '../../../src/core/trust/verify.ts';
import { given, pairFor, publicJwk, publicPem } from '../../fixtures/keys.ts';
import { keyFor, SIGNING, tokenFor } from '../../fixtures/more-algorithms.ts';
import { CLAIMS, compact, encodeSegment, SECRET } from '../../fixtures/tokens.ts';

const STATES: readonly SignatureState[] = [
  'verified',
  'mismatch',
  'no_key',
  'key_does_not_fit',
  'cannot_be_checked',
  'unsecured',
  'malformed',
];
const ringKeyFor = (alg: string) => given(keyFor(alg));

describe('a flipped bit is never verified, unless it is one that encodes nothing, and that is named', () => {
  test.each(SIGNING)('%s', async (alg) => {
    const token = await tokenFor(alg);
    const keys = [ringKeyFor(alg)];
    const verify = createVerifier();
    expect((await verify(decode(token), keys)).state).toBe('verified');
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.nat(7), async (at, bit) => {
        const flipped = String.fromCharCode(token.charCodeAt(at) ^ (1 << bit));
        const decoded = decode(token.slice(0, at) + flipped + token.slice(at + 1));
        const { state, reason } = await verify(decoded, keys);
        if (state === 'verified') expect(decoded.problems.map(({ code }) => code)).toEqual(['trailing_bits']);
        else expect(reason).not.toBe('ok');
      }),
      { numRuns: 300 },
    );
  });

  test.each(SIGNING)('every octet of the signature of %s', async (alg) => {
    const token = await tokenFor(alg);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const verify = createVerifier();
    const keys = [ringKeyFor(alg)];
    const octets = Buffer.from(signature, 'base64url');
    await fc.assert(
      fc.asyncProperty(fc.nat(octets.length - 1), fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(octets);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        const answer = await verify(decode(`${header}.${payload}.${changed.toString('base64url')}`), keys);
        expect(answer).toMatchObject({ state: 'mismatch', reason: 'bad_signature' });
      }),
    );
  });

  test('nor a payload put under the signature of another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...SIGNING), fc.jsonValue(), async (alg, sub) => {
        fc.pre(sub !== CLAIMS.sub);
        const [header, , signature] = (await tokenFor(alg)).split('.');
        const [, payload] = compact({}, { ...CLAIMS, sub }).split('.');
        const answer = await createVerifier()(decode(`${header}.${payload}.${signature}`), [ringKeyFor(alg)]);
        expect(answer.state).toBe('mismatch');
      }),
      { numRuns: 30 },
    );
  });
});

describe('nor one in a token that holds its key, or its payload as it is', () => {
  const flipped = async (token: string, keys: readonly RingKey[]) => {
    const verify = createVerifier();
    expect((await verify(decode(token), keys)).state).toBe('verified');
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.nat(7), async (at, bit) => {
        const other = String.fromCharCode(token.charCodeAt(at) ^ (1 << bit));
        const decoded = decode(token.slice(0, at) + other + token.slice(at + 1));
        const { state } = await verify(decoded, keys);
        if (state === 'verified') expect(decoded.problems.map(({ code }) => code)).toEqual(['trailing_bits']);
      }),
      { numRuns: 300 },
    );
  };

  test.each(['RS256', 'ES256', 'EdDSA', 'ES256K'])('%s with its jwk', async (alg) => {
    await flipped(await tokenFor(alg, { header: { jwk: keyFor(alg) } }), []);
  });

  test('b64 false', async () => {
    const head = encodeSegment({ alg: 'HS256', b64: false, crit: ['b64'] });
    const signature = createHmac('sha256', SECRET).update(`${head}.$%&/`).digest('base64url');
    await flipped(`${head}.$%&/.${signature}`, [given(SECRET)]);
  });

  test('a JSON serialisation', async () => {
    const [own, payload, signature] = (await tokenFor('ES256')).split('.');
    const token = JSON.stringify({ payload, protected: own, signature });
    const keys = [given(keyFor('ES256'))];
    const verify = createVerifier();
    expect((await verify(decode(token), keys)).state).toBe('verified');
    await fc.assert(
      fc.asyncProperty(
        ...([fc.constantFrom('payload', 'protected', 'signature'), fc.nat(), fc.nat(7)] as const),
        async (name, at, bit) => {
          const members: Record<string, string> = JSON.parse(token);
          const text = members[name] ?? '';
          const place = at % text.length;
          const other = String.fromCharCode(text.charCodeAt(place) ^ (1 << bit));
          members[name] = text.slice(0, place) + other + text.slice(place + 1);
          const decoded = decode(JSON.stringify(members));
          const { state } = await verify(decoded, keys);
          if (state === 'verified') expect(decoded.problems.map(({ code }) => code)).toEqual(['trailing_bits']);
        },
      ),
      { numRuns: 200 },
    );
  });
});

test.each(SIGNING)('many at once, of every other a bit flipped, do not mix: %s', async (alg) => {
  const keys = [ringKeyFor(alg)];
  const tokens = await Promise.all(
    Array.from({ length: 12 }, (_, sub) => tokenFor(alg, { payload: { ...CLAIMS, sub: 'x'.repeat(sub * sub) } })),
  );
  const sent = tokens.map((token, index) => {
    const at = token.indexOf('.') + 5;
    return index % 2 === 0 ? token : token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
  });
  const verify = createVerifier();
  const answers = await Promise.all(sent.map((token) => verify(decode(token), keys)));
  const holds = answers.map(({ state }) => state === 'verified');
  expect(holds).toEqual(sent.map((_, index) => index % 2 === 0));
});

describe('never rejects', () => {
  const keys = [
    given(publicPem(pairFor('RS256'))),
    given(SECRET),
    given({
      keys: [publicJwk(pairFor('ES256'), { kid: 'a' }), { kty: 'oct', k: '' }, { kty: 'OKP', crv: 'X', x: 'AA' }],
    }),
  ];
  const algs = fc.constantFrom(
    'HS256',
    'RS256',
    'PS512',
    'ES256',
    'ES256K',
    'EdDSA',
    'Ed448',
    'ML-DSA-87',
    'none',
    'x',
  );
  const embedded = fc.oneof(fc.jsonValue(), fc.constantFrom(...['RS256', 'ES256', 'Ed448', 'ML-DSA-44'].map(keyFor)));
  const header = fc.record(
    {
      alg: fc.oneof(algs, fc.jsonValue()),
      kid: fc.oneof(fc.constant('a'), fc.jsonValue()),
      crit: fc.oneof(fc.jsonValue(), fc.constant(['b64'])),
      b64: fc.oneof(fc.jsonValue(), fc.boolean()),
      jwk: embedded,
      x5c: fc.oneof(fc.jsonValue(), fc.array(fc.base64String())),
    },
    { requiredKeys: [] },
  );

  test('any string for a token, any for a key', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), async (token, key) => {
        expect(STATES).toContain((await createVerifier()(decode(token), [given(key)])).state);
      }),
    );
  });

  test('any header, any signature', async () => {
    const verify = createVerifier();
    await fc.assert(
      fc.asyncProperty(header, fc.string(), fc.uint8Array(), async (head, payload, signature) => {
        const token = compact(head, payload, Buffer.from(signature).toString('base64url'));
        const { state } = await verify(decode(token), keys);
        expect(STATES).toContain(state);
        expect(state).not.toBe('verified');
      }),
      { numRuns: 300 },
    );
  });

  test('any Decoded, also one that no decoder makes', async () => {
    const decoded = fc.record<Decoded>({
      compact: fc.string(),
      form: fc.constantFrom('jws', 'jwe', 'unsecured', 'malformed'),
      segments: fc.array(fc.string(), { maxLength: 6 }),
      header: fc.option(header, { nil: undefined }),
      problems: fc.constant([]),
      serialization: fc.constantFrom(undefined, 'flattened', 'general'),
      headerText: fc.option(fc.oneof(fc.string(), fc.json()), { nil: undefined }),
      unprotected: fc.option(header, { nil: undefined }),
    });
    const verify = createVerifier();
    await fc.assert(
      fc.asyncProperty(decoded, fc.option(algs, { nil: undefined }), async (token, alg) => {
        const payload = alg === 'HS256' ? 'text' : undefined;
        expect(STATES).toContain((await verify(token, keys, { alg, payload })).state);
      }),
      { numRuns: 300 },
    );
  });

  test('any JWK for a key', async () => {
    const member = fc.oneof(fc.base64String(), fc.constant('AQAB'), fc.jsonValue());
    const jwk = fc.record({
      kty: fc.constantFrom('RSA', 'EC', 'OKP', 'AKP', 'oct'),
      crv: fc.constantFrom('P-256', 'P-384', 'secp256k1', 'Ed25519', 'Ed448', 'X25519', ''),
      alg: fc.constantFrom('ML-DSA-44', 'ML-DSA-87', 'x'),
      pub: member,
      n: member,
      e: member,
      x: member,
      y: member,
      k: member,
      d: member,
    });
    await fc.assert(
      fc.asyncProperty(jwk, fc.constantFrom(...SIGNING), async (key, alg) => {
        const { state } = await createVerifier()(decode(compact({ alg }, CLAIMS, 'AAAA')), [given(key)]);
        expect(STATES).toContain(state);
        expect(state).not.toBe('verified');
      }),
    );
  });
});
