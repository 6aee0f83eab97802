// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import '../one-slice.ts';
import type { Policy } from '../../../src/core/judge/policy.ts';
import { emptyPolicy } from '../../../src/core/judge/policy-from.ts';
import { createModel } from '../../../src/panel/model/model.ts';
import { apiOf, judgedToken, policiesOf } from '../../../src/panel/model/policies.ts';
import { createFakeSource, type FakeOptions } from '../../fixtures/fake-source.ts';
import { compact, hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { exchangeRecord, seen } from '../records.ts';

const API = 'https://api.test';
const policy = (origin: string): Policy => emptyPolicy(origin);
const setUp = (options: FakeOptions = {}) => {
  const { source } = createFakeSource(options);
  const stop = vi.fn();
  const watch = vi.spyOn(source, 'watchPolicies').mockImplementation((listener) => {
    listener({ policies: options.policies ?? [], unreadable: [] });
    return stop;
  });
  return { model: createModel(source), watch, stop };
};
const entryOf = async (token: string, url = `${API}/me`) => {
  const { model } = setUp({ records: seen(token, { url }) });
  return vi.waitFor(() => {
    const [entry] = model.log.entries.value;
    if (!entry?.lastSent) throw new Error('not yet');
    return entry;
  });
};

test('policies are watched from the first question on, once, and no longer than the model lives', () => {
  const { model, watch, stop } = setUp({ policies: [policy('*'), policy(API)] });
  expect(watch).not.toHaveBeenCalled();
  const { of } = policiesOf(model);
  expect(policiesOf(model).of).toBe(of);
  expect([of(API)?.origin, of('https://other.test')?.origin, of('')?.origin]).toEqual([API, '*', '*']);
  expect(watch).toHaveBeenCalledTimes(1);
  expect(stop).not.toHaveBeenCalled();
  model.dispose();
  expect(stop).toHaveBeenCalledTimes(1);
});

test('a token’s API is the origin that it was last sent to', async () => {
  const token = hmacToken(SECRET);
  expect(apiOf(await entryOf(token))).toBe(API);
  expect(apiOf(await entryOf(token, 'wss://api.test:8443/live'))).toBe('https://api.test:8443');
  expect(apiOf({ ...(await entryOf(token)), lastSent: undefined })).toBe('');
  expect(apiOf({ ...(await entryOf(token)), lastSent: exchangeRecord('x', { url: 'data:,' }) })).toBe('');
});

test('what is judged is what can be read', async () => {
  const plain = await entryOf(hmacToken(SECRET));
  expect(judgedToken(plain)).toMatchObject({ decoded: plain.decoded, claims: plain.decoded });
  const sealed = await entryOf(`${compact({ alg: 'dir', enc: 'A256GCM' }, '')}aXY.Yw.dGFn`);
  expect(judgedToken(sealed).sealed).toBe(true);
});
