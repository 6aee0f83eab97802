import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keysOf } from '../../../src/core/capture/keys.ts';
import { MAX_POLICIES, POLICIES, storedPolicy } from '../../../src/core/judge/parse-policy.ts';
import type { StoredPolicies } from '../../../src/core/judge/policy.ts';
import { emptyPolicy } from '../../../src/core/judge/policy-from.ts';
import { stubStorage } from '../../fixtures/fake-storage.ts';

const API = 'https://api.test';
const OVERLAY = `${keysOf('private')}${POLICIES}`;
const policy = (origin: string, issuer = '') => ({ ...emptyPolicy(origin), issuers: issuer === '' ? [] : [issuer] });
const put = (...origins: readonly string[]) =>
  fake.local.area.set(Object.fromEntries(origins.map((one) => [`${POLICIES}${one}`, storedPolicy(policy(one))])));

let fake: ReturnType<typeof stubStorage>;
const start = (options = {}): void => {
  fake = stubStorage(options);
  vi.resetModules();
};
beforeEach(() => start());
afterEach(() => void vi.unstubAllGlobals());

const open = async () => {
  const { policies } = await import('../../../src/browser/dom/policies.ts');
  await import('../../../src/browser/dom/policy-store.ts');
  const told: StoredPolicies[] = [];
  const stop = policies.watchPolicies((stored) => told.push(stored));
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(0));
  return { ...policies, told, stop, last: () => told.at(-1) };
};
const origins = (stored: StoredPolicies | undefined) => stored?.policies.map(({ origin }) => origin);

describe('watching', () => {
  test('tells what is there, and each change, until it is stopped', async () => {
    await put(API);
    await fake.local.area.set({ settings: {} });
    const { told, stop, savePolicy, removePolicy } = await open();
    await savePolicy(policy('*'));
    await vi.waitFor(() => expect(told.map(origins)).toEqual([[API], ['*', API]]));
    await fake.local.area.set({ settings: { paused: true } });
    await removePolicy(API);
    await vi.waitFor(() => expect(told.map(origins)).toEqual([[API], ['*', API], ['*']]));
    stop();
    expect(fake.local.listeners.size + fake.session.listeners.size).toBe(0);
    await put(API);
    expect(told).toHaveLength(3);
  });

  test('stopped before the store was loaded, it never begins', async () => {
    const { policies } = await import('../../../src/browser/dom/policies.ts');
    const listener = vi.fn();
    policies.watchPolicies(listener)();
    await import('../../../src/browser/dom/policy-store.ts');
    await new Promise((resolve) => setImmediate(resolve));
    expect(fake.local.listeners.size).toBe(0);
    expect(listener).not.toHaveBeenCalled();
  });

  test('what was read before a change is not told after it', async () => {
    await put(API);
    const { told } = await open();
    const { get } = fake.local.area;
    const old = await get(null);
    let release = () => {};
    const held = new Promise<typeof old>((resolve) => {
      release = () => resolve(old);
    });
    fake.local.area.get = () => held;
    await put('https://slow.test');
    fake.local.area.get = get;
    await put('https://late.test');
    await vi.waitFor(() => expect(told).toHaveLength(2));
    release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toHaveLength(2);
    expect(told.map(origins).at(-1)).toEqual([API, 'https://late.test', 'https://slow.test']);
  });

  test('stopped before it was read, it tells nothing', async () => {
    const { watchPolicies } = await import('../../../src/browser/dom/policy-store.ts');
    const listener = vi.fn();
    watchPolicies(listener)();
    await new Promise((resolve) => setImmediate(resolve));
    expect(listener).not.toHaveBeenCalled();
  });

  test('a disk that cannot be read has none', async () => {
    fake.local.area.get = () => Promise.reject(new Error('corrupt'));
    expect((await open()).last()).toEqual({ policies: [], unreadable: [] });
  });
});

describe('what is unreadable', () => {
  test('is told, kept while others are saved, and replaced only when its own origin is', async () => {
    const key = `${POLICIES}${API}`;
    const broken = { v: 7, later: true };
    await fake.local.area.set({ [key]: broken });
    const { last, savePolicy } = await open();
    expect(last()).toEqual({ policies: [], unreadable: [{ key, text: JSON.stringify(broken, null, 2) }] });
    await savePolicy(policy('*'));
    expect(fake.local.values.get(key)).toEqual(broken);
    await savePolicy(policy(API, 'a'));
    await vi.waitFor(() => expect(last()?.unreadable).toEqual([]));
    expect(fake.local.values.get(key)).toEqual(storedPolicy(policy(API, 'a')));
  });
});

describe('saving', () => {
  test('rejects over quota, and loses nothing', async () => {
    await put(API);
    const { savePolicy } = await open();
    fake.local.refuse(true);
    await expect(savePolicy(policy(API, 'a'))).rejects.toThrow('quota');
    expect(fake.local.values.get(`${POLICIES}${API}`)).toEqual(storedPolicy(policy(API)));
  });
  test('rejects one more than there may be; one that is there can still be changed', async () => {
    const all = Array.from({ length: MAX_POLICIES }, (_, index) => `https://a${index}.test`);
    await put(...all);
    const { savePolicy } = await open();
    await expect(savePolicy(policy(API))).rejects.toThrow('too many');
    await savePolicy(policy('https://a0.test', 'a'));
    expect(fake.local.values.size).toBe(MAX_POLICIES);
  });
});

describe('a private window', () => {
  beforeEach(() => start({ isPrivate: true }));

  test('sees the policies of the disk, and keeps its own in memory, over them', async () => {
    await put(API, '*');
    const { last, savePolicy, removePolicy } = await open();
    const before = structuredClone([...fake.local.values]);
    await savePolicy(policy(API, 'private'));
    await savePolicy(policy('https://secret.test'));
    await vi.waitFor(() => expect(origins(last())).toEqual(['*', API, 'https://secret.test']));
    expect(last()?.policies[1]?.issuers).toEqual(['private']);
    expect([...fake.local.values]).toEqual(before);
    expect([...fake.session.values.keys()]).toEqual([`${OVERLAY}${API}`, `${OVERLAY}https://secret.test`]);

    await removePolicy(API);
    await vi.waitFor(() => expect(last()?.policies[1]?.issuers).toEqual([]));
    expect([...fake.local.values]).toEqual(before);
    await removePolicy(API);
    await vi.waitFor(() => expect(origins(last())).toEqual(['*', 'https://secret.test']));
  });

  test('an ordinary one sees nothing of it', async () => {
    const { savePolicy } = await open();
    await savePolicy(policy('https://secret.test'));
    const { session } = fake;
    start();
    for (const [key, value] of session.values) fake.session.values.set(key, value);
    expect((await open()).last()).toEqual({ policies: [], unreadable: [] });
  });
});
