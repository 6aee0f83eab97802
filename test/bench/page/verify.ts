import { importJWK, type JWK, jwtVerify } from 'jose';
import { decode } from '../../../src/core/token/decode.ts';
import { ALGORITHMS } from '../../../src/core/trust/algorithms.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { createVerifier } from '../../../src/core/trust/verify.ts';
import { rounds } from '../rounds.ts';

/** One after the other; the number of those that hold. */
const passOver = async <T>(items: readonly T[], verify: (item: T) => Promise<boolean>): Promise<number> => {
  const start = performance.now();
  let good = 0;
  for (const item of items) if (await verify(item)) good += 1;
  const ms = performance.now() - start;
  if (good !== items.length) throw new Error(`${good} of ${items.length} signatures were verified`);
  return ms;
};

export const run = async (alg: string, tokens: readonly string[], jwk: JWK, count: number) => {
  const text = JSON.stringify(jwk);
  const keys: readonly RingKey[] = [{ id: 'known', text, provenance: 'given', issuer: '', addedAt: 0 }];
  const verify = createVerifier();

  const imported = await importJWK(jwk, alg);
  const key =
    imported instanceof Uint8Array
      ? await crypto.subtle.importKey('raw', imported.slice(), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
      : imported;
  const parameters = ALGORITHMS.get(alg)?.parameters ?? alg;
  const encoder = new TextEncoder();
  const bare = tokens.map((token) => {
    const dot = token.lastIndexOf('.');
    const signature = Uint8Array.fromBase64(token.slice(dot + 1), { alphabet: 'base64url' });
    return { signature, input: encoder.encode(token.slice(0, dot)) };
  });

  return rounds(
    {
      // Decoded anew for each pass: the answer to one that was seen before is remembered.
      claimcheck: () =>
        passOver(tokens.map(decode), async (decoded) => (await verify(decoded, keys)).state === 'verified'),
      bare: () => passOver(bare, ({ signature, input }) => crypto.subtle.verify(parameters, key, signature, input)),
      jose: () => passOver(tokens, async (token) => (await jwtVerify(token, imported)).payload !== undefined),
    },
    count,
  );
};
