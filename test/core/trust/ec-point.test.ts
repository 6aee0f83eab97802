import { ECDH, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPoint } from '../../../src/core/trust/ec-point.ts';

const CURVES = [
  ['P-256', 'prime256v1'],
  ['P-384', 'secp384r1'],
  ['P-521', 'secp521r1'],
  ['secp256k1', 'secp256k1'],
] as const;

const makePoint = (namedCurve: string) => {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' });
  return { x, y, octets: Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]) };
};
const read = (curve: string, octets: Uint8Array) => {
  const point = readPoint(curve, new Uint8Array(octets));
  const text = (part: Uint8Array) => Buffer.from(part).toString('base64url');
  return point && { x: text(point.x), y: text(point.y) };
};

describe.each(CURVES)('%s', (curve, name) => {
  test.each(['compressed', 'uncompressed', 'hybrid'] as const)('%s', (form) => {
    // Both parities of y come up: of 16 points, all of one has a chance of 1 in 32,768, and then nothing fails.
    for (let round = 0; round < 16; round++) {
      const { octets, x, y } = makePoint(name);
      const written = ECDH.convertKey(octets, name, undefined, undefined, form);
      expect(read(curve, Buffer.from(written))).toEqual({ x, y });
    }
  });

  test('an x that no point has', () => {
    const { octets } = makePoint(name);
    const compressed = Buffer.from(ECDH.convertKey(octets, name, undefined, undefined, 'compressed'));
    const isPoint = (point: Buffer): boolean => {
      try {
        ECDH.convertKey(point, name);
        return true;
      } catch {
        return false;
      }
    };
    const answers = new Set<boolean>();
    for (let last = 0; last < 32; last++) {
      compressed[compressed.length - 1] = last;
      expect(read(curve, compressed) !== undefined).toBe(isPoint(compressed));
      answers.add(isPoint(compressed));
    }
    expect(answers.size).toBe(2);
  });

  test('an x beyond the field', () => {
    const { octets } = makePoint(name);
    const size = (octets.length - 1) / 2;
    expect(read(curve, Buffer.concat([Buffer.of(2), Buffer.alloc(size, 0xff)]))).toBeUndefined();
  });

  test('any octets: a point, or undefined', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 140 }), (octets) => void read(curve, octets)));
  });
});

test('a length of another curve', () => {
  expect(read('P-384', makePoint('prime256v1').octets)).toBeUndefined();
  expect(read('P-999', makePoint('prime256v1').octets)).toBeUndefined();
  expect(read('P-256', new Uint8Array())).toBeUndefined();
});
