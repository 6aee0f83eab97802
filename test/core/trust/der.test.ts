import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inside, oid, readDer, TAG, unsigned } from '../../../src/core/trust/der.ts';

const der = (hex: string) => readDer(Uint8Array.fromHex(hex));

test('elements one after the other', () => {
  expect(der('0201050400')?.map(({ tag, content }) => [tag, content.toHex()])).toEqual([
    [TAG.integer, '05'],
    [TAG.octets, ''],
  ]);
});

test('a length of several octets', () => {
  expect(der(`048200c8${'ab'.repeat(200)}`)?.[0]?.content).toHaveLength(200);
});

test.each([
  ['cut inside', '020305'],
  ['cut before the length', '02'],
  ['cut inside the length', '0482'],
  ['of indefinite length', '30800000'],
  ['of an absurd length', '0484ffffffff'],
])('what is %s is not DER', (_, hex) => {
  expect(der(hex)).toBeUndefined();
});

test('what stands inside', () => {
  expect(inside(der('3003020105')?.[0]).map(({ tag }) => tag)).toEqual([TAG.integer]);
  expect(inside(undefined)).toEqual([]);
});

test.each([
  ['06092a864886f70d010101', '1.2.840.113549.1.1.1'],
  ['06032b6570', '1.3.101.112'],
  ['0609608648016503040311', '2.16.840.1.101.3.4.3.17'],
  ['0600', ''],
  ['020105', ''],
  [`0641${'01'.repeat(65)}`, ''],
])('the object identifier %s', (hex, dotted) => {
  expect(oid(der(hex)?.[0])).toBe(dotted);
});

test('an integer without the zeros that keep it positive', () => {
  expect(unsigned(der('02020080')?.[0]).toHex()).toBe('80');
  expect(unsigned(der('020100')?.[0])).toHaveLength(0);
});

test('any octets: elements that fit inside them, or undefined', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const read = readDer(new Uint8Array(bytes)) ?? [];
      const length = read.reduce((sum, { content }) => sum + content.length + 2, 0);
      expect(length).toBeLessThanOrEqual(bytes.length);
    }),
  );
});
