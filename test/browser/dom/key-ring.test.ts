import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { digest } from '../../../src/core/capture/digest.ts';
import { keysOf, REMEMBERED } from '../../../src/core/capture/keys.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { stubStorage } from '../../fixtures/fake-storage.ts';
import { edPair, publicJwk } from '../../fixtures/keys.ts';

const PREFIX = keysOf('normal');
const given = (id: string, addedAt: number, more: Partial<RingKey> = {}): RingKey => ({
  id,
  text: 'secret',
  provenance: 'given',
  issuer: '',
  addedAt,
  ...more,
});

let fake: ReturnType<typeof stubStorage>;
const start = (options = {}): void => {
  fake = stubStorage(options);
  vi.resetModules();
};
beforeEach(() => start());
afterEach(() => {
  vi.unstubAllGlobals();
});

const open = async (now = () => 0) => {
  const { keyRing } = await import('../../../src/browser/dom/key-ring.ts');
  const ring = keyRing(now);
  const told: (readonly RingKey[])[] = [];
  return { ...ring, told, stop: ring.watchKeys((keys) => told.push(keys)) };
};
const ids = (keys: readonly RingKey[] | undefined) => keys?.map(({ id }) => id).join();
const put = (...keys: readonly RingKey[]) =>
  fake.session.area.set(Object.fromEntries(keys.map((key) => [`${PREFIX}${key.id}`, key])));

describe('watching', () => {
  test('tells the keys of memory and disk by age, and each change', async () => {
    await put(given('b', 2), given('a', 1));
    await fake.local.area.set({ settings: {}, [`${REMEMBERED}c`]: given('c', 0, { remembered: true }) });
    const { told, stop } = await open();
    await vi.waitFor(() => expect(told.map(ids)).toEqual(['c,a,b']));
    await put(given('d', 3));
    await fake.local.area.remove([`${REMEMBERED}c`]);
    await fake.session.area.remove([`${PREFIX}a`]);
    expect(told.slice(1).map(ids)).toEqual(['c,a,b,d', 'a,b,d', 'b,d']);
    stop();
    expect(fake.session.listeners.size + fake.local.listeners.size).toBe(0);
  });

  test('passes over what is no key, not its own, or not a key’s business', async () => {
    await put(given('a', 1));
    await fake.session.area.set({
      [`${PREFIX}b`]: { ...given('b', 1), issuer: undefined },
      [`${PREFIX}c`]: given('other', 1),
      [`${PREFIX}d`]: { ...given('d', 1), goneAt: Number.NaN },
      [`${PREFIX}documents`]: [],
      [`${keysOf('private')}e`]: given('e', 1),
      'token/1/a': {},
    });
    await fake.local.area.set({ [`${REMEMBERED}f`]: 'no key' });
    const { told } = await open();
    await vi.waitFor(() => expect(told.map(ids)).toEqual(['a']));
    await fake.session.area.set({ 'token/1/b': {} });
    await fake.local.area.set({ settings: {} });
    expect(told).toHaveLength(1);
  });

  test('what changes while storage is read is newer than what was read', async () => {
    await put(given('a', 1), given('b', 2));
    const { told } = await open();
    await fake.session.area.remove([`${PREFIX}a`]);
    await vi.waitFor(() => expect(told.map(ids)).toEqual(['b']));
  });

  test('stopped before it was read, it tells nothing', async () => {
    const { told, stop } = await open();
    stop();
    await put(given('a', 1));
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toEqual([]);
  });

  test('a disk that cannot be read hides nothing of memory', async () => {
    await put(given('a', 1));
    fake.local.area.get = () => Promise.reject(new Error('corrupt'));
    const { told } = await open();
    await vi.waitFor(() => expect(told.map(ids)).toEqual(['a']));
  });
});

describe('a given key', () => {
  test('is kept with its issuer, name and cookie, until it is removed', async () => {
    let now = 1;
    const { addKey, removeKey, told } = await open(() => now++);
    await addKey('first', 'https://login.test');
    await addKey('second', '', { cookie: 'session', name: 'mine' });
    const [first, second] = [await digest('first'), await digest('second')];
    expect(told.at(-1)).toEqual([
      { id: first, text: 'first', provenance: 'given', issuer: 'https://login.test', addedAt: 1 },
      { id: second, text: 'second', provenance: 'given', issuer: '', addedAt: 2, cookie: 'session', name: 'mine' },
    ]);
    await removeKey(first);
    expect(ids(told.at(-1))).toBe(second);
    expect(fake.local.values.size).toBe(0);
  });

  test('given again keeps its name and its pin', async () => {
    const { addKey, changeKey, told } = await open();
    await addKey('first', '');
    await changeKey(await digest('first'), { name: 'mine', pinned: true });
    await addKey('first', 'https://login.test');
    expect(told.at(-1)).toMatchObject([{ name: 'mine', pinned: true, issuer: 'https://login.test' }]);
  });

  test('for which there is no room is refused', async () => {
    const { addKey } = await open();
    fake.session.refuse(true);
    await expect(addKey('x', '')).rejects.toThrow('quota');
    fake.session.refuse(false);
    await expect(addKey('x'.repeat(1_048_577), '')).rejects.toThrow('too long');
    await put(...Array.from({ length: 500 }, (_, index) => given(`k${index}`, index)));
    await expect(addKey('x', '')).rejects.toThrow('full');
    await expect(addKey('x'.repeat(1_048_577), '')).rejects.toThrow('too long');
  });
});

describe('changing', () => {
  test('names and pins, and takes that back', async () => {
    await put(given('a', 1));
    const { changeKey, told } = await open();
    await changeKey('a', { name: 'n'.repeat(300), pinned: true });
    expect(told.at(-1)).toEqual([given('a', 1, { name: 'n'.repeat(200), pinned: true })]);
    await changeKey('a', { pinned: false });
    expect(told.at(-1)).toEqual([given('a', 1, { name: 'n'.repeat(200) })]);
    await changeKey('a', { name: '' });
    expect(told.at(-1)).toEqual([given('a', 1)]);
  });

  test('of a key that is not there makes none', async () => {
    const { changeKey } = await open();
    await changeKey('a', { pinned: true });
    expect([...fake.session.values.keys()]).toEqual([]);
  });

  test('loses neither of two changes at once', async () => {
    await put(given('a', 1));
    const [one, other] = [await open(), await open()];
    await Promise.all([one.changeKey('a', { name: 'mine' }), other.changeKey('a', { pinned: true })]);
    expect(fake.session.values.get(`${PREFIX}a`)).toEqual(given('a', 1, { name: 'mine', pinned: true }));
  });
});

describe('remembering', () => {
  test('is offered', async () => {
    expect((await open()).canRemember).toBe(true);
  });

  test('moves a key to the disk and back, and there is no moment without it', async () => {
    await put(given('a', 1));
    const { changeKey, told } = await open();
    await vi.waitFor(() => expect(told).toHaveLength(1));
    await changeKey('a', { remembered: true });
    const onDisk = given('a', 1, { remembered: true });
    expect([...fake.local.values]).toEqual([[`${REMEMBERED}a`, onDisk]]);
    expect([...fake.session.values]).toEqual([]);
    expect(told.at(-1)).toEqual([onDisk]);
    await changeKey('a', { name: 'mine' });
    expect(fake.session.values.size).toBe(0);
    await changeKey('a', { remembered: false });
    expect([...fake.local.values]).toEqual([]);
    expect(told.at(-1)).toEqual([given('a', 1, { name: 'mine' })]);
    expect(told.map((keys) => keys.length)).not.toContain(0);
  });

  test('ends with the key: it is taken off the disk', async () => {
    await fake.local.area.set({
      [`${REMEMBERED}a`]: given('a', 0, { remembered: true }),
      [`${REMEMBERED}b`]: 'broken',
    });
    const { removeKey } = await open();
    await removeKey('a');
    await removeKey('b');
    expect([...fake.local.values]).toEqual([]);
  });

  test('taken back is refused while memory is full: the key stays where it is, and can still be removed', async () => {
    const stored: [string, RingKey] = [`${REMEMBERED}a`, given('a', 0, { remembered: true })];
    await fake.local.area.set(Object.fromEntries([stored]));
    const { changeKey, removeKey } = await open();
    fake.session.refuse(true);
    await expect(changeKey('a', { remembered: false })).rejects.toThrow('quota');
    expect([...fake.local.values]).toEqual([stored]);
    expect(fake.session.values.size).toBe(0);
    await removeKey('a');
    expect([...fake.local.values]).toEqual([]);
  });

  test('a secret that is given again stays where it is', async () => {
    const { addKey, changeKey } = await open();
    await addKey('x', '');
    await changeKey(await digest('x'), { remembered: true });
    await addKey('x', 'https://login.test');
    expect(fake.session.values.size).toBe(0);
    expect([...fake.local.values.values()]).toMatchObject([{ issuer: 'https://login.test', remembered: true }]);
  });

  test('is nothing for private windows: neither to the disk nor from it', async () => {
    start({ isPrivate: true });
    await fake.local.area.set({ [`${REMEMBERED}a`]: given('a', 0, { remembered: true }) });
    const { addKey, canRemember, changeKey, removeKey, told } = await open();
    await addKey('x', '');
    const id = await digest('x');
    expect(told.map(ids).every((each) => each === '' || each === id)).toBe(true);
    expect(canRemember).toBe(false);
    await expect(changeKey(id, { remembered: true })).rejects.toThrow('Private');
    await removeKey('a');
    expect([...fake.local.values.keys()]).toEqual([`${REMEMBERED}a`]);
    expect([...fake.session.values.keys()]).toEqual([`${keysOf('private')}${id}`]);
  });
});

describe('a fetched set', () => {
  const [a, b] = [publicJwk(edPair(), { kid: 'a' }), publicJwk(edPair(), { kid: 'b' })];
  const setOf = (...keys: readonly object[]) => ({
    source: 'https://login.test/keys',
    issuer: 'https://login.test',
    text: JSON.stringify({ keys }),
  });

  test('joins key by key, and what it no longer has is gone, on disk too', async () => {
    const { keepKeySet, changeKey, told } = await open(() => 5);
    await keepKeySet(setOf(a, b));
    expect(told.at(-1)).toMatchObject([
      { provenance: 'discovery', issuer: 'https://login.test', source: 'https://login.test/keys', addedAt: 5 },
      { provenance: 'discovery' },
    ]);
    const [first] = told.at(-1) ?? [];
    await changeKey(first?.id ?? '', { remembered: true });
    await keepKeySet(setOf(b));
    expect([...fake.local.values.values()]).toEqual([{ ...first, remembered: true, goneAt: 5 }]);
    expect(fake.session.values.size).toBe(1);
  });

  test('that cannot be kept is refused', async () => {
    const { keepKeySet } = await open();
    fake.session.refuse(true);
    await expect(keepKeySet(setOf(a))).rejects.toThrow('quota');
  });
});
