// @vitest-environment happy-dom
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test, vi } from 'vitest';
import '../one-slice.ts';
import type { ImportPiece } from '../../../src/core/report/import/imported.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { createImportedSource } from '../../../src/panel/model/imported-source.ts';
import { createLogs, type Logs } from '../../../src/panel/model/logs.ts';
import { createModel } from '../../../src/panel/model/model.ts';
import { createFakeSource } from '../../fixtures/fake-source.ts';
import { given } from '../../fixtures/keys.ts';
import { hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { exchangeRecord, seen } from '../records.ts';

const alice = hmacToken(SECRET, { payload: { sub: 'alice' } });
const bob = hmacToken(SECRET, { payload: { sub: 'bob' } });

let opened: Logs | undefined;
afterEach(() => {
  opened?.dispose();
  opened = undefined;
});

const setUp = () => {
  const fake = createFakeSource();
  const watchTheme = vi.spyOn(fake.source, 'watchTheme');
  const logs = createLogs(createModel(fake.source));
  opened = logs;
  const add = () => {
    const { source, put } = createImportedSource(logs.live, () => logs.close(log.id));
    const log = logs.add(createModel(source));
    return { ...log, source, put: (piece: Partial<ImportPiece>) => put({ read: 0, records: [], ...piece }) };
  };
  return { fake, logs, add, watchTheme };
};

const tokensIn = ({ model }: { readonly model: Logs['live'] }) =>
  model.log.entries.value.map(({ claims }) => claims.payload?.sub);

test('what comes in one log changes nothing in the others', async () => {
  const { fake, logs, add } = setUp();
  const [one, two] = [add(), add()];
  fake.put(...seen(alice, { url: 'https://live.test/' }));
  one.put({ records: seen(bob, { url: 'https://file.test/' }) });
  await vi.waitFor(() => expect([tokensIn({ model: logs.live }), tokensIn(one)]).toEqual([['alice'], ['bob']]));
  expect(tokensIn(two)).toEqual([]);
  expect([...logs.live.log.exchanges()].map(({ url }) => url)).toEqual(['https://live.test/']);
  expect([...one.model.log.exchanges()].map(({ url }) => url)).toEqual(['https://file.test/']);
  expect(two.model.log.size()).toBe(0);
});

test('the same request in both is two: neither overwrites the other', async () => {
  const { fake, logs, add } = setUp();
  const one = add();
  fake.put(exchangeRecord('1', { status: 200 }));
  one.put({ records: [exchangeRecord('1', { status: 401 })] });
  await vi.waitFor(() => expect(one.model.log.exchange('1')?.status).toBe(401));
  await vi.waitFor(() => expect(logs.live.log.exchange('1')?.status).toBe(200));
});

test("the clocks, the filter and the view of each are its own; a server's clock in a file says nothing of it now", async () => {
  const { logs, add } = setUp();
  const one = add();
  const late = exchangeRecord('1', {
    start: 1_000_000_000_000,
    end: 1_000_000_000_100,
    date: 'Sun, 09 Sep 2001 02:00:00 GMT',
  });
  one.put({ records: [late] });
  await vi.waitFor(() => expect(one.model.clocks.ofOrigin('https://api.test')).toBeDefined());
  expect(logs.live.clocks.ofOrigin('https://api.test')).toBeUndefined();
  one.model.setFilter('x');
  one.model.show('timeline');
  expect([logs.live.filter.value, logs.live.view.value]).toEqual(['', 'tokens']);
});

test('tokens pasted beside a file stand in its log alone', async () => {
  const { logs, add } = setUp();
  const one = add();
  await one.model.log.add([alice], { kind: 'paste', name: '' });
  await vi.waitFor(() => expect(tokensIn(one)).toEqual(['alice']));
  expect(tokensIn({ model: logs.live })).toEqual([]);
});

const inFile: RingKey = { ...given('from the file'), provenance: 'traffic' };

test('the keys of a file join those of the ring in its log, and nowhere else', async () => {
  const { fake, logs, add } = setUp();
  const one = add();
  fake.setKeys([given(SECRET)]);
  one.put({ keys: [inFile] });
  expect(one.model.keys.value.map(({ text }) => text)).toEqual([SECRET, 'from the file']);
  expect(logs.live.keys.value.map(({ text }) => text)).toEqual([SECRET]);
  expect(fake.keys().map(({ text }) => text)).toEqual([SECRET]);
});

test('a key that is in both is that of the ring, as a person left it', () => {
  const { fake, add } = setUp();
  const one = add();
  one.put({ keys: [inFile] });
  fake.setKeys([{ ...inFile, pinned: true }]);
  expect(one.model.keys.value).toEqual([{ ...inFile, pinned: true }]);
});

test('a key of a file is named, pinned and removed in its log, and never remembered', async () => {
  const { fake, add } = setUp();
  const one = add();
  one.put({ keys: [inFile] });
  await one.source.changeKey(inFile.id, { name: 'theirs', pinned: true });
  expect(one.model.keys.value).toMatchObject([{ name: 'theirs', pinned: true }]);
  await expect(one.source.changeKey(inFile.id, { remembered: true })).rejects.toThrow();
  expect(fake.keys()).toEqual([]);
  await one.source.removeKey(inFile.id);
  expect(one.model.keys.value).toEqual([]);
});

test('a key of the ring is changed there, from whatever log', async () => {
  const { fake, add } = setUp();
  const one = add();
  fake.setKeys([given(SECRET)]);
  await one.source.changeKey(given(SECRET).id, { name: 'mine' });
  expect(fake.keys()).toMatchObject([{ name: 'mine' }]);
  await one.source.removeKey(given(SECRET).id);
  expect(fake.keys()).toEqual([]);
});

test('all follow the theme, of which the browser is asked once', () => {
  const { fake, logs, add, watchTheme } = setUp();
  const [one, two] = [add(), add()];
  expect(watchTheme).toHaveBeenCalledTimes(1);
  fake.setTheme('dark');
  expect([logs.live, one.model, two.model].map(({ theme }) => theme.value)).toEqual(['dark', 'dark', 'dark']);
  logs.close(two.id);
  fake.setTheme('light');
  expect([logs.live, one.model].map(({ theme }) => theme.value)).toEqual(['light', 'light']);
});

test('a closed log is let go: its source is watched no more, what still comes is for nobody', async () => {
  const { fake, logs, add } = setUp();
  const before = fake.subscriptions();
  const one = add();
  expect(fake.subscriptions()).toBeGreaterThan(before);
  logs.show(one.id);
  logs.close(one.id);
  expect(fake.subscriptions()).toBe(before);
  expect(logs.all.value.map(({ id }) => id)).toEqual([0]);
  expect(logs.current.value.id).toBe(0);
  one.put({ records: seen(bob), keys: [inFile] });
  await new Promise((done) => setTimeout(done));
  expect(tokensIn(one)).toEqual([]);
});

test('closing shows the neighbour where it was shown, and nothing else where it was not', () => {
  const { logs, add } = setUp();
  const [one, two, three] = [add(), add(), add()];
  logs.show(two.id);
  logs.close(two.id);
  expect(logs.current.value.id).toBe(three.id);
  logs.close(three.id);
  expect(logs.current.value.id).toBe(one.id);
  logs.show(0);
  logs.close(one.id);
  expect(logs.current.value.id).toBe(0);
});

test('the live log stays, and what is not there is not shown', () => {
  const { logs, add } = setUp();
  const one = add();
  logs.close(0);
  logs.close(99);
  logs.show(99);
  expect(logs.all.value.map(({ id }) => id)).toEqual([0, one.id]);
  expect(logs.current.value.id).toBe(0);
});

test('clearing a log out of a file closes it; the live one is as it was', async () => {
  const { fake, logs, add } = setUp();
  fake.put(...seen(alice));
  const one = add();
  await vi.waitFor(() => expect(tokensIn({ model: logs.live })).toEqual(['alice']));
  await one.model.clear();
  expect(logs.all.value.map(({ id }) => id)).toEqual([0]);
  expect(tokensIn({ model: logs.live })).toEqual(['alice']);
});

test('nothing holds a closed log: its memory is free', async () => {
  setFlagsFromString('--expose_gc');
  const collect: () => void = runInNewContext('gc');
  const { logs, add } = setUp();
  const closed = await (async () => {
    const one = add();
    one.put({ records: seen(alice), keys: [inFile] });
    one.model.tell('a notice');
    await vi.waitFor(() => expect(tokensIn(one)).toEqual(['alice']));
    await vi.waitFor(() => expect(one.model.log.entries.value[0]?.opened).toBeDefined());
    logs.close(one.id);
    return new WeakRef(one.model);
  })();
  await vi.waitFor(() => {
    collect();
    // What an expectation complains of, it holds.
    if (closed.deref()) throw new Error('it is still there');
  });
});
