import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { CompactSign, importJWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import '../../../src/core/token/json-serialization.ts';
import type { JsonObject } from '../../../src/core/token/decoded.ts';
import { readSd } from '../../../src/core/trust/sd-jwt.ts';
import { pairFor, privateJwk, publicJwk } from '../../fixtures/keys.ts';
import { compact, encodeSegment } from '../../fixtures/tokens.ts';

const digest = (text: string, hash = 'sha256'): string => createHash(hash).update(text).digest('base64url');
const disclose = (...content: readonly unknown[]): string => encodeSegment(content);
const issue = (payload: JsonObject, ...disclosures: readonly string[]): string =>
  [compact({ alg: 'ES256', typ: 'example+sd-jwt' }, payload, 'AAAA'), ...disclosures, ''].join('~');
const read = (payload: JsonObject, ...disclosures: readonly string[]) => readSd(decode(issue(payload, ...disclosures)));

const NAME = disclose('salt', 'name', 'Alice');
const states = async (payload: JsonObject, ...disclosures: readonly string[]) =>
  (await read(payload, ...disclosures)).disclosures.map(({ state }) => state);

describe('the examples of RFC 9901', () => {
  const vectors: readonly { readonly value: string }[] = JSON.parse(
    readFileSync('../shared/vectors/spec-examples/sd-jwt-compact.json', 'utf8'),
  );

  it('say what they say', async () => {
    const sd = await readSd(decode(vectors[1]?.value ?? ''));
    expect(sd.claims).toMatchObject({ given_name: 'John', family_name: 'Doe', nationalities: ['US'] });
    expect(Object.keys(sd.claims)).not.toContain('_sd');
    expect(sd.claimsText).not.toContain('...');
    expect(sd.hidden).toEqual([
      { path: 'nationalities', count: 1 },
      { path: '', count: 5 },
    ]);
    expect(sd.disclosures[3]).toMatchObject({
      path: 'nationalities[0]',
      valueText: '"US"',
      salt: 'lklxF5jMYlGTPUovMNIvCA',
    });
    expect((await readSd(decode(vectors[0]?.value ?? ''))).keyBindingMissing).toBe(true);
  });
});

describe('readSd', () => {
  it.each([
    ['sha-256', 'sha256'],
    ['sha-384', 'sha384'],
    ['sha-512', 'sha512'],
  ])('computes %s', async (name, hash) => {
    const sd = await read({ _sd: [digest(NAME, hash)], _sd_alg: name }, NAME);
    expect(sd).toMatchObject({ hash: name, claims: { name: 'Alice' }, claimsText: '{\n  "name": "Alice"\n}' });
    expect(sd.disclosures).toEqual([
      {
        text: NAME,
        digest: digest(NAME, hash),
        state: 'disclosed',
        salt: 'salt',
        name: 'name',
        path: 'name',
        valueText: '"Alice"',
      },
    ]);
  });

  it.each(['sha3-256', 'toString', 7, null])('says that it cannot compute %j', async (named) => {
    const sd = await read({ _sd: [digest(NAME)], _sd_alg: named }, NAME);
    expect(sd).toMatchObject({
      hash: String(named),
      hashUnsupported: true,
      claims: {},
      hidden: [{ path: '', count: 1 }],
    });
    expect(sd.disclosures).toMatchObject([{ state: 'unreferenced', digest: '', name: 'name' }]);
  });

  it('finds claims in disclosed claims, and in arrays', async () => {
    const street = disclose('s1', 'street', 'Main St');
    const address = disclose('s2', 'address', { _sd: [digest(street), 'decoy'], country: 'US' });
    const element = disclose('s3', { a: [1.5] });
    const sd = await read(
      { _sd: [digest(address)], list: ['x', { '...': digest(element) }, { '...': 'decoy' }, 'y'] },
      street,
      address,
      element,
    );
    expect(sd.claims).toEqual({ address: { country: 'US', street: 'Main St' }, list: ['x', { a: [1.5] }, 'y'] });
    expect(sd.disclosures.map(({ path }) => path)).toEqual(['address.street', 'address', 'list[1]']);
    expect(sd.hidden).toEqual([
      { path: 'list', count: 1 },
      { path: 'address', count: 1 },
    ]);
  });

  it('keeps `_sd_alg` where it is a claim of its own, and objects that only look like a digest', async () => {
    const payload = { a: { _sd_alg: 'x' }, b: [{ '...': 'x', more: 1 }, { '...': 1 }], _sd: 'none' };
    expect((await read(payload)).claims).toEqual(payload);
  });

  it('names digests without a disclosure that stand there twice, wherever (RFC 9901 section 7.1 step 4)', async () => {
    const twice = async (payload: JsonObject, ...disclosures: readonly string[]) =>
      (await read(payload, ...disclosures)).digestsTwice;
    expect(await twice({ _sd: ['x', 'y', 'x'] })).toEqual(['x']);
    expect(await twice({ a: { _sd: ['x'] }, b: { _sd: ['x'] } })).toEqual(['x']);
    expect(await twice({ a: [{ '...': 'x' }], _sd: ['x'] })).toEqual(['x']);
    const nested = disclose('salt', 'address', { _sd: ['x'] });
    expect(await twice({ _sd: ['x', digest(nested)] }, nested)).toEqual(['x']);
    expect(await twice({ _sd: ['x', 'x'], _sd_alg: 'sha3-256' })).toEqual(['x']);
    expect(await twice({ _sd: ['x', 'y'], a: 'x' })).toBeUndefined();
    // Of those that have a disclosure it is told beside that.
    expect(await twice({ _sd: [digest(NAME), digest(NAME)] }, NAME)).toBeUndefined();
    const many = Array.from({ length: 1000 }, (_, index) => `${index}`.padEnd(1000));
    const [first = '', ...others] = (await twice({ _sd: [...many, ...many] })) ?? [];
    expect(first.length).toBeLessThan(300);
    expect(others.length).toBeLessThan(10);
  });

  it('names what does not match', async () => {
    const other = disclose('salt', 'name', 'Bob');
    const element = disclose('salt', 'Alice');
    expect(await states({ _sd: [digest(NAME)] }, other)).toEqual(['unreferenced']);
    expect(await states({ _sd: [digest(NAME), digest(NAME)] }, NAME)).toEqual(['digest_twice']);
    expect(await states({ _sd: [digest(NAME)], a: { _sd: [digest(NAME)] } }, NAME)).toEqual(['digest_twice']);
    expect(await states({ _sd: [digest(NAME)] }, NAME, NAME)).toEqual(['disclosed', 'digest_twice']);
    expect(await states({ _sd: [digest(NAME)], name: 'Eve' }, NAME)).toEqual(['name_taken']);
    expect(await states({ _sd: [digest(NAME), digest(other)] }, NAME, other)).toEqual(['disclosed', 'name_taken']);
    for (const reserved of ['_sd', '...']) {
      const disclosure = disclose('salt', reserved, 'x');
      expect(await states({ _sd: [digest(disclosure)] }, disclosure)).toEqual(['name_reserved']);
    }
    expect(await states({ _sd: [digest(element)] }, element)).toEqual(['malformed']);
    expect(await states({ a: [{ '...': digest(NAME) }] }, NAME)).toEqual(['malformed']);
  });

  it.each([
    ['', 'nothing'],
    ['WyJh', 'an array that breaks off'],
    [encodeSegment('["salt","name","Alice"]x'), 'more than an array'],
    [disclose('salt'), 'an array of one'],
    [disclose('salt', 'name', 'Alice', 1), 'an array of four'],
    [disclose(1, 'name', 'Alice'), 'a salt that is no text'],
    [disclose('salt', 1, 'Alice'), 'a name that is no text'],
    [encodeSegment({ salt: 'name' }), 'an object'],
    [`${NAME}=`, 'padding'],
    [Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x2c, 0x31, 0x5d]).toString('base64url'), 'what is no UTF-8'],
  ])('calls malformed: %s (%s)', async (disclosure) => {
    expect(await states({ _sd: [digest(disclosure)] }, disclosure)).toEqual(['malformed']);
    expect((await read({ _sd: [digest(disclosure)] }, disclosure)).claims).toEqual({});
  });

  it('loses nothing of what was written', async () => {
    const disclosure = encodeSegment('["salt", "n", [1.0, 12345678901234567890, "\\u0041"]]');
    const sd = await read({ _sd: [digest(disclosure)] }, disclosure);
    expect(sd.disclosures[0]?.valueText).toBe('[1.0, 12345678901234567890, "\\u0041"]');
    expect(sd.claimsText).toContain('12345678901234567890');
    expect(sd.claimsText).toContain('1.0');
  });

  it('leaves prototypes alone', async () => {
    const disclosure = encodeSegment('["salt","__proto__",{"admin":true}]');
    const { claims, disclosures } = await read({ _sd: [digest(disclosure)] }, disclosure);
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
    expect(Object.keys(claims)).toEqual(['__proto__']);
    expect(claims.admin).toBeUndefined();
    expect(disclosures[0]?.path).toBe('__proto__');
  });

  it('reads a JSON serialisation, whose key binding is over the compact form', async () => {
    const [token = ''] = issue({ _sd: [digest(NAME)], cnf: { jwk: {} } }).split('~');
    const [header, payload, signature] = token.split('.');
    const sdHash = digest(`${token}~${NAME}~`);
    const kb = compact({ alg: 'ES256', typ: 'kb+jwt' }, { sd_hash: sdHash }, 'AAAA');
    const unprotected = { disclosures: [NAME], kb_jwt: kb };
    const flat = await readSd(decode(JSON.stringify({ protected: header, payload, signature, header: unprotected })));
    expect(flat.claims).toMatchObject({ name: 'Alice' });
    expect(flat.keyBinding?.checks).toContainEqual({ name: 'sd_hash', state: 'ok', found: sdHash, expected: sdHash });
    const whole = await readSd(decode(`${token}~${NAME}~${kb}`));
    expect(whole.keyBinding).toEqual(flat.keyBinding);
  });

  it('stands anything that is no SD-JWT', async () => {
    for (const text of ['', '..', '~', '..~~', `${compact({ alg: 'HS256' }, [1], 'AAAA')}~${NAME}~`, '{"a":1}']) {
      expect(await readSd(decode(text))).toMatchObject({ hash: 'sha-256', claims: {}, claimsText: '{}' });
    }
  });

  it('is not brought down by depth or number', async () => {
    const tildes = await readSd(decode(compact({ alg: 'ES256' }, { _sd: [] }, 'AAAA') + '~'.repeat(200_000)));
    expect(tildes.disclosures.every(({ state }) => state === 'malformed')).toBe(true);
    let inner = disclose('s', 'end', 1);
    const chain = [inner];
    for (let level = 0; level < 900; level++) {
      inner = disclose('s', 'a', { _sd: [digest(inner)] });
      chain.push(inner);
    }
    const deep = await read({ _sd: [digest(inner)] }, ...chain);
    expect(deep.disclosures.at(-1)?.state).toBe('disclosed');
    expect(deep.disclosures.filter(({ state }) => state === 'malformed')).toHaveLength(1);
    expect(deep.disclosures.every(({ path = '' }) => path.length < 300)).toBe(true);
    const itself = await read({ _sd: Array.from({ length: 5_000 }, (_, index) => `${index}`) });
    expect(itself.hidden).toEqual([{ path: '', count: 5_000 }]);
  });
});

describe('key binding', () => {
  const holder = pairFor('ES256');
  const payload = { _sd: [digest(NAME)], cnf: { jwk: publicJwk(holder) } };
  const presented = issue(payload, NAME);
  const claims = { nonce: 'n-1', aud: 'https://verifier.test', iat: 1_700_000_000, sd_hash: digest(presented) };
  const bind = async (claims: object, header: object = { typ: 'kb+jwt' }): Promise<string> =>
    new CompactSign(Buffer.from(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'ES256', ...header })
      .sign(await importJWK(privateJwk(holder), 'ES256'));
  let bound = '';
  beforeAll(async () => {
    bound = await bind(claims);
  });

  it('holds', async () => {
    const { keyBinding, keyBindingMissing } = await readSd(decode(presented + bound));
    expect(keyBindingMissing).toBeUndefined();
    expect(keyBinding?.signature).toMatchObject({ state: 'verified', reason: 'ok' });
    expect(keyBinding?.checks).toEqual([
      { name: 'kb_typ', state: 'ok', found: 'kb+jwt', expected: 'kb+jwt' },
      { name: 'sd_hash', state: 'ok', found: claims.sd_hash, expected: claims.sd_hash },
      { name: 'kb_nonce', state: 'unknown', found: 'n-1' },
      { name: 'kb_aud', state: 'unknown', found: 'https://verifier.test' },
      { name: 'kb_iat', state: 'unknown', found: '2023-11-14T22:13:20Z' },
    ]);
  });

  it('fails on another presentation, whose signature holds all the same', async () => {
    const { keyBinding } = await readSd(decode(issue(payload) + bound));
    expect(keyBinding?.signature.state).toBe('verified');
    expect(keyBinding?.checks[1]).toEqual({
      name: 'sd_hash',
      state: 'mismatch',
      found: claims.sd_hash,
      expected: digest(issue(payload)),
    });
  });

  it('fails with another key, and says when there is none', async () => {
    const signatureOf = async (cnf: object) => {
      const other = issue({ ...payload, cnf }, NAME);
      return (await readSd(decode(other + bound))).keyBinding?.signature;
    };
    expect(await signatureOf({ jwk: publicJwk(pairFor('ES384')) })).toMatchObject({ state: 'key_does_not_fit' });
    expect(await signatureOf({ kid: 'a1' })).toMatchObject({ state: 'no_key', reason: 'no_key_given' });
    const flipped = bound.replace(/.(.{40})$/, (all) => `${all.startsWith('A') ? 'B' : 'A'}${all.slice(1)}`);
    expect((await readSd(decode(presented + flipped))).keyBinding?.signature).toMatchObject({ state: 'mismatch' });
  });

  it('names what is missing or of another type', async () => {
    const check = async (claims: object, header?: object) =>
      (await readSd(decode(presented + (await bind(claims, header))))).keyBinding?.checks.map(({ state }) => state);
    expect(await check({}, {})).toEqual(['missing', 'missing', 'missing', 'missing', 'missing']);
    expect(await check({ aud: [{ toString: 1 }, 'x'], nonce: {}, iat: 1e300, sd_hash: [[]] })).toHaveLength(5);
    expect(await check({ nonce: 1, aud: [], iat: 'now', sd_hash: 1 }, { typ: 'JWT' })).toEqual(
      Array(5).fill('mismatch'),
    );
  });
});

describe('any SD-JWT', () => {
  interface Issued {
    readonly value: unknown;
    readonly disclosures: readonly string[];
  }

  /** Hides members and elements as `hide` says, one bit for each, and puts decoys beside. */
  const hideIn = (value: unknown, hide: () => boolean, salt: () => string): Issued => {
    if (Array.isArray(value)) {
      const disclosures: string[] = [];
      const items = value.map((item: unknown) => {
        const inner = hideIn(item, hide, salt);
        disclosures.push(...inner.disclosures);
        if (!hide()) return inner.value;
        const disclosure = disclose(salt(), inner.value);
        disclosures.push(disclosure);
        return { '...': digest(disclosure) };
      });
      return { value: [...items, ...(hide() ? [{ '...': digest(salt()) }] : [])], disclosures };
    }
    if (typeof value !== 'object' || value === null) return { value, disclosures: [] };
    const disclosures: string[] = [];
    const digests: string[] = hide() ? [digest(salt())] : [];
    const members = Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
      const inner = hideIn(member, hide, salt);
      disclosures.push(...inner.disclosures);
      if (!hide()) return [[name, inner.value] as const];
      const disclosure = disclose(salt(), name, inner.value);
      disclosures.push(disclosure);
      digests.push(digest(disclosure));
      return [];
    });
    const shown = Object.fromEntries(digests.length > 0 ? [...members, ['_sd', digests]] : members);
    return { value: shown, disclosures };
  };

  const names = fc
    .string({ unit: 'grapheme', maxLength: 6 })
    .filter((name) => !['_sd', '_sd_alg', '...'].includes(name));
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, true, 0, -1.5, 1e21, ''),
      fc.string({ unit: 'grapheme' }),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(names, tie('json'), { maxKeys: 4 }),
    ),
  }));
  const issued = fc
    .tuple(fc.dictionary(names, json, { minKeys: 1, maxKeys: 5 }), fc.infiniteStream(fc.boolean()))
    .map(([claims, bits]) => {
      let count = 0;
      const { value, disclosures } = hideIn(
        claims,
        () => bits.next().value === true,
        () => `salt ${count++}`,
      );
      return { claims, payload: { ...(value as object) }, disclosures };
    });

  it('gives back the claims that were hidden in it', async () => {
    await fc.assert(
      fc.asyncProperty(issued, async ({ claims, payload, disclosures }) => {
        const sd = await read(payload, ...disclosures);
        expect(sd.claims).toEqual(JSON.parse(JSON.stringify(claims)));
        expect(JSON.parse(sd.claimsText)).toEqual(sd.claims);
        expect(sd.disclosures.every(({ state, path }) => state === 'disclosed' && path !== undefined)).toBe(true);
      }),
    );
  });

  it('never discloses what was changed by one character', async () => {
    const withOne = issued.filter(({ disclosures }) => disclosures.length > 0);
    const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ';
    await fc.assert(
      fc.asyncProperty(withOne, fc.nat(), fc.nat(), fc.constantFrom(...ALPHABET), async (sd, which, at, put) => {
        const index = which % sd.disclosures.length;
        const old = sd.disclosures[index] ?? '';
        const place = at % old.length;
        fc.pre(old[place] !== put);
        const changed = sd.disclosures.with(index, old.slice(0, place) + put + old.slice(place + 1));
        const { disclosures } = await read(sd.payload, ...changed);
        expect(['unreferenced', 'malformed']).toContain(disclosures[index]?.state);
        expect(disclosures[index]?.path).toBeUndefined();
      }),
    );
  });

  it('never throws', async () => {
    const part = fc.oneof(fc.constant(NAME), fc.string(), fc.jsonValue().map(encodeSegment));
    const payload = fc.oneof(
      fc.jsonValue(),
      fc.record({
        _sd: fc.jsonValue(),
        _sd_alg: fc.jsonValue(),
        cnf: fc.jsonValue(),
        a: fc.array(fc.record({ '...': fc.string() })),
      }),
    );
    await fc.assert(
      fc.asyncProperty(payload, fc.array(part, { maxLength: 5 }), async (claims, parts) => {
        const sd = await readSd(decode([compact({ alg: 'HS256' }, claims, 'AAAA'), ...parts].join('~')));
        expect(JSON.parse(sd.claimsText)).toEqual(sd.claims);
      }),
    );
  });
});
