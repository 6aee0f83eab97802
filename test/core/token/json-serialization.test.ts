import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { isSerialized, MAX_PARTS } from '../../../src/core/token/json-serialization.ts';
import { MAX_COMPACT } from '../../../src/core/token/reading.ts';
import { MAX_DISCLOSURES } from '../../../src/core/token/sd-tail.ts';

const encode = (text: string): string =>
  new TextEncoder().encode(text).toBase64({ alphabet: 'base64url', omitPadding: true });
const json = (value: unknown): string => encode(JSON.stringify(value));
const read = (value: unknown) => decode(JSON.stringify(value));
const codes = (value: unknown) => read(value).problems.map(({ code, detail }) => [code, detail]);

const PROTECTED = json({ alg: 'HS256' });
const PAYLOAD = json({ sub: 'alice' });
const FLAT = { protected: PROTECTED, payload: PAYLOAD, signature: 'AAAA' };
const JWE = { protected: json({ alg: 'dir', enc: 'A128GCM' }), iv: 'AAAA', ciphertext: 'AAAA', tag: 'AAAA' };

describe('flattened', () => {
  it('reads a JWS as its compact form, but for what says that it is none', () => {
    const compact = `${PROTECTED}.${PAYLOAD}.AAAA`;
    const text = JSON.stringify(FLAT, null, 2);
    expect(decode(text)).toEqual({ ...decode(compact), compact: text, serialization: 'flattened' });
    expect(decode(`\n ${text}\n`).form).toBe('jws');
  });

  it('reads a JWE as its compact form', () => {
    const compact = `${JWE.protected}..AAAA.AAAA.AAAA`;
    const text = JSON.stringify(JWE);
    expect(decode(text)).toEqual({ ...decode(compact), compact: text, serialization: 'flattened' });
    expect(read({ ...JWE, aad: 'YWFk' })).toMatchObject({ aad: 'YWFk', problems: [] });
  });

  it('unites the headers, and keeps apart what nothing protects', () => {
    expect(read({ ...FLAT, header: { kid: 'a1' } })).toMatchObject({
      header: { alg: 'HS256', kid: 'a1' },
      headerText: '{"alg":"HS256"}',
      unprotected: { kid: 'a1' },
      problems: [],
    });
    const { protected: _, ...bare } = FLAT;
    const unprotected = read({ ...bare, header: { alg: 'HS256' } });
    expect(unprotected).toMatchObject({ form: 'jws', segments: ['', PAYLOAD, 'AAAA'], problems: [] });
    expect(unprotected.headerText).toBeUndefined();
  });

  it('lets the protected header win, and never a prototype', () => {
    const text = `{"payload":"${PAYLOAD}","protected":"${PROTECTED}","signature":"AAAA","header":{"alg":"none","__proto__":{"x":1}}}`;
    const { header, problems } = decode(text);
    expect(header?.alg).toBe('HS256');
    expect(Object.getPrototypeOf(header)).toBe(Object.prototype);
    expect(problems).toEqual([expect.objectContaining({ code: 'header_conflict', segment: 'header', detail: 'alg' })]);
  });

  it('takes a payload that is missing for detached', () => {
    const { payload: _, ...detached } = FLAT;
    expect(read(detached)).toMatchObject({
      form: 'jws',
      detached: true,
      segments: [PROTECTED, '', 'AAAA'],
      problems: [],
    });
    expect(read(FLAT).detached).toBeUndefined();
  });

  it('takes an unencoded payload as the string is (RFC 7797 section 5.3)', () => {
    const plain = json({ alg: 'HS256', b64: false, crit: ['b64'] });
    for (const payload of ['$.02', 'a "quoted"\nline', 'é']) {
      expect(read({ ...FLAT, protected: plain, payload })).toMatchObject({
        payloadText: payload,
        segments: [plain, payload, 'AAAA'],
        problems: [],
      });
    }
    const unsaid = json({ alg: 'HS256', b64: false });
    expect(codes({ ...FLAT, protected: unsaid, payload: '$.02' })).toEqual([['b64', undefined]]);
    expect(decode(`${unsaid}.${PAYLOAD}.AAAA`)).toMatchObject({ payload: { sub: 'alice' } });
  });
});

describe('general', () => {
  const GENERAL = {
    payload: PAYLOAD,
    signatures: [
      { protected: PROTECTED, header: { kid: 'a' }, signature: 'AAAA' },
      { header: { alg: 'ES256', kid: 'b' }, signature: 'BBBB' },
    ],
  };

  it('reads each signature as if flattened, and itself as the first', () => {
    const decoded = read(GENERAL);
    expect(decoded).toMatchObject({
      serialization: 'general',
      form: 'jws',
      header: { alg: 'HS256', kid: 'a' },
      problems: [],
    });
    expect(decoded.parts).toHaveLength(2);
    const [first, second] = GENERAL.signatures.map((one) => read({ payload: PAYLOAD, ...one }));
    const { compact } = decoded;
    expect(decoded.parts).toEqual([
      { ...first, compact },
      { ...second, compact },
    ]);
    expect(decoded).toEqual({ ...first, compact, serialization: 'general', parts: decoded.parts });
  });

  it('reads the payload of each by its own b64, and names each that differs from the first (RFC 7797 section 3)', () => {
    const plain = json({ alg: 'HS256', b64: false, crit: ['b64'] });
    const unsaid = json({ alg: 'HS256', b64: false });
    const told = (...all: readonly string[]) => {
      const { parts = [], problems } = read({
        payload: PAYLOAD,
        signatures: all.map((one) => ({ protected: one, signature: 'AAAA' })),
      });
      const isTold = ({ code }: { readonly code: string }) => code === 'b64_differs';
      return [
        parts.map(({ payloadText, problems }) => [payloadText, problems.some(isTold)]),
        problems.filter(isTold).map(({ detail }) => detail),
      ];
    };
    const [asText, asObject] = [PAYLOAD, '{"sub":"alice"}'];
    expect(told(plain, PROTECTED, plain)).toEqual([
      [
        [asText, false],
        [asObject, true],
        [asText, false],
      ],
      ['2'],
    ]);
    expect(told(PROTECTED, plain, unsaid)).toEqual([
      [
        [asObject, false],
        [asText, true],
        [asObject, true],
      ],
      ['2', '3'],
    ]);
    expect(told(plain, plain)[1]).toEqual([]);
  });

  it('reads each recipient', () => {
    const recipients = [{ header: { alg: 'A128KW' }, encrypted_key: 'AAAA' }, { header: { alg: 'dir' } }];
    const { protected: _, ...rest } = JWE;
    const decoded = read({ ...rest, unprotected: { enc: 'A128GCM' }, recipients });
    expect(decoded).toMatchObject({ form: 'jwe', serialization: 'general', problems: [] });
    expect(decoded.parts?.map(({ header, segments }) => [header, segments])).toEqual([
      [{ enc: 'A128GCM', alg: 'A128KW' }, ['', 'AAAA', 'AAAA', 'AAAA', 'AAAA']],
      [{ enc: 'A128GCM', alg: 'dir' }, ['', '', 'AAAA', 'AAAA', 'AAAA']],
    ]);
  });

  it('reads up to its bound, and says so', () => {
    const signatures = Array.from({ length: MAX_PARTS + 5 }, () => ({ protected: PROTECTED, signature: 'AAAA' }));
    const decoded = read({ payload: PAYLOAD, signatures });
    expect(decoded.parts).toHaveLength(MAX_PARTS);
    expect(decoded.problems).toContainEqual(expect.objectContaining({ code: 'too_many', detail: String(MAX_PARTS) }));
  });

  const names = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`n${index}`, 1]));
  it.each([
    ['unprotected', { protected: json({ enc: 'A128GCM' }), unprotected: names }],
    ['protected', { protected: json({ enc: 'A128GCM', ...names }) }],
  ])('reads fewer recipients, the more %s members all of them share, and says so', (_, shared) => {
    const recipients = Array.from({ length: MAX_PARTS }, () => ({ header: { alg: 'dir' } }));
    const { parts = [], problems } = read({
      ...JWE,
      header: undefined,
      encrypted_key: undefined,
      ...shared,
      recipients,
    });
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.length).toBeLessThan(MAX_PARTS / 10);
    expect(problems).toContainEqual(expect.objectContaining({ code: 'too_many', detail: String(parts.length) }));
  });

  it('reads as many recipients with headers of the usual size', () => {
    const recipients = Array.from({ length: MAX_PARTS }, () => ({ header: { alg: 'dir' } }));
    const usual = json({ enc: 'A128GCM', epk: 'x'.repeat(1_000) });
    expect(read({ ...JWE, protected: usual, recipients }).parts).toHaveLength(MAX_PARTS);
  });
});

describe('problems', () => {
  it.each<[string, object, readonly unknown[]]>([
    [
      'both serialisations',
      { ...FLAT, signatures: [{ protected: PROTECTED, signature: 'AAAA' }] },
      ['member_extra', 'signature'],
    ],
    ['a JWS and a JWE', { ...JWE, payload: 'AAAA' }, ['member_extra', 'payload']],
    [
      'a recipient beside recipients',
      { ...JWE, recipients: [{}], encrypted_key: 'AAAA' },
      ['member_extra', 'encrypted_key'],
    ],
    ['no signatures', { ...FLAT, signatures: [] }, ['member_type', 'signatures']],
    [
      'a signature that is none',
      { payload: PAYLOAD, signatures: [{ protected: PROTECTED }] },
      ['member_type', 'signature'],
    ],
    [
      'signatures that are none',
      { payload: PAYLOAD, signatures: [{ protected: PROTECTED, signature: 'AAAA' }, 1] },
      ['member_type', 'signatures'],
    ],
    ['a header that is none', { ...FLAT, header: 'kid' }, ['member_type', 'header']],
    ['a protected header that is no string', { ...FLAT, protected: { alg: 'HS256' } }, ['member_type', 'protected']],
    ['a JWE without enc', { ...JWE, protected: PROTECTED }, ['member_type', 'enc']],
    ['crit that nothing protects', { ...FLAT, header: { crit: ['b64'] } }, ['not_protected', 'crit']],
    ['b64 that nothing protects', { ...FLAT, header: { b64: true } }, ['not_protected', 'b64']],
    ['zip that nothing protects', { ...JWE, unprotected: { zip: 'DEF' } }, ['not_protected', 'zip']],
    [
      'a name in two unprotected headers',
      { ...JWE, unprotected: { kid: 'a' }, header: { kid: 'b' } },
      ['header_conflict', 'kid'],
    ],
  ])('%s', (_, value, expected) => {
    expect(codes(value)).toContainEqual(expected);
  });

  it('places what is wrong with a member in the JSON text', () => {
    const text = JSON.stringify({ ...FLAT, signature: 'AA*A' });
    expect(decode(text).problems).toEqual([
      { code: 'character', segment: 'signature', offset: text.indexOf('*'), detail: '*' },
    ]);
    const [length] = decode(JSON.stringify({ ...FLAT, signature: 'AAAAA' })).problems;
    expect(length).toMatchObject({ code: 'length', segment: 'signature' });
  });

  it('names members that stand twice, and JSON that breaks off', () => {
    const text = JSON.stringify(FLAT);
    expect(decode(`{"payload":"AAAA",${text.slice(1)}`).problems).toContainEqual(
      expect.objectContaining({ code: 'duplicate_member', segment: 'token', detail: 'payload' }),
    );
    const cut = decode(text.slice(0, -1));
    expect(cut.form).toBe('malformed');
    expect(cut.problems[0]).toMatchObject({ code: 'truncated', segment: 'token' });
    expect(cut.payload).toEqual({ sub: 'alice' });
  });
});

describe('SD-JWT in JSON (RFC 9901 section 8)', () => {
  const disclosure = json(['salt', 'name', 'Alice']);
  const binding = `${json({ alg: 'ES256', typ: 'kb+jwt' })}.${json({ nonce: 'n' })}.AAAA`;

  it('reads disclosures and key binding', () => {
    const header = { disclosures: [disclosure], kb_jwt: binding };
    for (const value of [
      { ...FLAT, header },
      { payload: PAYLOAD, signatures: [{ protected: PROTECTED, header, signature: 'AAAA' }] },
    ]) {
      const decoded = read(value);
      expect(decoded).toMatchObject({ disclosures: [disclosure], keyBinding: decode(binding), problems: [] });
    }
    expect(read(FLAT).disclosures).toBeUndefined();
  });

  it('names what is no list of texts, and too many', () => {
    expect(codes({ ...FLAT, header: { disclosures: 'x' } })).toEqual([['member_type', 'disclosures']]);
    expect(codes({ ...FLAT, header: { disclosures: [disclosure, 1] } })).toEqual([['member_type', 'disclosures']]);
    const many = read({ ...FLAT, header: { disclosures: Array(MAX_DISCLOSURES + 1).fill('WyJh') } });
    expect(many.disclosures).toHaveLength(MAX_DISCLOSURES);
    expect(many.problems.map(({ code }) => code)).toEqual(['too_many']);
  });
});

describe('what is no serialisation', () => {
  it.each<[unknown]>([
    [{ payload: PAYLOAD, signature: 'AAAA' }],
    [{ payload: { a: 1 }, protected: PROTECTED, signature: 'AAAA' }],
    [{ header: { name: 'x' }, signature: 'AAAA' }],
    [{ ciphertext: 'AAAA' }],
    [{ access_token: 'eyJ' }],
    [[FLAT]],
    ['text'],
    [null],
  ])('%j', (value) => {
    expect(isSerialized(value)).toBe(false);
    expect(read(value).serialization).toBeUndefined();
  });
});

describe('the cookbook (RFC 7520)', () => {
  it('reads alike in every serialisation', () => {
    let count = 0;
    for (const folder of ['jws', 'jwe', 'rfc7797', 'curve25519']) {
      const path = `../shared/vectors/cookbook/${folder}`;
      for (const file of readdirSync(path).filter((name) => name.endsWith('.json'))) {
        const { output } = JSON.parse(readFileSync(`${path}/${file}`, 'utf8'));
        // One of RFC 7797 leaves `crit` out on purpose.
        const expected = file.startsWith('4.2.hmac-sha2_b64') ? ['b64'] : [];
        for (const [name, form] of Object.entries<unknown>(output ?? {})) {
          if (name !== 'json' && name !== 'json_flat') continue;
          count += 1;
          const decoded = read(form);
          expect(decoded.form, `${file} ${name}`).toBe(folder === 'jwe' || file.startsWith('ecdh') ? 'jwe' : 'jws');
          expect(
            decoded.problems.map(({ code }) => code),
            `${file} ${name}`,
          ).toEqual(expected);
          if (typeof output.compact === 'string') {
            const { segments } = decode(output.compact);
            expect(decoded.segments.at(-2), `${file} ${name}`).toBe(segments.at(-2));
          }
        }
      }
    }
    expect(count).toBeGreaterThan(30);
  });
});

describe('hostile input', () => {
  it.each([
    ['braces', '{'.repeat(1_000_000)],
    ['braces within the bound', '{'.repeat(200_000)],
    ['objects', '{"a":'.repeat(50_000)],
    ['white space', `${' '.repeat(1_000_000)}{`],
    ['tildes', '~'.repeat(1_000_000)],
    ['a JWT and tildes', `${PROTECTED}.${PAYLOAD}.AAAA${'~'.repeat(200_000)}`],
    ['a large serialisation', JSON.stringify({ ...FLAT, payload: 'A'.repeat(MAX_COMPACT) })],
    [
      'headers',
      JSON.stringify({
        ...FLAT,
        header: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`n${i}`, i])),
        x: 1,
      }).slice(0, -8),
    ],
    [
      'broken signatures',
      JSON.stringify({
        payload: '*'.repeat(100_000),
        signatures: Array(100).fill({ protected: PROTECTED, signature: `${'A'.repeat(1000)}*` }),
      }),
    ],
  ])('%s: a named problem', (_, text) => {
    const { problems } = decode(text);
    expect(problems).not.toEqual([]);
    expect(problems.length).toBeLessThan(64);
  });

  it('never throws on any JSON, and keeps the text', () => {
    const header = fc.oneof(fc.constant(PROTECTED), fc.string(), fc.jsonValue());
    const member = fc.oneof(fc.constant('AAAA'), fc.string(), fc.jsonValue());
    const unprotected = fc.oneof(fc.constant({ alg: 'HS256' }), fc.object({ maxDepth: 1 }), fc.jsonValue());
    const one = fc.record(
      { protected: header, header: unprotected, signature: member, encrypted_key: member },
      { requiredKeys: [] },
    );
    const serialized = fc.record(
      {
        payload: member,
        protected: header,
        unprotected,
        header: unprotected,
        signature: member,
        signatures: fc.oneof(fc.array(one, { maxLength: 4 }), fc.jsonValue()),
        recipients: fc.oneof(fc.array(one, { maxLength: 4 }), fc.jsonValue()),
        ciphertext: member,
        iv: member,
        tag: member,
        aad: member,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(serialized, fc.jsonValue()), (value) => {
        const text = JSON.stringify(value);
        const decoded = decode(text);
        expect(decoded.compact).toBe(text);
        expect(decoded.serialization !== undefined).toBe(isSerialized(JSON.parse(text)));
        for (const { offset } of decoded.problems) expect(offset).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 500 },
    );
  });
});
