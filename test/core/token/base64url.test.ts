import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBase64url, readAscii, readBase64url } from '../../../src/core/token/base64url.ts';

const encode = (bytes: Uint8Array): string => bytes.toBase64({ alphabet: 'base64url', omitPadding: true });

describe('strict base64url', () => {
  it('takes what an encoder makes, and reads it without a problem', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        const text = encode(octets);
        expect(isBase64url(text)).toBe(true);
        expect(readBase64url(text, 'payload', 3)).toEqual({ bytes: Uint8Array.from(octets), problems: [] });
      }),
    );
  });

  it('takes nothing else: it is what would be encoded again', () => {
    const character = fc.constantFrom(...'ABQgwx019-_+/= \n.é');
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 9 }), (text) => {
        const { bytes, problems } = readBase64url(text, 'payload', 0);
        expect(isBase64url(text)).toBe(encode(bytes) === text);
        expect(problems.length === 0).toBe(isBase64url(text));
        if (readAscii(text) !== undefined) expect(isBase64url(text)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads ASCII as TextDecoder does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ max: 127 }), (octets) => {
        expect(readAscii(encode(octets))).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets));
      }),
    );
    expect(readAscii(encode(new TextEncoder().encode('é')))).toBeUndefined();
  });
});

describe('problems', () => {
  it.each([
    ['character', 'AA*A', 2, '*'],
    ['character', 'A🦊AA', 1, '🦊'],
    ['character', 'AA+A', 2, '+'],
    ['padding', 'AAA=', 3, '='],
    ['white_space', 'AA\nAA', 2, '\\u000A'],
    ['white_space', ' AAAA', 0, ' '],
    ['length', 'AAAAA', 4, undefined],
    ['trailing_bits', 'AB', 1, undefined],
    ['trailing_bits', 'AAB', 2, undefined],
  ])('%s in %j', (code, text, at, detail) => {
    const expected = { code, segment: 'signature', offset: 100 + at, ...(detail === undefined ? {} : { detail }) };
    expect(readBase64url(text, 'signature', 100).problems).toContainEqual(expected);
  });

  it('tells each once, in the order of the text', () => {
    const { problems } = readBase64url('AA  *A==A*=', 'payload', 0);
    expect(problems.map(({ code, offset }) => [code, offset])).toEqual([
      ['white_space', 2],
      ['character', 4],
      ['padding', 6],
    ]);
  });

  it('reads through all of them', () => {
    const octets = Uint8Array.of(251, 255, 190, 1);
    for (const text of ['+/++AQ==', '-_-- AQ', '-_*--AQ', '-_--\r\nAQ']) {
      expect(readBase64url(text, 'payload', 0).bytes).toEqual(octets);
    }
  });
});
