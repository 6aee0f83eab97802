import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SEGMENTS } from '../../../src/core/token/compact.ts';
import { decode } from '../../../src/core/token/decode.ts';
import type { ProblemCode } from '../../../src/core/token/decoded.ts';
import { MAX_DEPTH } from '../../../src/core/token/json-tree.ts';
import { MAX_COMPACT } from '../../../src/core/token/reading.ts';

const octets = (bytes: Uint8Array): string => bytes.toBase64({ alphabet: 'base64url', omitPadding: true });
const encode = (text: string): string => octets(new TextEncoder().encode(text));
const json = (value: unknown): string => encode(JSON.stringify(value));
const HS256 = json({ alg: 'HS256', typ: 'JWT' });
const BARE = json({ alg: 'HS256' });
const SIGNATURE = octets(new Uint8Array(32));
const jws = (payload: string, header = HS256): string => `${header}.${encode(payload)}.${SIGNATURE}`;
const codes = (compact: string): readonly ProblemCode[] => decode(compact).problems.map(({ code }) => code);

/** RFC 7515 appendix A.1: header and payload with CRLF and spaces between members. */
const RFC_7515_A1 =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
/** RFC 7515 appendix A.5 */
const RFC_7515_A5 =
  'eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.';

describe('healthy tokens', () => {
  it('reads RFC 7515 A.1', () => {
    const decoded = decode(RFC_7515_A1);
    expect(decoded).toMatchObject({
      form: 'jws',
      header: { typ: 'JWT', alg: 'HS256' },
      headerText: '{"typ":"JWT",\r\n "alg":"HS256"}',
      payload: { iss: 'joe', exp: 1300819380, 'http://example.com/is_root': true },
      problems: [],
    });
    expect(decoded.segments.join('.')).toBe(RFC_7515_A1);
  });

  it('reads RFC 7515 A.4, whose payload is the text "Payload"', () => {
    const a4 = `${json({ alg: 'ES512' })}.UGF5bG9hZA.${octets(new Uint8Array(132))}`;
    expect(decode(a4)).toMatchObject({ form: 'jws', payloadText: 'Payload', problems: [] });
    expect(decode(a4).payload).toBeUndefined();
  });

  it.each(['none', 'None', 'nOnE'])('calls alg %s unsecured', (alg) => {
    expect(decode(`${json({ alg })}.${json({ a: 1 })}.`)).toMatchObject({ form: 'unsecured', problems: [] });
    expect(decode(RFC_7515_A5)).toMatchObject({ form: 'unsecured', payload: { iss: 'joe' }, problems: [] });
  });

  it('takes detached content (RFC 7515 appendix F) and an unencoded payload (RFC 7797)', () => {
    expect(decode(`${BARE}..${SIGNATURE}`)).toMatchObject({ form: 'jws', detached: true, problems: [] });
    expect(decode(`${json({ alg: 'none' })}..`).detached).toBeUndefined();
    expect(decode(jws('{}')).detached).toBeUndefined();
    const plain = json({ alg: 'HS256', b64: false, crit: ['b64'] });
    expect(decode(`${plain}.$02 {}.${SIGNATURE}`)).toMatchObject({ payloadText: '$02 {}', problems: [] });
  });

  it('reads only the header of a JWE, whose key may be empty where it is direct', () => {
    const direct = decode(`${json({ alg: 'dir', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`);
    expect(direct).toMatchObject({ form: 'jwe', header: { alg: 'dir' }, problems: [] });
    expect(direct.payloadText).toBeUndefined();
  });

  it('reads text beyond ASCII', () => {
    expect(decode(jws('{"name":"Zoë 🦊"}'))).toMatchObject({ payload: { name: 'Zoë 🦊' }, problems: [] });
  });

  it('has no problem with any compact form of the cookbook (RFC 7520)', () => {
    let read = 0;
    for (const folder of ['jws', 'jwe']) {
      const path = `../shared/vectors/cookbook/${folder}`;
      for (const file of readdirSync(path)) {
        const compact: unknown = JSON.parse(readFileSync(`${path}/${file}`, 'utf8')).output?.compact;
        if (typeof compact !== 'string') continue;
        read++;
        expect(decode(compact), file).toMatchObject({ form: folder, problems: [] });
      }
    }
    expect(read).toBeGreaterThan(8);
  });

  it('reads the proofs of RFC 9449 and tells its look-alikes', () => {
    const { proofs, ...rest } = JSON.parse(readFileSync('../shared/vectors/spec-examples/dpop-rfc9449.json', 'utf8'));
    for (const { jwt, htm, htu } of proofs) {
      expect(decode(jwt)).toMatchObject({ form: 'jws', payload: { htm, htu }, problems: [] });
    }
    expect(decode('eyJ7S_zG.eyJH0-Z.HX4w-7v').form).toBe('malformed');
    expect(JSON.stringify(rest)).toContain('eyJ7S_zG.eyJH0-Z.HX4w-7v');
  });
});

describe('problems', () => {
  const payload = json({ sub: 'alice', n: 1 });
  const cases: readonly (readonly [ProblemCode, string, object])[] = [
    ['segments', `${HS256}.${payload}`, { segment: 'token', detail: '2' }],
    ['segments', `${HS256}.${payload}.${SIGNATURE}.AAAA`, { detail: '4' }],
    ['segments', `${HS256}.${payload}.${SIGNATURE}.AAAA.AAAA`, { detail: '5' }],
    ['segments', '.'.repeat(99), { detail: `${MAX_SEGMENTS}+` }],
    ['empty_segment', `.${payload}.${SIGNATURE}`, { segment: 'header', offset: 0 }],
    ['empty_segment', `${HS256}.${payload}.`, { segment: 'signature', offset: HS256.length + payload.length + 2 }],
    ['empty_segment', `${HS256}..${SIGNATURE}`, { segment: 'payload' }],
    ['empty_segment', `${json({ alg: 'RSA-OAEP', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`, { segment: 'encrypted_key' }],
    ['character', `${HS256}.${payload}.AA*A`, { segment: 'signature', detail: '*' }],
    ['character', `${HS256}.\u202e${payload}.${SIGNATURE}`, { offset: HS256.length + 1, detail: '\\u202E' }],
    ['character', `${HS256}.${payload}.AA/A`, { detail: '/' }],
    ['padding', `${HS256}.${payload}.AAA=`, { segment: 'signature', offset: HS256.length + payload.length + 5 }],
    ['white_space', `${HS256}. ${payload}.${SIGNATURE}`, { segment: 'payload', offset: HS256.length + 1 }],
    ['length', `${HS256}.${encode('{"a": 12}')}A.${SIGNATURE}`, { segment: 'payload' }],
    ['trailing_bits', `${HS256}.${payload}.AB`, { segment: 'signature' }],
    ['utf8', `${HS256}.${octets(Uint8Array.of(0x7b, 0x22, 0xff, 0x22))}.AAAA`, { offset: HS256.length + 3 }],
    ['json', jws('{"a":1,}'), { segment: 'payload', offset: 7, line: 1, column: 8, detail: '}' }],
    ['json', jws('\ufeff{"a":1}'), { offset: 0, detail: '\\uFEFF' }],
    ['json', jws('{"a":'), { detail: '' }],
    ['json', jws('hello'), { segment: 'payload' }],
    ['not_object', jws('[1]'), { segment: 'payload' }],
    ['not_object', `${json([1])}.${payload}.${SIGNATURE}`, { segment: 'header' }],
    ['duplicate_member', jws('{"a":1,\n"a":2}'), { offset: 8, line: 2, column: 1, detail: 'a' }],
    ['truncated', `${HS256}.${payload.slice(0, -4)}`, { segment: 'payload' }],
    ['truncated', `${HS256}.${payload}.AAAAA`, { segment: 'signature' }],
    ['truncated', HS256.slice(0, -3), { segment: 'header' }],
    ['too_large', `${HS256}.${'A'.repeat(MAX_COMPACT)}.AAAA`, { segment: 'token' }],
    ['b64', `${json({ alg: 'HS256', b64: false })}.$02.AAAA`, { segment: 'header' }],
    ['too_deep', jws(`{"a":${'['.repeat(MAX_DEPTH)}${']'.repeat(MAX_DEPTH)}}`), { segment: 'payload' }],
  ];

  it.each(cases)('%s: %#', (code, compact, expected) => {
    expect(decode(compact).problems).toContainEqual(expect.objectContaining({ code, ...expected }));
  });

  it.each(['text', '[1]', '7', '"{"'])('says nothing of a payload that never meant to be claims: %s', (text) => {
    expect(decode(jws(text, BARE)).problems).toEqual([]);
  });

  it('tells one cut once', () => {
    expect(codes(`${HS256}.${encode('{"sub":"alice"}').slice(0, 13)}`)).toEqual(['segments', 'truncated']);
  });
});

describe('reading past problems', () => {
  it('takes five parts for encrypted only where the header says so', () => {
    const decoded = decode(`${HS256}.${json({ sub: 'alice' })}.${SIGNATURE}.AAAA.AAAA`);
    expect(decoded).toMatchObject({ form: 'malformed', payload: { sub: 'alice' } });
    expect(decoded.problems.map(({ code }) => code)).toEqual(['segments']);
    expect(decode(`${json({ alg: 'dir', enc: 'A128GCM' })}..AAAA.AAAA.AAAA`)).toMatchObject({
      form: 'jwe',
      problems: [],
    });
  });

  it('reads the claims that were complete', () => {
    expect(decode(`${HS256}.${encode('{"sub":"alice","aud":["a","b"],"exp":1').slice(0, -1)}`)).toMatchObject({
      form: 'malformed',
      header: { alg: 'HS256' },
      payload: { sub: 'alice', aud: ['a', 'b'] },
    });
  });

  it('reads through white space, padding, plain base64 and duplicates', () => {
    const text = '{"sub":"ÿÿÿ>>>???","a":1,"a":2}';
    const plain = new TextEncoder().encode(text).toBase64();
    const folded = plain.replace(/.{10}/g, '$&\r\n');
    const decoded = decode(`${HS256}.${folded}.${SIGNATURE}`);
    expect(decoded).toMatchObject({ form: 'jws', payloadText: text, payload: { a: 2 } });
    expect(decoded.problems.map(({ code }) => code)).toContain('white_space');
  });

  it('keeps the header of a token that is too large', () => {
    const decoded = decode(`${HS256}.${'A'.repeat(5_000_000)}.AAAA`);
    expect(decoded).toMatchObject({ form: 'jws', header: { alg: 'HS256' } });
    expect(decoded.payloadText).toBeUndefined();
  });

  it('leaves prototypes alone', () => {
    const decoded = decode(jws('{"__proto__":{"admin":true},"constructor":1}'));
    expect(decoded.problems).toEqual([]);
    expect(Object.getPrototypeOf(decoded.payload)).toBe(Object.prototype);
    expect(decoded.payload?.admin).toBeUndefined();
    expect(Object.keys(decoded.payload ?? {})).toEqual(['__proto__', 'constructor']);
  });
});

describe('hostile input', () => {
  const hostile: readonly (readonly [string, string])[] = [
    ['brackets', jws('['.repeat(100_000))],
    ['nesting', jws(`{"a":${'['.repeat(90_000)}${']'.repeat(90_000)}}`)],
    ['objects', jws('{"a":'.repeat(40_000))],
    ['dots', '.'.repeat(1_000_000)],
    ['tildes', `a.b.c${'~'.repeat(1_000_000)}`],
    ['tildes within the bound', `${HS256}..${'~'.repeat(250_000)}`],
    ['eyJ', 'eyJ'.repeat(1_000_000)],
    ['spaces', `${HS256}.${' '.repeat(250_000)}.AAAA`],
    ['padding', `${HS256}.${'='.repeat(250_000)}A.AAAA`],
    ['five megabytes', `${HS256}.${'A'.repeat(5_000_000)}.AAAA`],
  ];

  it.each(hostile)('%s: a named problem', (_, compact) => {
    const decoded = decode(compact);
    expect(decoded.problems).not.toEqual([]);
    expect(decoded.problems.length).toBeLessThan(64);
    expect(decoded.segments.length).toBeLessThanOrEqual(MAX_SEGMENTS);
    expect(() => JSON.stringify(decoded)).not.toThrow();
  });

  it('never throws, whatever the string', () => {
    const base64url = fc.uint8Array({ maxLength: 60 }).map(octets);
    const segment = fc.oneof(base64url, fc.json({ maxDepth: 3 }).map(encode), fc.string({ unit: 'binary' }));
    const compact = fc.array(segment, { maxLength: 7 }).map((parts) => parts.join('.'));
    fc.assert(fc.property(fc.oneof(compact, fc.string({ unit: 'binary' })), (any) => decode(any).compact === any));
  });

  it('never throws on a mutated token, and places every problem inside it', () => {
    const mutation = fc.record({
      at: fc.nat(RFC_7515_A1.length),
      cut: fc.nat(9),
      put: fc.string({ unit: 'binary', maxLength: 4 }),
    });
    fc.assert(
      fc.property(mutation, ({ at, cut, put }) => {
        const compact = RFC_7515_A1.slice(0, at) + put + RFC_7515_A1.slice(at + cut);
        for (const { offset } of decode(compact).problems) expect(offset).toBeLessThanOrEqual(compact.length);
      }),
    );
  });

  it('gives back any claims set', () => {
    const claims = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue());
    fc.assert(
      fc.property(claims, (value) => {
        const text = JSON.stringify(value);
        const decoded = decode(jws(text));
        expect(decoded.problems).toEqual([]);
        expect(decoded.payloadText).toBe(text);
        expect(decoded.payload).toEqual(JSON.parse(text));
      }),
    );
  });
});
