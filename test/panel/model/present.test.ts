// @vitest-environment happy-dom
/** By what time a log is judged: the live one as of now, one out of a file as of its own time, unless it is switched. */
import { signal } from '@preact/signals';
import { afterEach, expect, test, vi } from 'vitest';
import '../one-slice.ts';
import type { CaptureRecord } from '../../../src/core/capture/records.ts';
import type { Imported } from '../../../src/panel/model/imported.ts';
import { createModel, type Model } from '../../../src/panel/model/model.ts';
import { presentOf } from '../../../src/panel/model/present.ts';
import { createFakeSource, NOW } from '../../fixtures/fake-source.ts';
import { hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { exchangeRecord, seen, sightingRecord, tokenRecord } from '../records.ts';

const DAY = 86_400_000;
const THEN = NOW - 7 * DAY;

const importedFile = (): Imported => {
  const isThen = signal(true);
  return {
    ...{ name: 'a.har', size: 1, read: signal(1), state: signal('read'), end: signal(undefined) },
    isDated: signal(true),
    isThen,
    stop: () => undefined,
    judgeThen(then) {
      isThen.value = then;
    },
  };
};

let model: Model | undefined;
afterEach(() => model?.dispose());

const token = hmacToken(SECRET, { payload: { sub: 'a', iat: THEN / 1000, exp: THEN / 1000 + 600 } });

const setUp = async (records: readonly CaptureRecord[], imported?: Imported) => {
  const made = createModel(createFakeSource({ records }).source, imported);
  model = made;
  const entry = await vi.waitFor(() => {
    const [first] = made.log.entries.value;
    if (!first?.place) throw new Error('not yet');
    return first;
  });
  return { model: made, entry, state: () => made.timeOf(entry, made.moment(entry)).state };
};

test('live, a token is judged as of now', async () => {
  const { model, entry, state } = await setUp(seen(token, { start: THEN }));
  expect(model.moment(entry)).toBe(NOW);
  expect(model.moment(entry, 5)).toBe(5);
  expect(state()).toBe('expired');
  expect(presentOf(model).value).toBe(NOW);
});

test('out of a file, as of the newest request that sent it, until it is switched to now and back', async () => {
  const imported = importedFile();
  const later = exchangeRecord('later', { start: THEN + 5000, end: THEN + 9000 });
  const records = [...seen(token, { start: THEN }), later, sightingRecord(token, 'later')];
  const { model, entry, state } = await setUp(records, imported);
  expect(model.moment(entry)).toBe(THEN + 5000);
  expect(model.moment(entry, NOW)).toBe(THEN + 5000);
  expect([state(), model.expired.value]).toEqual(['valid', 0]);
  expect(presentOf(model).value).toBe(THEN + 9000);
  model.setFilter('is:expired');
  expect(model.shown.value).toHaveLength(0);
  imported.judgeThen(false);
  expect([state(), model.expired.value, model.moment(entry)]).toEqual(['expired', 1, NOW]);
  expect(model.shown.value).toHaveLength(1);
  expect(presentOf(model).value).toBe(NOW);
  imported.judgeThen(true);
  expect(state()).toBe('valid');
});

test('of a token that was only answered, as of the answer; of one that no request carried, as of when it was seen', async () => {
  const place = { kind: 'response_body', name: '' } as const;
  const answered = await setUp(seen(token, { start: THEN, end: THEN + 300, place }), importedFile());
  expect(answered.model.moment(answered.entry)).toBe(THEN + 300);
  answered.model.dispose();
  const stored = { place: { kind: 'file', name: '1' }, at: THEN } as const;
  const lonely = await setUp([tokenRecord(token, THEN), sightingRecord(token, '', stored)], importedFile());
  expect(lonely.model.moment(lonely.entry)).toBe(THEN);
  expect(presentOf(lonely.model).value).toBe(THEN);
});

test('an empty log has no end but now', () => {
  model = createModel(createFakeSource().source, importedFile());
  expect(presentOf(model).value).toBe(NOW);
});
