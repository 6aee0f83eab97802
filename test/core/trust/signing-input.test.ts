import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { signingInput, signingOctets } from '../../../src/core/trust/signing-input.ts';
import { encodeSegment } from '../../fixtures/tokens.ts';

test.each([
  ['a.b.c', 'a.b'],
  ['a..c', 'a.'],
  ['e30.e30', 'e30.e30'],
  ['', '.'],
])('of %j', (token, input) => {
  expect(signingInput(decode(token))).toBe(input);
  expect(Buffer.from(signingOctets(decode(token))).toString()).toBe(input);
});

describe('of a detached token, with the payload that was signed', () => {
  const unencoded = { alg: 'HS256', b64: false, crit: ['b64'] };
  const of = (header: object, payload: string | Uint8Array, segment = '') =>
    Buffer.from(signingOctets(decode(`${encodeSegment(header)}.${segment}.AAAA`), payload)).toString('latin1');
  const head = (header: object) => `${encodeSegment(header)}.`;

  test('in base64url', () => {
    const header = { alg: 'HS256' };
    expect(of(header, 'Grüße')).toBe(head(header) + encodeSegment('Grüße'));
    expect(of(header, Uint8Array.of(0, 255))).toBe(`${head(header)}AP8`);
    expect(of(header, '')).toBe(head(header));
  });

  test('as it is (RFC 7797)', () => {
    expect(of(unencoded, '$.02')).toBe(`${head(unencoded)}$.02`);
    expect(of(unencoded, Uint8Array.of(0, 255))).toBe(`${head(unencoded)}\u0000\u00ff`);
  });

  test('a token that holds its payload is signed over that', () => {
    expect(of({ alg: 'HS256' }, 'another', 'e30')).toBe(`${head({ alg: 'HS256' })}e30`);
  });
});

test('an unencoded payload stands in its segment, in UTF-8', () => {
  const header = encodeSegment({ alg: 'HS256', b64: false, crit: ['b64'] });
  expect(Buffer.from(signingOctets(decode(`${header}.Grüße.AAAA`))).toString()).toBe(`${header}.Grüße`);
});
