import { type Figure, faster, longer } from './figure.ts';
import { ordinaryText } from './ordinary-text.ts';
import type { Times } from './rounds.ts';
import { runInPage } from './run-in-page.ts';
import { makeTokens } from './tokens.ts';

const ORDINARY_LENGTH = 10_000_000;
const HOSTILE_LENGTH = 500_000;
const ROUNDS = 31;
const PATH = '/ordinary';

const HEADER = 'eyJhbGciOiJIUzI1NiJ9';
const HOSTILE = ['eyJ', 'eyJ.', 'eyJ.eyJ.', HEADER, `${HEADER}.`, `${HEADER}.e30.`, 'eyJhbGciOi.', 'ewogICJh'];

interface Answer {
  readonly ordinary: {
    readonly claimcheck: Times;
    readonly pass: Times;
    readonly length: number;
    readonly found: number;
  };
  readonly hostile: readonly { readonly once: Times; readonly twice: Times; readonly fourTimes: Times }[];
}

/** The search for tokens in ordinary text and in text that was made to hold it up, in Chromium. */
export const measureScan = async (): Promise<readonly Figure[]> => {
  const body = ordinaryText(ORDINARY_LENGTH, await makeTokens(20));
  const { ordinary, hostile } = await runInPage<readonly unknown[], Answer>(
    'scan',
    [PATH, HOSTILE, HOSTILE_LENGTH, ROUNDS],
    { [PATH]: { type: 'text/plain', body } },
  );
  const megabytes = { what: `scan 10 MB of text, ${ordinary.found} tokens`, items: ordinary.length / 1e6, unit: 'MB' };
  return [
    faster(megabytes, 'one pass of /eyJ/g', ordinary.claimcheck, ordinary.pass, { atLeast: 0.8 }),
    ...hostile.flatMap(({ once, twice, fourTimes }, at) => {
      const what = `scan ${HOSTILE[at]} repeated`;
      return [
        longer(`${what}, 1 MB`, '0.5 MB', twice, once, { atMost: 2.2 }),
        longer(`${what}, 2 MB`, '1 MB', fourTimes, twice, { atMost: 2.2 }),
      ];
    }),
  ];
};
