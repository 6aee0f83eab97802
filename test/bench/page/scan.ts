import { tokensInBody } from '../../../src/core/capture/bodies.ts';
import { findTokens } from '../../../src/core/capture/find.ts';
import { rounds, timed } from '../rounds.ts';

const JSON_TYPE = 'application/json';

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

/** A body as it is read when it arrives: what it is is told by its type, and JSON's paths cost what they cost. */
const body = async (path: string, mimeType: string, count: number) => {
  const text = await (await fetch(path)).text();
  const read = () => tokensInBody(text, { kind: 'response_body', mimeType });
  const times = await rounds(
    {
      claimcheck: () => timed(read),
      pass: () => timed(() => pass(text)),
      parse: () => timed(() => mimeType === JSON_TYPE && JSON.parse(text)),
    },
    count,
  );
  return { ...times, length: text.length, found: read().found.length };
};

/** The same piece over and over, once, twice and four times as much. */
const hostile = (piece: string, length: number, count: number, work: (text: string) => unknown) => {
  const textOf = (times: number) => piece.repeat(Math.floor((length * times) / piece.length));
  const [once, twice, fourTimes] = [textOf(1), textOf(2), textOf(4)];
  return rounds(
    {
      once: () => timed(() => work(once)),
      twice: () => timed(() => work(twice)),
      fourTimes: () => timed(() => work(fourTimes)),
    },
    count,
  );
};

export const run = async (
  path: string,
  pieces: readonly string[],
  bodies: readonly (readonly [path: string, mimeType: string])[],
  bodyPieces: readonly (readonly [piece: string, mimeType: string])[],
  length: number,
  count: number,
) => {
  const answer = {
    ordinary: await ordinary(path, count),
    hostile: [] as Awaited<ReturnType<typeof hostile>>[],
    bodies: [] as Awaited<ReturnType<typeof body>>[],
    hostileBodies: [] as Awaited<ReturnType<typeof hostile>>[],
  };
  for (const piece of pieces) answer.hostile.push(await hostile(piece, length, count, findTokens));
  for (const [at, mimeType] of bodies) answer.bodies.push(await body(at, mimeType, count));
  for (const [piece, mimeType] of bodyPieces) {
    const read = (text: string) => tokensInBody(text, { kind: 'response_body', mimeType });
    answer.hostileBodies.push(await hostile(piece, length, count, read));
  }
  return answer;
};
