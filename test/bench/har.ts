// Node 20 lacks what the reader makes base64 with, and both browsers have.
import 'core-js/actual/typed-array/from-base64.js';
import 'core-js/actual/typed-array/to-base64.js';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CaptureRecord } from '../../src/core/capture/records.ts';
import { readFile } from '../../src/core/report/import/read-file.ts';
import { type Figure, faster, within } from './figure.ts';
import { harMaker, type Stuff } from './har-file.ts';
import { ordinaryJson, ordinaryText } from './ordinary-text.ts';
import type { Times } from './rounds.ts';
import { runInPage } from './run-in-page.ts';
import { makeTokens } from './tokens.ts';

const LENGTH = 100_000_000;
const ROUNDS = 11;
const TEXT_LENGTH = 10_000_000;
const JSON_LENGTH = 1_000_000;
const STREAMED = 500_000_000;
/** Characters of what is streamed at once. */
const CHUNK = 1_000_000;
/** MB that reading may take beyond what is kept: a few blocks, and what was made of them and is not yet collected. */
const MAX_GROWTH = 32;
const MEGABYTE = 1_000_000;

interface Answer {
  readonly claimcheck: Times;
  readonly parse: Times;
  readonly claimcheckBlob: Times;
  readonly parseBlob: Times;
  readonly length: number;
  readonly records: number;
}

/** Octets in use, once what is not was collected. */
const inUse = (): number => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

async function* streamed(har: ReturnType<typeof harMaker>): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  let chunk = '';
  for (const piece of har(STREAMED)) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield new TextEncoder().encode(chunk);
    chunk = '';
  }
  yield new TextEncoder().encode(chunk);
}

/** Reads a HAR that is nowhere as a whole; gives the most that was in use meanwhile, and what is kept of it in the end. */
const measureHeap = async (stuff: Stuff): Promise<readonly Figure[]> => {
  const har = harMaker(stuff);
  // Once, for what the maker keeps.
  for (const _ of har(LENGTH));
  const before = inUse();
  const kept: CaptureRecord[] = [];
  const pieces = readFile({ stream: () => streamed(har) }, 0);
  let [most, next] = [0, 0];
  for (;;) {
    const { done, value } = await pieces.next();
    if (done) break;
    kept.push(...value.records);
    if (value.read < next) continue;
    most = Math.max(most, inUse() - before);
    next += STREAMED / 20;
  }
  const after = inUse() - before;
  const what = `heap while a 500 MB HAR is read, beyond its ${kept.length} records`;
  return [
    within(what, 'MB', Math.max(0, most - after) / MEGABYTE, MAX_GROWTH),
    within('heap after it, with them', 'MB', after / MEGABYTE, MAX_GROWTH),
  ];
};

/** The reading of large HARs: how long it takes in Chromium, and how much memory in Node. */
export const measureHar = async (): Promise<readonly Figure[]> => {
  const tokens = await makeTokens(20);
  const stuff = { text: ordinaryText(TEXT_LENGTH, []), json: ordinaryJson(JSON_LENGTH, []), tokens };
  const { claimcheck, parse, claimcheckBlob, parseBlob, length, records } = await runInPage<readonly unknown[], Answer>(
    'har',
    ['/text', '/json', tokens, LENGTH, ROUNDS],
    { '/text': { type: 'text/plain', body: stuff.text }, '/json': { type: 'application/json', body: stuff.json } },
  );
  const import100 = { what: `import a 100 MB HAR, ${records} records`, items: length / MEGABYTE, unit: 'MB' };
  const fromBlob = { ...import100, what: 'the same out of a Blob' };
  return [
    faster(import100, 'JSON.parse of its text', claimcheck, parse, { atLeast: 0.5 }),
    faster(fromBlob, 'JSON.parse of what Blob.text() gives', claimcheckBlob, parseBlob),
    ...(await measureHeap(stuff)),
  ];
};
