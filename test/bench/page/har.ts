import { readFile } from '../../../src/core/report/import/read-file.ts';
import type { ReadableFile } from '../../../src/core/report/import/reader.ts';
import { harMaker } from '../har-file.ts';
import { rounds, timed } from '../rounds.ts';

/** Octets that a Blob's stream gives at once. */
const CHUNK = 2 * 1024 * 1024;

/** Reads it as the worker does; gives how many records were in it. */
const read = async (file: ReadableFile): Promise<number> => {
  const pieces = readFile(file, 0);
  let records = 0;
  for (;;) {
    const { done, value } = await pieces.next();
    if (done) return records;
    records += value.records.length;
  }
};

const timedAsync = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** A file that is in memory, as a parser is handed its text. */
const inMemory = (octets: Uint8Array<ArrayBuffer>): ReadableFile => ({
  async *stream() {
    for (let at = 0; at < octets.length; at += CHUNK) yield octets.subarray(at, at + CHUNK);
  },
});

/** Our reader beside JSON.parse of the same text: of octets in memory, and of a Blob, which the browser hands over slowly. */
export const run = async (
  textPath: string,
  jsonPath: string,
  tokens: readonly string[],
  length: number,
  count: number,
) => {
  const [text, json] = await Promise.all([textPath, jsonPath].map(async (path) => (await fetch(path)).text()));
  const har = [...harMaker({ text: text ?? '', json: json ?? '', tokens })(length)].join('');
  const octets = new TextEncoder().encode(har);
  const file = new Blob([octets]);
  const times = await rounds(
    {
      claimcheck: () => timedAsync(() => read(inMemory(octets))),
      parse: () => timed(() => JSON.parse(har)),
      claimcheckBlob: () => timedAsync(() => read(file)),
      parseBlob: () => timedAsync(async () => JSON.parse(await file.text())),
    },
    count,
  );
  return { ...times, length: file.size, records: await read(file) };
};
