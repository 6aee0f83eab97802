import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUtf8 } from '../../../src/core/token/utf8.ts';

describe('readUtf8', () => {
  it('gives back any text, a byte order mark included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readUtf8(new TextEncoder().encode(text))).toEqual({ text });
      }),
    );
    expect(readUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b))).toEqual({ text: '\ufeff{' });
  });

  it.each([
    ['a lone octet', [0x61, 0x62, 0xff, 0x63], 'ab\ufffdc', 2],
    ['an overlong slash', [0xc0, 0xaf], '\ufffd\ufffd', 0],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], 'a\ufffd\ufffd\ufffd', 2],
    ['a character cut off', [0x61, 0xe2, 0x82], 'a\ufffd', 3],
  ])('finds %s', (_, octets, text, invalidAt) => {
    expect(readUtf8(Uint8Array.from(octets))).toEqual({ text, invalidAt });
  });

  it('never throws, and names a place inside', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        const bytes = Uint8Array.from(octets);
        expect(readUtf8(bytes).invalidAt ?? 0).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});
