import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  MAX_ANSWER,
  parseDatabasesAnswer,
  parseJar,
  parsePageAnswer,
} from '../../../src/core/capture/stores-answer.ts';

const ITEM = { kind: 'indexed_db', origin: 'https://app.test', name: 'a / b / c', value: 'v' };
const PAGE = {
  frames: [{ url: 'https://app.test/', origin: 'https://app.test', cookies: '' }],
  items: [ITEM],
  dropped: 0,
  unreadable: [{ origin: 'https://app.test', store: 'local_storage' }],
  foreign: [''],
};
const PART = { items: [ITEM], dropped: 2, done: true, failed: false };
const COOKIE = {
  name: 'a',
  value: 'b',
  domain: 'app.test',
  hostOnly: true,
  path: '/',
  secure: true,
  httpOnly: true,
};

test('what the page told', () => {
  expect(parsePageAnswer(JSON.stringify(PAGE))).toEqual(PAGE);
  expect(parseDatabasesAnswer(JSON.stringify(PART))).toEqual(PART);
});

test.each(['', 'null', 'file://', 'http://[::1]:8080', 'https://xn--bcher-kva.test', 'moz-extension://0-a'])(
  'an origin as browsers write it: %j',
  (origin) => {
    expect(parsePageAnswer(JSON.stringify({ ...PAGE, foreign: [origin] }))).toBeDefined();
  },
);

test.each([
  undefined,
  null,
  '',
  'null',
  '{}',
  '[',
  PAGE,
  JSON.stringify({ ...PAGE, items: [{ ...ITEM, kind: 'cookie' }] }),
  JSON.stringify({ ...PAGE, items: [{ ...ITEM, value: {} }] }),
  JSON.stringify({ ...PAGE, dropped: -1 }),
  JSON.stringify({ ...PAGE, foreign: ['https://app.test/\u202E'] }),
  JSON.stringify({ ...PAGE, items: [{ ...ITEM, origin: 'Sign in again.' }] }),
  JSON.stringify({ ...PAGE, unreadable: [{ origin: '', store: 'constructor' }] }),
])('anything else is no answer: %j', (answer) => {
  expect(parsePageAnswer(answer)).toBeUndefined();
  expect(parseDatabasesAnswer(answer)).toBeUndefined();
});

test('a page that answers without end is not read', () => {
  expect(parsePageAnswer(JSON.stringify(PAGE).padEnd(MAX_ANSWER))).toBeDefined();
  expect(parsePageAnswer(JSON.stringify(PAGE).padEnd(MAX_ANSWER + 1))).toBeUndefined();
});

test('a page that claims more documents, or more values, than it was asked for is not believed', () => {
  const [frame] = PAGE.frames;
  const [store] = PAGE.unreadable;
  const many = <T>(one: T, count: number): readonly T[] => Array.from({ length: count }, () => one);
  for (const [most, claims] of [
    [64, (count: number) => ({ frames: many(frame, count) })],
    [1_000, (count: number) => ({ items: many(ITEM, count) })],
    [128, (count: number) => ({ unreadable: many(store, count) })],
    [64, (count: number) => ({ foreign: many('', count) })],
  ] as const) {
    expect(parsePageAnswer(JSON.stringify({ ...PAGE, ...claims(most) }))).toBeDefined();
    expect(parsePageAnswer(JSON.stringify({ ...PAGE, ...claims(most + 1) }))).toBeUndefined();
  }
  expect(parseDatabasesAnswer(JSON.stringify({ ...PART, items: many(ITEM, 1_001) }))).toBeUndefined();
});

test('cookies of either browser; a jar that is closed is not an empty one', () => {
  const firefox = { ...COOKIE, firstPartyDomain: '', partitionKey: null, sameSite: 'lax', session: true };
  expect(parseJar([COOKIE, firefox])).toMatchObject([COOKIE, { sameSite: 'lax', partitionKey: null }]);
  expect(parseJar([])).toEqual([]);
  expect(parseJar(undefined)).toBeUndefined();
  expect(parseJar([{ ...COOKIE, httpOnly: 'yes' }])).toBeUndefined();
});

test('never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.json()), (answer) => {
      expect(parsePageAnswer(answer)).toBeUndefined();
      expect(parseDatabasesAnswer(answer)).toBeUndefined();
      parseJar(answer);
    }),
  );
});
