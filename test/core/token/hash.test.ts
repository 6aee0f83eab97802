import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../../src/core/token/hash.ts';

describe('hashOf', () => {
  it.each(['SHA-256', 'SHA-384', 'SHA-512'] as const)('is %s of the octets, whole or by half', async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const hash = createHash(name.replace('-', '')).update(text.toWellFormed()).digest();
        expect(await hashOf(name, text)).toBe(hash.toString('base64url'));
        expect(await hashOf(name, text, true)).toBe(hash.subarray(0, hash.length / 2).toString('base64url'));
      }),
      { numRuns: 20 },
    );
  });
});
