import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { mayBeKeys } from '../../../src/browser/dom/key-witness.ts';
import { type EntryOptions, harEntry } from '../../fixtures/har-entry.ts';

const BROWSERS = ['chromium', 'firefox'] as const;
const AUTHORIZED = [{ name: 'Authorization', value: 'Bearer x' }];

describe.each(BROWSERS)('in %s', (browser) => {
  test.each<[string, EntryOptions]>([
    ['JSON of any address', { url: 'https://login.test/oauth/discovery/v3?a=1' }],
    ['JSON of any kind', { url: 'https://login.test/a', mimeType: 'application/jwk-set+json' }],
    ['any kind of a likely address', { url: 'https://login.test/.well-known/jwks.json', mimeType: 'text/plain' }],
    ['a likely address, whatever was sent to it', { url: 'https://login.test/certs?x', headers: AUTHORIZED }],
    ['a document', { url: 'https://a.test/.well-known/openid-configuration', headers: AUTHORIZED }],
  ])('%s may be keys', (_, options) => {
    expect(mayBeKeys(harEntry(browser, options))).toBe(true);
  });

  test.each<[string, EntryOptions]>([
    ['another method', { method: 'POST' }],
    ['a refusal', { status: 404 }],
    ['an answer without a body', { status: 304 }],
    ['more than anybody’s keys', { size: 1_048_577 }],
    ['a script', { url: 'https://login.test/a.js', mimeType: 'text/javascript' }],
    ['JSON in a name only', { url: 'https://login.test/a', mimeType: 'text/x; json' }],
    ['what an API answers to a credential', { url: 'https://api.test/me', headers: AUTHORIZED }],
    ['what was no request', { url: 'data:application/json,{}' }],
    ['what a service worker may have made up', { viaServiceWorker: true }],
  ])('%s is not looked at', (_, options) => {
    expect(mayBeKeys(harEntry(browser, options))).toBe(false);
  });
});

test('what Firefox has from a cache could be a service worker’s: it tells of both alike', () => {
  expect(mayBeKeys(harEntry('firefox', { cached: true }))).toBe(false);
});

describe('witnessing', () => {
  const taken: string[] = [];
  const read: string[] = [];
  let release: (() => void)[] = [];
  let held = true;
  let listeners: Set<(entry: unknown) => void>;
  beforeEach(() => {
    taken.length = 0;
    read.length = 0;
    release = [];
    held = true;
    listeners = new Set();
    vi.stubGlobal('chrome', {
      devtools: {
        network: {
          onRequestFinished: {
            addListener: (listener: (entry: unknown) => void) => listeners.add(listener),
            removeListener: (listener: (entry: unknown) => void) => listeners.delete(listener),
          },
        },
      },
    });
    vi.resetModules();
    vi.doMock('../../../src/browser/dom/seen.ts', () => ({
      bodyOf: async ({ request }: ReturnType<typeof harEntry>) => {
        read.push(request.url);
        return `body of ${request.url}`;
      },
      takeSeen: (url: string, body: string) => {
        expect(body).toBe(`body of ${url}`);
        taken.push(url);
        if (!held) return Promise.resolve();
        return new Promise<void>((resolve, reject) => {
          release.push(url.endsWith('/broken') ? () => reject(new Error('full')) : resolve);
        });
      },
    }));
  });
  afterEach(() => {
    vi.doUnmock('../../../src/browser/dom/seen.ts');
    vi.unstubAllGlobals();
  });
  const finish = (url: string, size = 100): void => {
    const { response, ...entry } = harEntry('chromium', { url });
    for (const listener of listeners)
      listener({ ...entry, response: { ...response, content: { ...response.content, size } } });
  };

  test('takes one after the other, also after one that broke, until it is stopped', async () => {
    const { witnessKeys } = await import('../../../src/browser/dom/key-witness.ts');
    const stop = witnessKeys();
    const urls = ['https://a.test/broken', 'https://a.test/2', 'https://a.test/3'];
    for (const url of urls) finish(url);
    // Read at once, since a page that leaves takes its bodies along.
    await vi.waitFor(() => expect(read).toEqual(urls));
    for (const count of [1, 2, 3]) {
      await vi.waitFor(() => expect(taken).toEqual(urls.slice(0, count)));
      release.shift()?.();
    }
    stop();
    expect(listeners.size).toBe(0);
  });

  test('what a page loads too much of at once is passed over, and looked at again later', async () => {
    const { witnessKeys } = await import('../../../src/browser/dom/key-witness.ts');
    witnessKeys();
    for (let index = 0; index < 300; index += 1) finish(`https://a.test/${index}`);
    await vi.waitFor(() => expect(release).toHaveLength(1));
    held = false;
    release[0]?.();
    await vi.waitFor(() => expect(taken).toHaveLength(100));
    expect(taken.at(-1)).toBe('https://a.test/99');
    finish('https://a.test/later');
    await vi.waitFor(() => expect(taken.at(-1)).toBe('https://a.test/later'));
    expect(taken).toHaveLength(101);
  });

  test('so is what would be too many bytes at once', async () => {
    const { witnessKeys } = await import('../../../src/browser/dom/key-witness.ts');
    witnessKeys();
    for (let index = 0; index < 20; index += 1) finish(`https://a.test/${index}`, 1_048_576);
    await vi.waitFor(() => expect(read).toHaveLength(8));
    held = false;
    release[0]?.();
    await vi.waitFor(() => expect(taken).toHaveLength(8));
    finish('https://a.test/later', 1_048_576);
    await vi.waitFor(() => expect(taken.at(-1)).toBe('https://a.test/later'));
  });
});
