import { afterEach, describe, expect, test, vi } from 'vitest';
import { DATABASE_BOUNDS } from '../../../src/browser/dom/page-databases.ts';
import { PAGE_BOUNDS } from '../../../src/browser/dom/page-stores.ts';
import { readStores } from '../../../src/browser/dom/read-stores.ts';
import { createFakePage, type FakeWindow } from '../../fixtures/fake-page.ts';
import { tokenFor } from '../../fixtures/requests.ts';

const TOKEN = tokenFor('alice');
const APP = 'https://app.test';

afterEach(() => {
  vi.unstubAllGlobals();
});

interface Options {
  readonly browser?: 'chromium' | 'firefox';
  /** What the background answers when asked for the cookies of an address; undefined where it may not look. */
  readonly jar?: (url: string) => unknown;
}

const open = (window: FakeWindow, { browser, jar = () => [] }: Options = {}) => {
  const page = createFakePage(window, browser);
  const sendMessage = async (message: { url: string }) => jar(message.url);
  vi.stubGlobal('chrome', { devtools: { inspectedWindow: page.inspectedWindow }, runtime: { sendMessage } });
  return page;
};

/** Reads the page, which is as it was when that is over. */
const read = async (window: FakeWindow, options: Options = {}) => {
  const page = open(window, options);
  const before = page.names();
  const reading = await readStores(3, () => 7);
  expect(page.writes).toEqual([]);
  expect([...page.held]).toEqual([]);
  expect(page.names()).toEqual(before);
  return reading;
};
const storesIn = ({ found }: Awaited<ReturnType<typeof readStores>>) =>
  found.map(({ place: { kind, name, path, origin } }) => [kind, name, path, origin].filter(Boolean).join(' | '));

test('web storage, databases and the cookie jar', async () => {
  const cookie = { domain: 'app.test', hostOnly: true, path: '/auth', secure: true, httpOnly: true };
  const reading = await read(
    {
      local: { jwt: TOKEN, theme: 'dark', user: JSON.stringify({ a: { token: TOKEN } }) },
      session: { 'oidc.user:https://login.test:spa': JSON.stringify({ id_token: TOKEN }) },
      databases: {
        mine: { sessions: [['now', TOKEN]], data: [[1, { list: [{ token: TOKEN }], when: new Date(0) }]] },
        empty: {},
      },
    },
    { jar: () => [{ ...cookie, name: 'sid', value: TOKEN }] },
  );
  expect(reading).toMatchObject({ at: 7, dropped: 0, unreadable: [] });
  expect(storesIn(reading)).toEqual([
    `local_storage | jwt | ${APP}`,
    `local_storage | user | a.token | ${APP}`,
    `session_storage | oidc.user:https://login.test:spa | id_token | ${APP}`,
    `indexed_db | mine / sessions / now | ${APP}`,
    `indexed_db | mine / data / 1 | list[0].token | ${APP}`,
    `cookie_jar | sid | ${APP}/auth`,
  ]);
});

test('what may hold no token stays in the page', async () => {
  const answers: unknown[] = [];
  const page = createFakePage({ local: { secret: 'my diary', jwt: TOKEN }, cookie: 'diary=dear' });
  const evaluate = (expression: string, callback: (answer: unknown) => void) =>
    page.inspectedWindow.eval(expression, (answer: unknown) => {
      answers.push(answer);
      callback(answer);
    });
  const sendMessage = async () => [];
  vi.stubGlobal('chrome', { devtools: { inspectedWindow: { eval: evaluate } }, runtime: { sendMessage } });
  expect((await readStores(3, () => 7)).found).toHaveLength(1);
  expect(JSON.stringify(answers)).not.toMatch(/diary|dear/);
});

describe('frames', () => {
  const withFrames = (frames: readonly FakeWindow[]): FakeWindow => ({ local: { jwt: TOKEN }, frames });

  test('of one origin share a store, which is told once', async () => {
    const frame = { url: `${APP}/frame`, local: { jwt: TOKEN }, session: { inner: TOKEN } };
    for (const browser of ['chromium', 'firefox'] as const) {
      const reading = await read(withFrames([frame, { ...frame, frames: [frame] }]), { browser });
      expect(storesIn(reading)).toEqual([`local_storage | jwt | ${APP}`, `session_storage | inner | ${APP}`]);
      expect(reading.unreadable).toEqual([]);
    }
  });

  const other: FakeWindow = {
    url: 'https://pay.test/widget',
    local: { pay: TOKEN },
    databases: { d: { s: [['k', TOKEN]] } },
  };

  test('of another origin are read where the browser can be asked for them', async () => {
    const reading = await read(withFrames([other]), { browser: 'chromium' });
    expect(storesIn(reading)).toEqual([
      `local_storage | jwt | ${APP}`,
      'local_storage | pay | https://pay.test',
      'indexed_db | d / s / k | https://pay.test',
    ]);
    expect(reading.unreadable).toEqual([]);
  });

  test('of another origin are told where it cannot, and frames of ours in them are read', async () => {
    const inner = { url: `${APP}/inner`, session: { inner: TOKEN } };
    const reading = await read(withFrames([{ ...other, frames: [inner] }]), { browser: 'firefox' });
    expect(storesIn(reading)).toEqual([`local_storage | jwt | ${APP}`, `session_storage | inner | ${APP}`]);
    expect(reading.unreadable).toEqual([{ origin: 'https://pay.test', store: 'frames' }]);
  });

  test('and the document itself are read once, whatever the address became', async () => {
    const page = open({ ...withFrames([other]), url: `${APP}/home#here` });
    await readStores(3, () => 7);
    expect(page.asked.filter((expression) => expression.includes('foreign'))).toHaveLength(2);
  });

  test('are not the page: its origin is that of the document in the tab, where it can be read', async () => {
    for (const browser of ['chromium', 'firefox'] as const) {
      expect((await read(withFrames([other]), { browser })).page).toBe(APP);
    }
    open({ ...withFrames([other]), script: 'JSON.stringify = () => ({})' });
    expect(await readStores(3, () => 7)).not.toHaveProperty('page');
  });

  test('without an origin have no stores, which nobody misses', async () => {
    const script = 'Object.defineProperty(window, "localStorage", { get() { throw Error("no"); } })';
    expect(await read({ url: 'data:text/html,x', script })).toMatchObject({ found: [], unreadable: [] });
  });

  test('are bounded in number', async () => {
    const frames = Array.from({ length: 500 }, (_, index) => ({ url: `${APP}/${index}`, session: { [index]: TOKEN } }));
    expect((await read(withFrames(frames), { browser: 'firefox' })).found.length).toBeLessThanOrEqual(
      PAGE_BOUNDS.frames,
    );
  });
});

describe('cookies where there is no access', () => {
  test('come from the document, without attributes, and that is told', async () => {
    const reading = await read({ cookie: `sid=${TOKEN}` }, { jar: () => undefined });
    expect(reading.found).toEqual([
      { compact: TOKEN, place: { kind: 'cookie_jar', name: 'sid', origin: `${APP}/home` } },
    ]);
    expect(reading.unreadable).toEqual([{ origin: APP, store: 'cookie_jar' }]);
  });

  test('the background that is gone is no reason to fail', async () => {
    const gone = () => {
      throw new Error('Could not establish connection');
    };
    expect(await read({}, { jar: gone })).toMatchObject({ unreadable: [{ store: 'cookie_jar' }] });
  });

  test('a page that is no web page has none', async () => {
    const jar = vi.fn();
    expect(await read({ url: 'file:///tmp/x.html' }, { jar })).toMatchObject({ unreadable: [] });
    expect(jar).not.toHaveBeenCalled();
  });
});

describe('a hostile page', () => {
  test.each([
    ['its storage', 'Object.defineProperty(window, "localStorage", { get() { throw Error("no"); } })', 'local_storage'],
    ['its names', 'Object.keys = () => { throw Error("no"); }', 'local_storage'],
    ['its databases', 'indexedDB.databases = () => { throw Error("no"); }', 'indexed_db'],
    ['its databases', 'indexedDB.open = () => { throw Error("no"); }', 'indexed_db'],
  ])('that keeps %s is told, and the rest is read', async (_, script, store) => {
    const reading = await read({ cookie: `c=${TOKEN}`, databases: { d: {} }, script }, { jar: () => undefined });
    expect(reading.unreadable).toContainEqual({ origin: APP, store });
    expect(storesIn(reading)).toEqual([`cookie_jar | c | ${APP}/home`]);
  });

  test.each([
    ['answers what is no answer', 'JSON.stringify = () => ({})'],
    ['answers nonsense', 'JSON.stringify = () => "[1]"'],
    ['answers without end', 'JSON.stringify = () => "x".repeat(2 ** 24)'],
    [
      'lies about its shape',
      `JSON.stringify = () => '{"frames":[],"items":[],"dropped":0,"unreadable":[],"foreign":[]}'`,
    ],
    ['has no tools left', 'Array.prototype.push = Set.prototype.has = () => { throw Error("no"); }'],
  ])('that %s has nothing read', async (_, script) => {
    const page = open({ local: { jwt: TOKEN }, script });
    expect(await readStores(3, () => 7)).toMatchObject({ found: [], unreadable: [] });
    expect(page.writes).toEqual([]);
  });

  test('with any number of frames that do not answer is not waited for without end', async () => {
    const script = 'JSON.stringify = () => "no"';
    const frames = Array.from({ length: 60 }, (_, index) => ({ url: `https://${index}.test/`, script }));
    const page = open({ local: { jwt: TOKEN }, frames });
    expect((await readStores(3, () => 7)).found).toHaveLength(1);
    expect(page.asked.filter((expression) => expression.includes('foreign'))).toHaveLength(16);
  });

  test('whose databases never end is left', async () => {
    const endless = { items: [{ kind: 'indexed_db', origin: APP, name: 'x', value: ' '.repeat(1_000_000) }] };
    const answer = JSON.stringify({ ...endless, dropped: 0, done: false, failed: false });
    const script = `const stringify = JSON.stringify; let answer = '${answer}';
      JSON.stringify = (given) => ('frames' in given ? stringify(given) : answer)`;
    const page = open({ local: { jwt: TOKEN }, script });
    expect(await readStores(3, () => 7)).toMatchObject({
      found: [{ compact: TOKEN }],
      unreadable: [{ origin: APP, store: 'indexed_db' }],
    });
    expect(page.asked.length).toBeLessThan(10);
  });

  test('with 20,000 keys and values of megabytes is read within the bounds', async () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, `${TOKEN}${index}`]));
    const reading = await read({ local: many, session: { huge: TOKEN + ' '.repeat(PAGE_BOUNDS.value), jwt: TOKEN } });
    expect(reading.found.length).toBe(PAGE_BOUNDS.items);
    expect(reading.dropped).toBe(20_000 - PAGE_BOUNDS.items + 2);
  });

  test('whose values are cyclic, deep, binary or throw is read as far as it goes', async () => {
    const cyclic: Record<string, unknown> = { token: TOKEN };
    cyclic.self = cyclic;
    let deep: object = { token: TOKEN };
    for (let depth = 0; depth < 100_000; depth += 1) deep = { deep };
    const thrower = {
      token: TOKEN,
      get trap() {
        throw new Error('no');
      },
    };
    const mixed = { bytes: new Uint8Array(10), blob: new Blob(['x']), big: 1n, map: new Map([['token', TOKEN]]) };
    const records = [cyclic, deep, thrower, mixed].map((value, index) => [index, value] as const);
    const reading = await read({ databases: { d: { s: records } }, globals: { Map, ArrayBuffer } });
    expect(storesIn(reading)).toEqual([
      `indexed_db | d / s / 0 | token | ${APP}`,
      `indexed_db | d / s / 3 | map[0][1] | ${APP}`,
    ]);
    expect(reading.dropped).toBe(2);
  });

  test('with many records gives them part by part, and no more than the bounds', async () => {
    const value = { pad: ' '.repeat(10_000), token: TOKEN };
    const records = Array.from({ length: DATABASE_BOUNDS.records + 1 }, (_, key) => [key, value] as const);
    const page = open({ databases: { d: { s: records } } });
    const reading = await readStores(3, () => 7);
    expect(reading.found.length).toBeGreaterThan(100);
    expect(reading.found.length * 10_000).toBeLessThanOrEqual(DATABASE_BOUNDS.length);
    expect(reading.found.length + reading.dropped).toBe(DATABASE_BOUNDS.records);
    expect(reading.unreadable).toEqual([{ origin: APP, store: 'indexed_db' }]);
    expect(page.asked.length).toBeGreaterThan(DATABASE_BOUNDS.length / DATABASE_BOUNDS.slice);
    expect([...page.held]).toEqual([]);
  });

  test('with a cache of any size has its other stores read', async () => {
    const cache = Array.from({ length: DATABASE_BOUNDS.records + 1 }, (_, key) => [key, 'data'] as const);
    const reading = await read({ databases: { d: { cache, sessions: [['k', TOKEN]] }, e: { s: [['k', TOKEN]] } } });
    expect(storesIn(reading)).toEqual([`indexed_db | d / sessions / k | ${APP}`, `indexed_db | e / s / k | ${APP}`]);
    expect(reading.unreadable).toEqual([{ origin: APP, store: 'indexed_db' }]);
  });

  test('with more databases than anybody has is told to have been read in part', async () => {
    const names = Array.from({ length: DATABASE_BOUNDS.databases + 1 }, (_, index) => `d${index}`);
    const databases = Object.fromEntries(names.map((name) => [name, { s: [['k', TOKEN]] }] as const));
    const reading = await read({ databases });
    expect(reading.found).toHaveLength(DATABASE_BOUNDS.databases);
    expect(reading.unreadable).toEqual([{ origin: APP, store: 'indexed_db' }]);
  });

  test('puts no word of its own into what is evaluated', async () => {
    const expressions = async (name: string): Promise<readonly string[]> => {
      const page = open({
        url: `https://${name}.test/${name}`,
        local: { [name]: TOKEN },
        databases: { [name]: { [name]: [[name, TOKEN]] } },
        frames: [{ url: `https://frame-${name}.test/`, session: { [name]: TOKEN } }],
      });
      expect((await readStores(3, () => 7)).found).toHaveLength(3);
      return [...new Set(page.asked.map((expression) => expression.replace(/claimcheck[\da-f-]{36}/g, '…')))];
    };
    expect(await expressions('first')).toEqual(await expressions('second'));
  });
});

test('a fragment that a page gives its own address, and of it nothing that a request has carried', async () => {
  const reading = await read({ url: `${APP}/files?session=${TOKEN}#state=1&id_token=${TOKEN}` });
  expect(storesIn(reading)).toEqual([`url_fragment | id_token | ${APP}`]);
});
