import { type Figure, faster } from './figure.ts';
import { ordinaryJson, ordinaryText } from './ordinary-text.ts';
import type { Times } from './rounds.ts';
import { runInPage } from './run-in-page.ts';
import { makeTokens } from './tokens.ts';

const LENGTH = 100_000_000;
const ROUNDS = 11;
const TEXT_LENGTH = 10_000_000;
const JSON_LENGTH = 1_000_000;

interface Answer {
  readonly claimcheck: Times;
  readonly parse: Times;
  readonly decodeAndParse: Times;
  readonly length: number;
  readonly records: number;
}

/** The reading of a large HAR in Chromium. */
export const measureHar = async (): Promise<readonly Figure[]> => {
  const tokens = await makeTokens(20);
  const [text, json] = [ordinaryText(TEXT_LENGTH, []), ordinaryJson(JSON_LENGTH, [])];
  const { claimcheck, parse, decodeAndParse, length, records } = await runInPage<readonly unknown[], Answer>(
    'har',
    ['/text', '/json', tokens, LENGTH, ROUNDS],
    { '/text': { type: 'text/plain', body: text }, '/json': { type: 'application/json', body: json } },
  );
  const megabytes = { what: `import a 100 MB HAR, ${records} records`, items: length / 1e6, unit: 'MB' };
  return [
    faster(megabytes, 'JSON.parse of its text', claimcheck, parse, { atLeast: 0.5 }),
    faster(megabytes, 'its Blob as text, and JSON.parse of that', claimcheck, decodeAndParse),
  ];
};
