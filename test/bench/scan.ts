import { type Figure, faster, longer } from './figure.ts';
import { ordinaryJson, ordinaryText } from './ordinary-text.ts';
import type { Times } from './rounds.ts';
import { runInPage } from './run-in-page.ts';
import { makeTokens } from './tokens.ts';

const ORDINARY_LENGTH = 10_000_000;
const HOSTILE_LENGTH = 500_000;
const ROUNDS = 31;
const PATH = '/ordinary';

const HEADER = 'eyJhbGciOiJIUzI1NiJ9';
const HOSTILE = ['eyJ', 'eyJ.', 'eyJ.eyJ.', HEADER, `${HEADER}.`, `${HEADER}.e30.`, 'eyJhbGciOi.', 'ewogICJh'];

/** Ordinary bodies, each of its type: JSON without a token, as most is, and with 20; and the text as HTML and as a script. */
const BODIES = [
  ['/plain.json', 'application/json'],
  ['/tokens.json', 'application/json'],
  ['/ordinary', 'text/html'],
  ['/ordinary', 'text/javascript'],
] as const;
const HOSTILE_BODIES = [
  ['"eyJ', 'application/json'],
  [`"${HEADER}.e30.x",`, 'application/json'],
  ['"[\\"eyJ', 'application/json'],
  ['[{"eyJa":', 'application/json'],
  [`<script type=json>${HEADER}.e30.x`, 'text/html'],
  ['<input value=eyJ', 'text/html'],
  ['a=%22eyJ&', 'application/x-www-form-urlencoded'],
  ['--x\r\n\r\neyJ', 'multipart/form-data; boundary=x'],
  ['data: "eyJ\n', 'text/event-stream'],
] as const;

interface Hostile {
  readonly once: Times;
  readonly twice: Times;
  readonly fourTimes: Times;
}

interface Answer {
  readonly ordinary: {
    readonly claimcheck: Times;
    readonly pass: Times;
    readonly length: number;
    readonly found: number;
  };
  readonly hostile: readonly Hostile[];
  readonly bodies: readonly (Answer['ordinary'] & { readonly parse: Times })[];
  readonly hostileBodies: readonly Hostile[];
}

const doublings = (what: string, { once, twice, fourTimes }: Hostile): readonly Figure[] => [
  longer(`${what}, 1 MB`, '0.5 MB', twice, once, { atMost: 2.2 }),
  longer(`${what}, 2 MB`, '1 MB', fourTimes, twice, { atMost: 2.2 }),
];

/** The search for tokens in ordinary text and in text that was made to hold it up, in Chromium. */
export const measureScan = async (): Promise<readonly Figure[]> => {
  const tokens = await makeTokens(20);
  const { ordinary, hostile, bodies, hostileBodies } = await runInPage<readonly unknown[], Answer>(
    'scan',
    [PATH, HOSTILE, BODIES, HOSTILE_BODIES, HOSTILE_LENGTH, ROUNDS],
    {
      [PATH]: { type: 'text/plain', body: ordinaryText(ORDINARY_LENGTH, tokens) },
      '/plain.json': { type: 'application/json', body: ordinaryJson(ORDINARY_LENGTH, []) },
      '/tokens.json': { type: 'application/json', body: ordinaryJson(ORDINARY_LENGTH, tokens) },
    },
  );
  const megabytes = { what: `scan 10 MB of text, ${ordinary.found} tokens`, items: ordinary.length / 1e6, unit: 'MB' };
  return [
    faster(megabytes, 'one pass of /eyJ/g', ordinary.claimcheck, ordinary.pass, { atLeast: 0.8 }),
    ...hostile.flatMap((times, at) => doublings(`scan ${HOSTILE[at]} repeated`, times)),
    ...bodies.flatMap(({ claimcheck, pass, parse, length, found }, at) => {
      const what = { what: `read a body, ${BODIES[at]?.[1]}, ${found} tokens`, items: length / 1e6, unit: 'MB' };
      // A path is more than a scan gives: to know it, all brackets before the token must be looked at.
      const withPaths = BODIES[at]?.[1] === 'application/json' && found > 0;
      return withPaths
        ? [faster(what, 'JSON.parse', claimcheck, parse), faster(what, 'one pass of /eyJ/g', claimcheck, pass)]
        : [faster(what, 'one pass of /eyJ/g', claimcheck, pass, { atLeast: 0.8 })];
    }),
    ...hostileBodies.flatMap((times, at) => {
      const [piece = '', mimeType = ''] = HOSTILE_BODIES[at] ?? [];
      return doublings(`read ${JSON.stringify(piece)} repeated as ${mimeType}`, times);
    }),
  ];
};
