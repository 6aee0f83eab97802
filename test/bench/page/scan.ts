import { findTokens } from '../../../src/core/capture/find.ts';
import { rounds, timed } from '../rounds.ts';

/** One pass, with nothing done at a hit: the least that any search for tokens does. */
const pass = (text: string): number => {
  const pattern = /eyJ/g;
  let hits = 0;
  while (pattern.test(text)) hits += 1;
  return hits;
};

const ordinary = async (path: string, count: number) => {
  const text = await (await fetch(path)).text();
  const times = await rounds(
    { claimcheck: () => timed(() => findTokens(text)), pass: () => timed(() => pass(text)) },
    count,
  );
  return { ...times, length: text.length, found: findTokens(text).length };
};

/** The same piece over and over, once, twice and four times as much. */
const hostile = (piece: string, length: number, count: number) => {
  const textOf = (times: number) => piece.repeat(Math.floor((length * times) / piece.length));
  const [once, twice, fourTimes] = [textOf(1), textOf(2), textOf(4)];
  return rounds(
    {
      once: () => timed(() => findTokens(once)),
      twice: () => timed(() => findTokens(twice)),
      fourTimes: () => timed(() => findTokens(fourTimes)),
    },
    count,
  );
};

export const run = async (path: string, pieces: readonly string[], length: number, count: number) => {
  const answer = { ordinary: await ordinary(path, count), hostile: [] as Awaited<ReturnType<typeof hostile>>[] };
  for (const piece of pieces) answer.hostile.push(await hostile(piece, length, count));
  return answer;
};
