import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ImportPiece } from '../../../src/core/report/import/imported.ts';
import type { ImportTold } from '../../../src/workers/import-worker.ts';
import { compact } from '../../fixtures/tokens.ts';

const TOKEN = compact({ alg: 'HS256' }, {}, 'c2lnbmF0dXJl');
const LINES = 1_200;
const lines = () => new Blob(Array.from({ length: LINES }, (_, index) => `${index} ${TOKEN}\n`));

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllGlobals());

/** The worker as it is, on the test's own thread. */
const setUp = async () => {
  const asked: unknown[] = [];
  const state = { terminated: 0 };
  const inside: { onmessage?: (event: { data: unknown }) => void } = {};
  let outside: FakeWorker;
  class FakeWorker {
    onmessage: ((event: { readonly data: ImportTold }) => void) | undefined;
    onerror: ((event: { readonly message: string }) => void) | undefined;
    constructor() {
      outside = this;
    }
    postMessage(data: unknown): void {
      asked.push(data);
      if (state.terminated === 0) inside.onmessage?.({ data });
    }
    terminate(): void {
      state.terminated += 1;
    }
  }
  vi.stubGlobal('self', Object.assign(inside, { postMessage: (data: ImportTold) => outside.onmessage?.({ data }) }));
  vi.stubGlobal('reportError', ({ message }: Error) => outside.onerror?.({ message }));
  vi.stubGlobal('Worker', FakeWorker);
  await import('../../../src/workers/import-worker.ts');
  const { importFile } = await import('../../../src/browser/dom/import-file.ts');
  return { importFile, asked, state };
};

test('a file comes in pieces, each when the one before was taken, and its end ends the worker', async () => {
  const { importFile, asked, state } = await setUp();
  const pieces: ImportPiece[] = [];
  const listener = (piece: ImportPiece) => {
    pieces.push(piece);
    expect(asked).toHaveLength(pieces.length);
  };
  const end = await importFile(lines(), listener, new AbortController().signal);
  expect(end).toEqual({ format: 'text', read: LINES, problems: [] });
  expect(pieces.length).toBeGreaterThan(2);
  expect(pieces.flatMap(({ records }) => records).filter(({ type }) => type === 'sighting')).toHaveLength(LINES);
  expect(asked.slice(1)).toEqual(pieces.map(() => 'taken'));
  expect(state.terminated).toBe(1);
});

test('a signal ends it at once, and nothing is told after it', async () => {
  const { importFile, state } = await setUp();
  const controller = new AbortController();
  const listener = vi.fn(() => controller.abort(new Error('stopped')));
  await expect(importFile(lines(), listener, controller.signal)).rejects.toThrow('stopped');
  expect(state.terminated).toBe(1);
  expect(listener).toHaveBeenCalledTimes(1);
  await expect(importFile(lines(), listener, controller.signal)).rejects.toThrow('stopped');
});

test('a file that cannot be read rejects', async () => {
  const { importFile, state } = await setUp();
  const stream = () => {
    throw new Error('the file is gone');
  };
  const file = Object.assign(lines(), { stream });
  await expect(importFile(file, vi.fn(), new AbortController().signal)).rejects.toThrow('the file is gone');
  expect(state.terminated).toBe(1);
});
