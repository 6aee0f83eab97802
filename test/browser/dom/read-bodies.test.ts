import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeWorker } from '../../fixtures/fake-worker.ts';
import { tokenFor, witnessedRequest } from '../../fixtures/requests.ts';

const token = tokenFor('alice');
const BODY = { kind: 'response_body', mimeType: 'application/json' } as const;
const request = witnessedRequest();
const long = (length: number): string => JSON.stringify({ pad: 'x'.repeat(length), jwt: token });

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const setUp = async (options = {}) => {
  const worker = fakeWorker(options);
  vi.stubGlobal('Worker', worker.Worker);
  const { readBodyOf } = await import('../../../src/browser/dom/read-bodies.ts');
  return { ...worker, read: (content: string, body = BODY) => readBodyOf(request, content, body, undefined) };
};
const settle = async <T>(promise: Promise<T>): Promise<T> => {
  await vi.advanceTimersByTimeAsync(60_000);
  return promise;
};
const told = {
  ...request,
  bodies: [{ compact: token, place: { kind: 'response_body', name: '', path: 'jwt', format: 'json' } }],
};

test('reads a short body here, a long one in a worker, with the same outcome', async () => {
  const { read, posted, state } = await setUp();
  expect(await read(long(100))).toEqual({ told, isWhole: true });
  expect(state.started).toBe(0);
  expect(await settle(read(long(3_000_000)))).toEqual({ told, isWhole: true });
  // No task is long: neither one that posts nor one that takes.
  const pieces = posted.map((message) => Reflect.get(Object(message), 'piece')?.length);
  expect(pieces).toEqual([1_048_576, 1_048_576, expect.any(Number), undefined]);
});

test('gives the worker one body after the other', async () => {
  const { read, state } = await setUp();
  const answers = await settle(
    Promise.all([read(long(2_000_000)), read(`"${'x'.repeat(2_000_000)}"`), read(long(70_000))]),
  );
  expect(answers).toEqual([{ told, isWhole: true }, { isWhole: true }, { told, isWhole: true }]);
  expect(state.started).toBe(1);
});

test.each([{ breaks: true }, { silent: true }])(
  'says so of a worker that came to no end (%o), and takes another',
  async (options) => {
    const { read, state } = await setUp(options);
    expect(await settle(read(long(70_000)))).toEqual({ isWhole: false });
    expect(state).toEqual({ started: 1, terminated: 1 });
    vi.stubGlobal('Worker', fakeWorker().Worker);
    expect(await settle(read(long(70_000)))).toEqual({ told, isWhole: true });
  },
);

test('says so where no worker starts', async () => {
  const { read } = await setUp();
  vi.stubGlobal('Worker', undefined);
  expect(await settle(read(long(70_000)))).toEqual({ isWhole: false });
});
