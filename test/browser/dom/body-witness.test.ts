import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WitnessedRequest } from '../../../src/core/capture/events.ts';
import { stubStorage } from '../../fixtures/fake-storage.ts';
import { fakeWorker } from '../../fixtures/fake-worker.ts';
import { type EntryOptions, harEntry } from '../../fixtures/har-entry.ts';
import { tokenFor } from '../../fixtures/requests.ts';

const token = tokenFor('alice');
const URL_ENCODED = 'application/x-www-form-urlencoded';
const AUTHORIZED = [{ name: 'Authorization', value: 'Bearer opaque' }];

let fake: ReturnType<typeof stubStorage>;
let again: WitnessedRequest[];
let unread: string[];
let taken: string[];
beforeEach(() => {
  vi.useFakeTimers();
  fake = stubStorage();
  again = [];
  unread = [];
  taken = [];
  vi.resetModules();
  vi.doMock('../../../src/browser/dom/seen.ts', () => ({
    takeSeen: async (url: string, { content }: { readonly content: string }) => {
      taken.push(`${url} ${content}`);
      if (content.includes('broken')) throw new Error('full');
    },
  }));
});
afterEach(() => {
  vi.doUnmock('../../../src/browser/dom/seen.ts');
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const open = async () => {
  const { witnessBodies } = await import('../../../src/browser/dom/body-witness.ts');
  const { witnessedOf } = await import('../../../src/browser/dom/har-entry.ts');
  const look = witnessBodies({ again: (request) => again.push(request), unread: (why) => unread.push(why) });
  await vi.advanceTimersByTimeAsync(0);
  let count = 0;
  const asked: string[] = [];
  const finish = (browser: 'chromium' | 'firefox', options: EntryOptions): void => {
    count += 1;
    const entry = harEntry(browser, options);
    const { getContent } = entry;
    const spied = {
      ...entry,
      getContent: (told: Parameters<typeof getContent>[0]) => {
        asked.push(entry.request.url);
        getContent.call(entry, told);
      },
    } as typeof entry;
    look(spied, witnessedOf(spied, `d-${count}`));
  };
  return { finish, asked };
};
/** Lets calm return; the modules that load later take turns of their own. */
const calm = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) {
    await vi.advanceTimersByTimeAsync(300);
    await vi.dynamicImportSettled();
  }
};
const placesOf = () =>
  again.flatMap(({ id, bodies = [] }) =>
    bodies.map(
      ({ compact, place: { kind, name, path } }) => `${id} ${compact === token} ${kind} ${name} ${path ?? ''}`,
    ),
  );

describe.each(['chromium', 'firefox'] as const)('in %s', (browser) => {
  test.each([false, true])('tells what an answer holds, of the request as it was told (base64: %s)', async (base64) => {
    const { finish } = await open();
    finish(browser, { body: JSON.stringify({ access_token: token }), base64, headers: AUTHORIZED });
    await calm();
    expect(placesOf()).toEqual(['d-1 true response_body  access_token']);
    expect(again[0]).toMatchObject({
      url: 'https://login.test/keys',
      method: 'GET',
      end: again[0] && again[0].start + 30,
    });
    expect(unread).toEqual([]);
  });

  test('tells what a request sent, and the grant of its answer', async () => {
    const { finish } = await open();
    const text = `grant_type=refresh_token&client_assertion=${token}`;
    finish(browser, {
      method: 'POST',
      postData: { mimeType: URL_ENCODED, text },
      body: JSON.stringify({ id_token: token }),
    });
    await calm();
    expect(placesOf().toSorted()).toEqual([
      'd-1 true request_body client_assertion ',
      'd-1 true response_body  id_token',
    ]);
    expect(again.map(({ grant }) => grant)).toEqual(['refresh_token', 'refresh_token']);
  });

  test('counts pictures, the huge, and what is gone; a small answer is neither', async () => {
    const { finish, asked } = await open();
    finish(browser, { mimeType: 'image/png', size: 5_000 });
    finish(browser, { size: 65 * 1024 * 1024 });
    finish(browser, { size: 100, body: null });
    finish(browser, { body: '{"ok":true}' });
    finish(browser, { status: 204 });
    finish(browser, { status: 302, size: 100 });
    finish(browser, { method: 'HEAD', size: 100 });
    finish(browser, { method: 'POST', size: 0, postData: { mimeType: 'image/png', text: 'x'.repeat(50) } });
    await calm();
    expect(unread.toSorted()).toEqual(['binary', 'binary', 'skipped', 'skipped']);
    expect(asked).toHaveLength(1);
    expect(again).toEqual([]);
  });

  test('looks at nothing while capture is paused', async () => {
    await fake.local.area.set({ settings: { paused: true } });
    const { finish, asked } = await open();
    finish(browser, { body: token, mimeType: 'text/plain' });
    await calm();
    expect(asked).toEqual([]);
    await fake.local.area.set({ settings: { paused: false } });
    finish(browser, { body: token, mimeType: 'text/plain' });
    await calm();
    expect(placesOf()).toEqual(['d-2 true response_body  ']);
  });
});

test('fields without text are a form', async () => {
  const { finish } = await open();
  const params = [{ name: 'assertion', value: token }, { name: 'empty' }];
  finish('firefox', { method: 'POST', size: 0, postData: { mimeType: URL_ENCODED, params } });
  await calm();
  expect(placesOf()).toEqual(['d-1 true request_body assertion ']);
});

test('says of a body that Firefox cut that it is cut', async () => {
  const { finish } = await open();
  const body = JSON.stringify({ access_token: token, pad: 'ü'.repeat(525_000) });
  const size = new TextEncoder().encode(body).length + 100_000;
  vi.stubGlobal('Worker', fakeWorker().Worker);
  finish('firefox', { body: body.slice(0, -200_000), size });
  finish('firefox', { body, size: size - 100_000 });
  finish('firefox', { body: `${body.slice(0, -200_000)}${'\0'.repeat(1_000)}`, size });
  await calm();
  expect(again.map(({ bodies }) => bodies?.[0]?.place.cut)).toEqual([true, undefined, true]);
});

test('a body is asked for once, for keys and tokens, and keys are taken one after the other', async () => {
  const { finish, asked } = await open();
  const urls = ['https://a.test/broken', 'https://a.test/2'];
  for (const url of urls) finish('chromium', { url, body: `{"token":"${token}","keys":"${url}"}` });
  await calm();
  expect(asked).toEqual(urls);
  expect(taken.map((one) => one.split(' ', 1)[0])).toEqual(urls);
  expect(placesOf()).toHaveLength(2);
});

test('asks at once where a page may leave, and for the rest when it is calm', async () => {
  const { finish, asked } = await open();
  finish('chromium', { url: 'https://a.test/api', body: `"${token}"`, headers: AUTHORIZED });
  finish('chromium', { url: 'https://a.test/a.js', body: `"${token}"`, mimeType: 'text/javascript' });
  finish('chromium', { url: 'https://a.test/login', body: `"${token}"`, method: 'POST', headers: AUTHORIZED });
  finish('chromium', { url: 'https://a.test/', body: `"${token}"`, mimeType: 'text/html', resource: 'document' });
  expect(asked).toEqual(['https://a.test/login', 'https://a.test/']);
  await calm();
  expect(asked.slice(2)).toEqual(['https://a.test/api', 'https://a.test/a.js']);
  expect(placesOf()).toHaveLength(4);
});
