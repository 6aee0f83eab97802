/** A workbench on the fake source, with the cryptography that ships. */
import { afterEach, expect, vi } from 'vitest';
import { createModel, type Model } from '../../src/panel/model/model.ts';
import { createWorkbench } from '../../src/panel/model/workbench.ts';
import type { Workbench } from '../../src/panel/model/workbench-shape.ts';
import { createTools, type Tools } from '../../src/panel/model/workbench-tools.ts';
import { createFakeSource } from '../fixtures/fake-source.ts';
import { seen } from './records.ts';

/** For a machine that does other things too. */
export const BUSY = { timeout: 15_000 };
vi.setConfig({ testTimeout: 20_000 });

const models: Model[] = [];
afterEach(() => {
  for (const model of models.splice(0)) model.dispose();
});

/** @param token one that is in the log */
export const openWorkbench = (tools: Partial<Tools> = {}, token?: string) => {
  const fake = createFakeSource({ records: token === undefined ? [] : seen(token) });
  const model = createModel(fake.source);
  models.push(model);
  const bench = createWorkbench(model, { ...createTools(), uuid: () => 'a-b-c', ...tools });
  return { fake, model, bench };
};

/** When nothing newer is being made. */
export const settled = (bench: Workbench) => vi.waitFor(() => expect(bench.busy.value).toBe(false), BUSY);

/** The newest token, or that there is none. */
export const builtOf = async (bench: Workbench) => {
  await settled(bench);
  if (!bench.built.value) throw new Error(`nothing: ${JSON.stringify(bench.failure.value)}`);
  return bench.built.value;
};

/** A copy of the token, as it stands before anything is typed. */
export const copyOf = async (token: string, tools: Partial<Tools> = {}) => {
  const { bench, ...rest } = openWorkbench(tools, token);
  bench.start(token);
  await settled(bench);
  return { bench, ...rest };
};
