import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keysOf } from '../../../src/core/capture/keys.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { stubStorage } from '../../fixtures/fake-storage.ts';
import { type EntryOptions, harEntry } from '../../fixtures/har-entry.ts';
import { edPair, publicJwk } from '../../fixtures/keys.ts';

const KEY = publicJwk(edPair(), { kid: 'ü' });
const SET = JSON.stringify({ keys: [KEY] });
const DOCUMENT = JSON.stringify({ issuer: 'https://login.test', jwks_uri: 'https://login.test/keys' });
const WELL_KNOWN = 'https://login.test/.well-known/openid-configuration';

let fake: ReturnType<typeof stubStorage>;
const start = (options = {}): void => {
  fake = stubStorage(options);
  vi.resetModules();
};
beforeEach(() => start());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const take = async (browser: 'chromium' | 'firefox', options: EntryOptions): Promise<void> => {
  await takeEntry(harEntry(browser, options));
};
const takeEntry = async (entry: ReturnType<typeof harEntry>): Promise<void> => {
  const { bodyOf } = await import('../../../src/browser/dom/body-of.ts');
  const { takeSeen } = await import('../../../src/browser/dom/seen.ts');
  await takeSeen(entry.request.url, await bodyOf(entry));
};
const ring = (prefix = keysOf('normal')) =>
  [...fake.session.values].flatMap(([key, value]) =>
    key.startsWith(prefix) && !key.endsWith('documents') ? [value as RingKey] : [],
  );

describe.each(['chromium', 'firefox'] as const)('in %s', (browser) => {
  test.each([false, true])('a set joins the ring, without a request (base64: %s)', async (base64) => {
    const asked = vi.fn();
    vi.stubGlobal('fetch', asked);
    await take(browser, { body: SET, base64 });
    expect(ring()).toMatchObject([{ provenance: 'traffic', issuer: '', source: 'https://login.test/keys' }]);
    expect(JSON.parse(ring()[0]?.text ?? '')).toEqual(KEY);
    expect(asked).not.toHaveBeenCalled();
  });

  test('a document says whose it is, before or after', async () => {
    for (const order of [
      [{ body: SET }, { body: DOCUMENT, url: WELL_KNOWN }],
      [{ body: DOCUMENT, url: WELL_KNOWN }, { body: SET }],
    ]) {
      start();
      for (const options of order) await take(browser, options);
      expect(ring()).toMatchObject([{ issuer: 'https://login.test' }]);
    }
  });
});

test.each([
  ['other JSON', '{"a":1}'],
  ['nothing', ''],
  ['a body that the browser lost', null],
  ['a set that was cut', SET.slice(0, -10)],
])('%s writes nothing', async (_, body) => {
  await take('chromium', { body });
  expect(fake.session.values.size).toBe(0);
});

test('broken base64 writes nothing', async () => {
  const entry = harEntry('chromium');
  const broken = { ...entry, getContent: (told: (...args: string[]) => void) => told('%%%', 'base64') };
  await takeEntry(broken as unknown as typeof entry);
  expect(fake.session.values.size).toBe(0);
});

test('the same set again is not written again', async () => {
  await take('chromium', { body: SET });
  const set = vi.spyOn(fake.session.area, 'set');
  await take('chromium', { body: SET });
  expect(set).not.toHaveBeenCalled();
});

test('while capture is paused nothing joins', async () => {
  await fake.local.area.set({ settings: { paused: true } });
  await take('chromium', { body: SET });
  expect(fake.session.values.size).toBe(0);
});

test('of private windows it stays with them', async () => {
  start({ isPrivate: true });
  await take('firefox', { body: DOCUMENT, url: WELL_KNOWN });
  await take('firefox', { body: SET });
  expect(ring(keysOf('private'))).toMatchObject([{ issuer: 'https://login.test' }]);
  expect([...fake.session.values.keys()].every((key) => key.startsWith(keysOf('private')))).toBe(true);
  expect(fake.local.values.size).toBe(0);
});

test('documents that storage does not hold as they should are none', async () => {
  await fake.session.area.set({ [`${keysOf('normal')}documents`]: [{ issuer: 1 }] });
  await take('chromium', { body: SET });
  expect(ring()).toMatchObject([{ issuer: '' }]);
});

test('a body that never comes holds nothing up for long', async () => {
  vi.useFakeTimers();
  await import('../../../src/browser/dom/body-of.ts');
  const entry = { ...harEntry('chromium'), getContent: () => undefined };
  const taken = takeEntry(entry as unknown as ReturnType<typeof harEntry>);
  await vi.advanceTimersByTimeAsync(5_000);
  await taken;
  expect(fake.session.values.size).toBe(0);
});
