import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withContent } from '../../../src/core/token/content.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { MAX_NESTING } from '../../../src/core/token/nested.ts';
import { MAX_COMPACT } from '../../../src/core/token/reading.ts';

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);
const encode = (text: string): string => octets(text).toBase64({ alphabet: 'base64url', omitPadding: true });
const jwe = (header: object = {}) =>
  decode(`${encode(JSON.stringify({ alg: 'dir', enc: 'A256GCM', ...header }))}..A.A.A`);
const jws = (payload: string, header: object = {}): string =>
  `${encode(JSON.stringify({ alg: 'HS256', ...header }))}.${encode(payload)}.AAAA`;

describe('withContent', () => {
  it('reads claims, and leaves the rest of the token as it was', () => {
    const token = jwe();
    const content = withContent(token, octets('{"sub":"alice","n":1.0}'));
    expect(content).toEqual({ ...token, payloadText: '{"sub":"alice","n":1.0}', payload: { sub: 'alice', n: 1 } });
  });

  it('reads a nested token, whether `cty` says so or not', () => {
    const inside = jws('{"sub":"alice"}', { typ: 'JWT' });
    for (const header of [{ cty: 'JWT' }, { cty: 'jwt' }, { cty: 'application/jwt' }, { typ: 'JWT' }, {}]) {
      const { inner, payloadText, problems } = withContent(jwe(header), octets(inside));
      expect(inner).toEqual(decode(inside));
      expect(payloadText).toBe(inside);
      expect(problems).toEqual(jwe(header).problems);
    }
  });

  it('reads a nested JSON serialisation where `cty` says so', () => {
    const [protectedHeader, payload, signature] = jws('{"sub":"alice"}').split('.');
    const text = JSON.stringify({ protected: protectedHeader, payload, signature });
    expect(withContent(jwe({ cty: 'JOSE+JSON' }), octets(text)).inner).toMatchObject({
      form: 'jws',
      serialization: 'flattened',
      payload: { sub: 'alice' },
    });
    expect(withContent(jwe(), octets(text)).inner).toBeUndefined();
  });

  it('takes claims under `cty: JWT` for claims', () => {
    const content = withContent(jwe({ cty: 'JWT' }), octets('{"url":"https://a.example"}'));
    expect(content.inner).toBeUndefined();
    expect(content.payload).toEqual({ url: 'https://a.example' });
  });

  it('places problems in the payload', () => {
    const last = (header: object, bytes: Uint8Array) => withContent(jwe(header), bytes).problems.at(-1);
    expect(last({}, octets('{"a":1,}'))).toMatchObject({ code: 'json', segment: 'payload', offset: 7 });
    expect(last({}, octets('{"a":'))).toMatchObject({ code: 'json', segment: 'payload', detail: '' });
    expect(last({ typ: 'JWT' }, octets('[1]'))).toMatchObject({ code: 'not_object', segment: 'payload' });
    expect(last({}, Uint8Array.of(65, 66, 0xff))).toMatchObject({ code: 'utf8', segment: 'payload', offset: 2 });
    const large = withContent(jwe(), new Uint8Array(MAX_COMPACT + 1));
    expect(large.problems.at(-1)).toMatchObject({ code: 'too_large', segment: 'payload' });
    expect(large.payloadText).toBeUndefined();
  });

  it('never throws, whatever the octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(withContent(jwe(), bytes).payloadText).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
      }),
    );
  });
});

describe('nesting', () => {
  const nested = (levels: number): string => {
    let text = jws('{"sub":"alice"}');
    for (let level = 0; level < levels; level++) text = jws(text, { cty: 'JWT' });
    return text;
  };
  const depthOf = (text: string): number => {
    let depth = 0;
    for (let at = decode(text).inner; at; at = at.inner) depth += 1;
    return depth;
  };

  it.each([0, 1, MAX_NESTING])('reads %d tokens inside each other', (levels) => {
    expect(depthOf(nested(levels))).toBe(levels);
    expect(JSON.stringify(decode(nested(levels)))).not.toContain('too_deep');
  });

  it('stops at the bound, and says so', () => {
    expect(depthOf(nested(MAX_NESTING + 3))).toBe(MAX_NESTING);
    let innermost = decode(nested(MAX_NESTING + 3));
    while (innermost.inner) innermost = innermost.inner;
    expect(innermost.problems).toEqual([expect.objectContaining({ code: 'too_deep', segment: 'payload' })]);
  });

  it('reads the nesting of RFC 7520 section 6, once it is decrypted', () => {
    const path = '../shared/vectors/cookbook/6.nesting_signatures_and_encryption.json';
    const { sign, encrypt }: { sign: { output: { compact: string } }; encrypt: { output: { compact: string } } } =
      JSON.parse(readFileSync(path, 'utf8'));
    const outer = decode(encrypt.output.compact);
    expect(outer.form).toBe('jwe');
    expect(withContent(outer, octets(sign.output.compact)).inner).toMatchObject({
      form: 'jws',
      payload: { iss: 'hobbiton.example' },
    });
  });
});
