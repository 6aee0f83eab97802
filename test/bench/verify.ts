import { pairFor, publicJwk } from '../fixtures/keys.ts';
import { SECRET } from '../fixtures/tokens.ts';
import { type Figure, faster } from './figure.ts';
import type { Times } from './rounds.ts';
import { runInPage } from './run-in-page.ts';
import { makeTokens } from './tokens.ts';

const TOKENS = 2000;
const ROUNDS = 9;
const ALGORITHMS = ['HS256', 'RS256', 'ES256', 'Ed25519'];

const jwkFor = (alg: string) =>
  alg === 'HS256' ? { kty: 'oct', k: Buffer.from(SECRET).toString('base64url') } : publicJwk(pairFor(alg));

type Contender = 'claimcheck' | 'bare' | 'batched' | 'fromText' | 'jose';

const measureOne = async (alg: string): Promise<readonly Figure[]> => {
  const times: Record<Contender, Times> = await runInPage('verify', [
    ...[alg, await makeTokens(TOKENS, alg)],
    ...[jwkFor(alg), ROUNDS],
  ]);
  const beside = { what: `verify ${TOKENS} tokens, ${alg}`, items: TOKENS, unit: 'tokens' };
  const peer = alg === 'HS256' ? 'jwtVerify, raw secret' : 'jwtVerify, CryptoKey';
  return [
    faster(beside, 'subtle.verify alone', times.claimcheck, times.bare, { atLeast: 0.9 }),
    faster(beside, 'the same, 64 at once', times.claimcheck, times.batched),
    // What is signed and the signature are text, and whoever verifies has to make octets of them.
    faster(beside, 'the same, from the text', times.claimcheck, times.fromText),
    faster(beside, peer, times.claimcheck, times.jose, { atLeast: 2 }),
  ];
};

/** The whole answer for every token, with the one key that verifies them all, in Chromium: as many at once as in the panel. */
export const measureVerify = async (): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const alg of ALGORITHMS) figures.push(...(await measureOne(alg)));
  return figures;
};
