import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stores } from '../../../src/browser/dom/stores.ts';
import type { PanelSource, StoresReading } from '../../../src/panel/source.ts';
import { createFakePage } from '../../fixtures/fake-page.ts';
import { tokenFor } from '../../fixtures/requests.ts';

/** What the page keeps now, and whether it has loaded. */
let local: Record<string, string>;
let readyState: string;
let navigated: Set<() => void>;
let source: Pick<PanelSource, 'watchStores' | 'readStores'>;
let told: string[];
const stops: (() => void)[] = [];

const tell = ({ found }: StoresReading) => void told.push(found.map(({ place }) => place.name).join());

beforeEach(() => {
  [local, readyState, navigated, told] = [{ first: tokenFor('a') }, 'complete', new Set(), []];
  const inspectedWindow = {
    eval(expression: string, answer: (result: unknown) => void) {
      if (expression === 'document.readyState') answer(readyState);
      else createFakePage({ local: { ...local } }, 'firefox').inspectedWindow.eval(expression, answer);
    },
  };
  const onNavigated = {
    addListener: (listener: () => void) => navigated.add(listener),
    removeListener: (listener: () => void) => navigated.delete(listener),
  };
  const sendMessage = async () => [];
  vi.stubGlobal('chrome', { devtools: { inspectedWindow, network: { onNavigated } }, runtime: { sendMessage } });
  source = stores(3);
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const navigate = () => {
  for (const listener of navigated) listener();
};
const isTold = (...expected: readonly string[]) => vi.waitFor(() => expect(told).toEqual(expected));

test('tells what there is, once for all who listen, and again when asked', async () => {
  stops.push(source.watchStores(tell));
  await isTold('first');
  stops.push(source.watchStores((reading) => tell(reading)));
  await isTold('first', 'first');
  local = { second: tokenFor('b') };
  await source.readStores();
  expect(told).toEqual(['first', 'first', 'second', 'second']);
});

test('tells again after a navigation, once the page has loaded', async () => {
  stops.push(source.watchStores(tell));
  await isTold('first');
  readyState = 'loading';
  navigate();
  await source.readStores();
  expect(told).toEqual(['first', 'first']);
  local = { second: tokenFor('b') };
  navigate();
  local = { third: tokenFor('c') };
  readyState = 'complete';
  await isTold('first', 'first', 'third');
});

test('looks a second time after a navigation: an app may have fetched its tokens since', async () => {
  vi.useFakeTimers();
  stops.push(source.watchStores(tell));
  await isTold('first');
  navigate();
  await isTold('first', 'first');
  local = { second: tokenFor('b') };
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told).toEqual(['first', 'first', 'second']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toHaveLength(3);
});

test('who asks while a page loads is answered by what is told then', async () => {
  stops.push(source.watchStores(tell));
  await isTold('first');
  local = { second: tokenFor('b') };
  const asked = source.readStores();
  navigate();
  await asked;
  expect(told).toEqual(['first', 'second']);
});

test('listens no longer than somebody wants to know', async () => {
  const stop = source.watchStores(tell);
  await isTold('first');
  stop();
  expect(navigated.size).toBe(0);
  const stopAtOnce = source.watchStores(tell);
  stopAtOnce();
  await source.readStores();
  expect(told).toEqual(['first']);
});
