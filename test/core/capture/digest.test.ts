import { expect, test } from 'vitest';
import { digest } from '../../../src/core/capture/digest.ts';
import { digest as digestAtOnce } from '../../../src/core/capture/token-id.ts';

test.each(['', 'eyJhbGciOiJIUzI1NiJ9.e30.x', 'Grüße 👋'])(
  '%j has the same name in the background and in pages',
  async (text) => {
    expect(await digest(text)).toBe(digestAtOnce(text));
  },
);
