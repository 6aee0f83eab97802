import { type Figure, faster } from './figure.ts';
import type { Times } from './rounds.ts';
import { runInPage } from './run-in-page.ts';
import { makeTokens } from './tokens.ts';

const TOKENS = 2000;
/** A pass over all of them is longer than what the system gives a process at once, and would count others' work. */
const PASSES = 4;
const ROUNDS = 200;

/** Header and payload of one token after the other, read in Chromium. */
export const measureDecode = async (): Promise<readonly Figure[]> => {
  const times: Record<'claimcheck' | 'bare' | 'jose' | 'jwtDecode', Times> = await runInPage('decode', [
    await makeTokens(TOKENS),
    ...[TOKENS / PASSES, ROUNDS],
  ]);
  const beside = { what: 'decode header and payload', items: TOKENS / PASSES, unit: 'tokens' };
  return [
    faster(beside, 'jwt-decode', times.claimcheck, times.jwtDecode, { atLeast: 10 }),
    faster(beside, 'jose', times.claimcheck, times.jose),
    faster(beside, 'fromBase64 + JSON.parse', times.claimcheck, times.bare, { atLeast: 0.9 }),
  ];
};
