import { importJWK, type JWK, jwtVerify } from 'jose';
import { decode } from '../../../src/core/token/decode.ts';
import { ALGORITHMS } from '../../../src/core/trust/algorithms.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { createVerifier } from '../../../src/core/trust/verify.ts';
import { rounds } from '../rounds.ts';

/** As many as the panel verifies at once (src/panel/model/signatures.ts). */
const BATCH = 64;

/** The ms that it takes to verify all, `size` of them at a time; every one must hold. */
const passOver = async <T>(
  items: readonly T[],
  verify: (item: T) => Promise<unknown>,
  holds: (answer: unknown) => boolean,
  size = 1,
): Promise<number> => {
  const answers: unknown[] = [];
  const start = performance.now();
  if (size === 1) for (const item of items) answers.push(await verify(item));
  else {
    for (let at = 0; at < items.length; at += size) {
      answers.push(...(await Promise.all(items.slice(at, at + size).map(verify))));
    }
  }
  const ms = performance.now() - start;
  const good = answers.filter(holds).length;
  if (good !== items.length || good === 0) throw new Error(`${good} of ${items.length} signatures were verified`);
  return ms;
};

const isTrue = (answer: unknown): boolean => answer === true;
const isVerified = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'state' in answer && answer.state === 'verified';
const isRead = (answer: unknown): boolean => typeof answer === 'object' && answer !== null && 'payload' in answer;

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
  const octetsOf = (token: string) => {
    const dot = token.lastIndexOf('.');
    const signature = Uint8Array.fromBase64(token.slice(dot + 1), { alphabet: 'base64url' });
    return { signature, input: encoder.encode(token.slice(0, dot)) };
  };
  const octets = tokens.map(octetsOf);
  const bareVerify = ({ signature, input }: ReturnType<typeof octetsOf>) =>
    crypto.subtle.verify(parameters, key, signature, input);

  // Decoded anew for each pass, and before it: the answer to one that was seen is remembered.
  const passes = Array.from({ length: count + 1 }, () => tokens.map(decode));

  return rounds(
    {
      claimcheck: () => passOver(passes.pop() ?? [], (decoded) => verify(decoded, keys), isVerified, BATCH),
      bare: () => passOver(octets, bareVerify, isTrue),
      batched: () => passOver(octets, bareVerify, isTrue, BATCH),
      fromText: () => passOver(tokens, (token) => bareVerify(octetsOf(token)), isTrue, BATCH),
      jose: () => passOver(tokens, (token) => jwtVerify(token, imported), isRead),
    },
    count,
  );
};
