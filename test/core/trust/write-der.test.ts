import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inside, oid, readDer, TAG, unsigned } from '../../../src/core/trust/der.ts';
import { bitString, element, integer, joined, objectId, sequence } from '../../../src/core/trust/write-der.ts';

const octets = fc.uint8Array({ maxLength: 400 }).map((bytes) => new Uint8Array(bytes));

describe('what is written is read', () => {
  test('elements of any length', () => {
    fc.assert(
      fc.property(octets, octets, (one, other) => {
        const [read, ...more] = readDer(element(TAG.octets, one, other)) ?? [];
        expect(more).toEqual([]);
        expect(read).toEqual({ tag: TAG.octets, content: joined(one, other) });
      }),
    );
  });

  test('a sequence of them', () => {
    expect(inside(readDer(sequence(integer(Uint8Array.of(5)), bitString(Uint8Array.of(6))))?.[0])).toEqual([
      { tag: TAG.integer, content: Uint8Array.of(5) },
      { tag: TAG.bits, content: Uint8Array.of(0, 6) },
    ]);
  });

  test.each(['1.2.840.113549.1.1.10', '1.3.101.112', '2.16.840.1.101.3.4.3.17', '1.3.132.0.10'])('%s', (id) => {
    expect(oid(readDer(objectId(id))?.[0])).toBe(id);
  });

  test('positive numbers, in as few octets as they take', () => {
    fc.assert(
      fc.property(octets, (number) => {
        const [read] = readDer(integer(number)) ?? [];
        const start = number.findIndex((byte) => byte !== 0);
        expect(unsigned(read)).toEqual(start < 0 ? new Uint8Array() : number.subarray(start));
        expect((read?.content[0] ?? 0) & 0x80).toBe(0);
      }),
    );
  });
});

test.each([
  ['nothing', integer(new Uint8Array()), '020100'],
  ['zeros before', integer(Uint8Array.of(0, 0, 127)), '02017f'],
  ['a first bit', integer(Uint8Array.of(128)), '02020080'],
  ['127 octets', element(4, new Uint8Array(127)).subarray(0, 3), '047f00'],
  ['128 octets', element(4, new Uint8Array(128)).subarray(0, 3), '048180'],
  ['256 octets', element(4, new Uint8Array(256)).subarray(0, 4), '04820100'],
  ['ASN.1 NULL', element(5), '0500'],
])('%s', (_, written, hex) => {
  expect(Buffer.from(written).toString('hex')).toBe(hex);
});
