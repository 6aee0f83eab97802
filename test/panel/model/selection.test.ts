import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import '../one-slice.ts';
import { createLog, type Entry } from '../../../src/panel/model/log.ts';
import { createSelection } from '../../../src/panel/model/selection.ts';
import { createFakeSource } from '../../fixtures/fake-source.ts';
import { compact } from '../../fixtures/tokens.ts';
import { seen } from '../records.ts';

const records = [3, 2, 1].flatMap((age) => seen(compact({ alg: 'HS256' }, { age }, 'c2ln'), { start: age }));
const entries = createLog(createFakeSource({ records }).source, () => undefined).entries.value;
const [first, second, third] = entries.map((entry) => entry.id);

const setUp = () => {
  const shown = signal<readonly Entry[]>(entries);
  return { shown, selection: createSelection(shown) };
};

test('moves from the end it comes from, and stays inside the list', () => {
  const { selection } = setUp();
  selection.move(1);
  expect(selection.id.value).toBe(first);
  selection.move(1);
  expect(selection.id.value).toBe(second);
  selection.move(99);
  expect(selection.id.value).toBe(third);
  selection.move(-99);
  expect(selection.id.value).toBe(first);
  selection.select(undefined);
  selection.move(-1);
  expect(selection.id.value).toBe(third);
});

test('Home and End reach the ends from nowhere too', () => {
  const { selection } = setUp();
  selection.move(entries.length);
  expect(selection.id.value).toBe(third);
  selection.select(undefined);
  selection.move(-entries.length);
  expect(selection.id.value).toBe(first);
  selection.select(undefined);
  selection.move(0);
  expect(selection.id.value).toBe(first);
});

test('what the filter hides stays selected, until one moves', () => {
  const { shown, selection } = setUp();
  selection.select(second);
  shown.value = entries.filter((entry) => entry.id !== second);
  expect(selection.id.value).toBe(second);
  selection.move(1);
  expect(selection.id.value).toBe(first);
});

test('an empty list selects nothing', () => {
  const { shown, selection } = setUp();
  shown.value = [];
  selection.move(1);
  selection.move(-1);
  expect(selection.id.value).toBeUndefined();
});
