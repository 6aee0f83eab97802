import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchText, MAX_ANSWER, MAX_WAIT } from '../../../src/browser/dom/fetch-text.ts';

const URL_OF_KEYS = 'https://login.test/keys';
const asked = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.useFakeTimers();
  asked.mockReset();
  vi.stubGlobal('fetch', asked);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A body in chunks, which tells whether the rest of it was given up; it fails when the request is aborted. */
const bodyOf = (chunks: Iterable<Uint8Array<ArrayBuffer>>, signal?: AbortSignal | null) => {
  const from = chunks[Symbol.iterator]();
  const state = { cancelled: false, pulled: 0 };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start: (controller) =>
        signal?.addEventListener('abort', () => controller.error(new DOMException('', 'AbortError'))),
      pull(controller) {
        const { done, value } = from.next();
        if (done) return signal ? new Promise(() => undefined) : controller.close();
        state.pulled += 1;
        controller.enqueue(value);
      },
      cancel() {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, state };
};
const encode = (text: string) => new TextEncoder().encode(text);

test('asks without cookies, cache, referrer or following, and gives the text', async () => {
  asked.mockResolvedValue(new Response('{"keys":[]}'));
  expect(await fetchText(`${URL_OF_KEYS}#part`)).toEqual({ text: '{"keys":[]}' });
  expect(asked.mock.calls).toEqual([
    [
      URL_OF_KEYS,
      {
        method: 'GET',
        headers: { Accept: 'application/json' },
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        redirect: 'manual',
        signal: expect.any(AbortSignal),
      },
    ],
  ]);
  expect(vi.getTimerCount()).toBe(0);
});

test('text that comes in pieces is whole, though cut within a character', async () => {
  const bytes = encode('{"a":"ü€😀"}');
  const pieces = Array.from(bytes, (_, index) => bytes.slice(index, index + 1));
  asked.mockResolvedValue(new Response(bodyOf(pieces).body));
  expect(await fetchText(URL_OF_KEYS)).toEqual({ text: '{"a":"ü€😀"}' });
});

test.each([
  ['http://login.test/keys', 'not_https'],
  ['https://me:secret@login.test/', 'address'],
  ['chrome://settings', 'address'],
  ['', 'address'],
])('%s is not asked', async (address, error) => {
  expect(await fetchText(address)).toEqual({ error });
  expect(asked).not.toHaveBeenCalled();
});

test('a redirect is told and not followed', async () => {
  const redirect = Object.defineProperties(Response.error(), { type: { value: 'opaqueredirect' } });
  asked.mockResolvedValue(redirect);
  expect(await fetchText(URL_OF_KEYS)).toEqual({ error: 'redirect' });
  expect(asked).toHaveBeenCalledTimes(1);
});

test.each([204, 304, 403, 404, 500])('status %i is told, and the body left', async (status) => {
  const { body, state } = bodyOf([encode('no')]);
  asked.mockResolvedValue(new Response(status === 204 || status === 304 ? null : body, { status }));
  expect(await fetchText(URL_OF_KEYS)).toEqual({ error: 'status', detail: `${status}` });
  expect(state.pulled).toBe(0);
});

test('what cannot be reached or may not be read is told', async () => {
  asked.mockRejectedValue(new TypeError('Failed to fetch'));
  expect(await fetchText(URL_OF_KEYS)).toEqual({ error: 'unreachable' });
  expect(vi.getTimerCount()).toBe(0);
});

test('a connection that breaks in the body is told', async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError('network error')) });
  asked.mockResolvedValue(new Response(body));
  expect(await fetchText(URL_OF_KEYS)).toEqual({ error: 'unreachable' });
});

test('a body of the bound is read, and of one over it no more than that', async () => {
  const size = 65_536;
  const chunk = new Uint8Array(size).fill(0x20);
  const full = Array.from({ length: MAX_ANSWER / size }, () => chunk);
  asked.mockResolvedValue(new Response(bodyOf(full).body));
  expect(await fetchText(URL_OF_KEYS)).toEqual({ text: ' '.repeat(MAX_ANSWER) });

  const endless = {
    *[Symbol.iterator]() {
      for (;;) yield chunk;
    },
  };
  const { body, state } = bodyOf(endless);
  asked.mockResolvedValue(new Response(body));
  expect(await fetchText(URL_OF_KEYS)).toEqual({ error: 'too_large' });
  expect(state).toEqual({ cancelled: true, pulled: MAX_ANSWER / size + 1 });
});

test('an answer that does not begin in time is given up', async () => {
  asked.mockImplementation(
    (_, init) =>
      new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      }),
  );
  const answer = fetchText(URL_OF_KEYS);
  await vi.advanceTimersByTimeAsync(MAX_WAIT - 1);
  expect(asked.mock.calls[0]?.[1]?.signal?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await answer).toEqual({ error: 'too_slow' });
});

test('a body that does not end in time is given up too', async () => {
  asked.mockImplementation(async (_, init) => new Response(bodyOf([encode('{')], init?.signal).body));
  const answer = fetchText(URL_OF_KEYS);
  await vi.advanceTimersByTimeAsync(MAX_WAIT);
  expect(await answer).toEqual({ error: 'too_slow' });
});
