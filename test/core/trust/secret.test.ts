import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSecret } from '../../../src/core/trust/secret.ts';

describe('readings', () => {
  const readings = (text: string) =>
    readSecret(text).map(({ reading, bytes }) => [reading, Buffer.from(bytes).toString('latin1')]);

  test('a text that is nothing else', () => {
    expect(readings('pass word!')).toEqual([['text', 'pass word!']]);
  });

  test('all readings, each octet sequence once', () => {
    expect(readings('6162')).toEqual([
      ['text', '6162'],
      ['base64', '\xeb\x5e\xb6'],
      ['hex', 'ab'],
    ]);
  });

  test('base64url where base64 cannot be', () => {
    expect(readings('-_-_')).toEqual([
      ['text', '-_-_'],
      ['base64url', '\xfb\xff\xbf'],
    ]);
  });

  test('with and without the white space and the quotes around', () => {
    expect(readings(' "no way" \n').map(([, bytes]) => bytes)).toEqual([' "no way" \n', '"no way"', 'no way']);
  });

  test('UTF-8', () => {
    expect(readings('schlüssel')).toEqual([['text', 'schl\xc3\xbcssel']]);
  });
});

describe('properties', () => {
  test('octets written in any encoding are among the readings', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1 }),
        fc.constantFrom('base64', 'base64url', 'hex'),
        (octets, encoding) => {
          const text = Buffer.from(octets).toString(encoding);
          const hexes = readSecret(text).map(({ bytes }) => bytes.toHex());
          expect(hexes).toContain(Buffer.from(octets).toString('hex'));
          expect(new Set(hexes).size).toBe(hexes.length);
        },
      ),
    );
  });

  test('the text itself comes first', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(readSecret(text)[0]).toMatchObject({ reading: 'text', bytes: new TextEncoder().encode(text) });
      }),
    );
  });
});
