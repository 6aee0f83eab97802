import { readFile } from '../../../src/core/report/import/read-file.ts';
import { harPieces } from '../har-file.ts';
import { rounds, timed } from '../rounds.ts';

/** Reads it as the worker does; gives how many records were in it. */
const read = async (file: Blob): Promise<number> => {
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

/** Our reader, from a Blob as the panel has it, beside JSON.parse of the same text, which is decoded already. */
export const run = async (
  textPath: string,
  jsonPath: string,
  tokens: readonly string[],
  length: number,
  count: number,
) => {
  const [text, json] = await Promise.all([textPath, jsonPath].map(async (path) => (await fetch(path)).text()));
  const har = [...harPieces({ text: text ?? '', json: json ?? '', tokens }, length)].join('');
  const file = new Blob([har]);
  const times = await rounds(
    {
      claimcheck: () => timedAsync(() => read(file)),
      parse: () => timed(() => JSON.parse(har)),
      decodeAndParse: () => timedAsync(async () => JSON.parse(await file.text())),
    },
    count,
  );
  return { ...times, length: file.size, records: await read(file) };
};
