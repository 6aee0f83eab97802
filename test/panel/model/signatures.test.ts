import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import '../one-slice.ts';
import { createLog } from '../../../src/panel/model/log.ts';
import { createSignatures } from '../../../src/panel/model/signatures.ts';
import { encryptedToken, octJwk } from '../../fixtures/encrypted.ts';
import { createFakeSource } from '../../fixtures/fake-source.ts';
import { given as givenFor, pairFor, publicJwk } from '../../fixtures/keys.ts';
import { hmacToken, SECRET, signedToken } from '../../fixtures/tokens.ts';
import { seen, sightingRecord } from '../records.ts';

const many = Array.from({ length: 150 }, (_, index) => hmacToken(SECRET, { payload: { sub: `user ${index}` } }));
const other = hmacToken('quite another secret of 32 letters', { payload: { sub: 'mallory' } });

/** For tokens that name no issuer, as those here. */
const given = (text: string, addedAt = 0) => givenFor(text, 'given', addedAt, '');

const setUp = (tokens: readonly string[]) => {
  const fake = createFakeSource({ records: tokens.flatMap((token) => seen(token)) });
  const log = createLog(fake.source, () => undefined);
  const keys = signal<readonly RingKey[]>([]);
  const signatures = createSignatures(log, keys);
  const states = () => {
    const all = log.entries.value.map((entry) => signatures.of(entry)?.state ?? 'pending');
    return Object.fromEntries([...new Set(all)].map((state) => [state, all.filter((one) => one === state).length]));
  };
  return { fake, log, keys, signatures, states };
};
const until = (check: () => void) => vi.waitFor(check, { interval: 2, timeout: 5000 });

let verify = vi.spyOn(crypto.subtle, 'verify');
beforeEach(() => void verify.mockClear());

test('a key verifies every token it fits, once, and takes its answers with it', async () => {
  const { fake, keys, signatures, states } = setUp([...many, other]);
  await until(() => expect(states()).toEqual({ no_key: 151 }));
  expect(verify).not.toHaveBeenCalled();

  keys.value = [given(SECRET)];
  await until(() => expect(states()).toEqual({ verified: 150, mismatch: 1 }));
  const calls = verify.mock.calls.length;
  expect(calls).toBeGreaterThanOrEqual(151);

  const revision = signatures.revision.value;
  const late = hmacToken(SECRET, { payload: { sub: 'late' } });
  fake.put(...seen(late));
  await until(() => expect(states()).toEqual({ verified: 151, mismatch: 1 }));
  // Only the newcomer is computed.
  expect(verify.mock.calls.length).toBe(calls + 1);
  expect(signatures.revision.value).toBe(revision + 1);

  keys.value = [];
  await until(() => expect(states()).toEqual({ no_key: 152 }));
  expect(verify.mock.calls.length).toBe(calls + 1);
});

test('a token that was cleared and comes again meets the keys that came meanwhile', async () => {
  const [token = ''] = many;
  const { fake, keys, states } = setUp([token]);
  await until(() => expect(states()).toEqual({ no_key: 1 }));
  fake.drop(...seen(token));
  keys.value = [given(SECRET)];
  fake.put(...seen(token));
  await until(() => expect(states()).toEqual({ verified: 1 }));
});

test('keys that change in the middle of the work decide at last', async () => {
  const { keys, states } = setUp(many);
  keys.value = [given('wrong')];
  await Promise.resolve();
  keys.value = [given('wrong'), given(SECRET, 1)];
  await until(() => expect(states()).toEqual({ verified: 150 }));
});

test('another algorithm can be forced, and is not kept', async () => {
  const [token = ''] = many;
  const { log, keys, signatures, states } = setUp([token]);
  keys.value = [given(SECRET)];
  await until(() => expect(states()).toEqual({ verified: 1 }));
  const [entry] = log.entries.value;
  if (!entry) throw new Error('no entry');
  expect(await signatures.force(entry.decoded, 'HS512')).toMatchObject({
    state: 'mismatch',
    alg: 'HS512',
    forced: true,
  });
  expect(await signatures.force(entry.decoded, 'RS256')).toMatchObject({ state: 'key_does_not_fit' });
  expect(states()).toEqual({ verified: 1 });
});

describe('what is encrypted', () => {
  const sealWith = (payload: unknown = { sub: 'alice' }) => encryptedToken('dir', { payload });
  const key = givenFor(octJwk(256));

  test('is opened by a key that comes, is found by what it holds, and is closed again without the key', async () => {
    const { log, keys, signatures } = setUp([await sealWith(), ...many]);
    const entry = () => log.entries.value.find(({ decoded }) => decoded.form === 'jwe');
    await until(() => expect(entry()?.opened?.layers[0].decryption?.state).toBe('no_key'));
    expect(entry()).toMatchObject({ kind: 'encrypted' });
    expect(signatures.contents.value).toBe(0);

    keys.value = [key];
    await until(() => expect(entry()?.claims.payload).toEqual({ sub: 'alice' }));
    expect(entry()?.kind).toBe('access_token');
    expect(entry()?.searchText).toContain('alice');
    // Of the others nothing more can be read than before: no list has to be filtered again for them.
    await until(() => expect(signatures.contents.value).toBe(1));
    const [signed] = log.entries.value.filter(({ decoded }) => decoded.form === 'jws');
    expect(signed && signatures.of(signed)).toBeDefined();

    keys.value = [];
    await until(() => expect(entry()?.claims.payload).toBeUndefined());
    expect(entry()?.kind).toBe('encrypted');
    expect(entry()?.searchText).not.toContain('alice');
    expect(signatures.contents.value).toBe(2);
  });

  test('is tried again when it is seen in a cookie of another name', async () => {
    const token = await sealWith();
    const fake = createFakeSource({ records: seen(token, { place: { kind: 'cookie', name: 'one' } }) });
    const log = createLog(fake.source, () => undefined);
    const signatures = createSignatures(log, signal<readonly RingKey[]>([]));
    await until(() => expect(log.entries.value[0]?.opened).toBeDefined());
    expect(log.entries.value[0]?.cookies).toEqual(['one']);
    const revision = signatures.revision.value;
    fake.put(sightingRecord(token, 'x2', { place: { kind: 'cookie', name: 'two' } }));
    await until(() => expect(signatures.revision.value).toBe(revision + 1));
    expect(log.entries.value[0]?.cookies).toEqual(['one', 'two']);
    fake.put(sightingRecord(token, 'x3', { place: { kind: 'cookie', name: 'two' } }));
    await until(() => expect(log.entries.value[0]?.requests).toBe(3));
    expect(signatures.revision.value).toBe(revision + 1);
  });

  test('with a password waits for a word where that takes long', async () => {
    const password = 'a password of some length';
    const token = await encryptedToken('PBES2-HS256+A128KW', {
      key: new TextEncoder().encode(password),
      payload: { sub: 'bob' },
      iterations: 120_000,
    });
    const { log, keys, signatures } = setUp([token]);
    keys.value = [given(password)];
    const state = () => log.entries.value[0]?.opened?.layers[0].decryption?.state;
    await until(() => expect(state()).toBe('asks'));
    const [entry] = log.entries.value;
    if (!entry) throw new Error('no entry');
    signatures.allowSlow(entry);
    await until(() => expect(state()).toBe('decrypted'));
    expect(entry.claims.payload).toEqual({ sub: 'bob' });
  });
});

test('a payload that is elsewhere can be given, and taken back', async () => {
  const whole = hmacToken(SECRET, { payload: { sub: 'alice' } });
  const [header = '', , signature = ''] = whole.split('.');
  const { log, keys, signatures, states } = setUp([`${header}..${signature}`]);
  keys.value = [given(SECRET)];
  await until(() => expect(states()).toEqual({ cannot_be_checked: 1 }));
  const [entry] = log.entries.value;
  if (!entry) throw new Error('no entry');
  signatures.setPayload(entry, '{"sub":"alice"}');
  await until(() => expect(states()).toEqual({ verified: 1 }));
  expect(signatures.payloadOf(entry)).toBe('{"sub":"alice"}');
  signatures.setPayload(entry, '{"sub":"mallory"}');
  await until(() => expect(states()).toEqual({ mismatch: 1 }));
  signatures.setPayload(entry, '');
  await until(() => expect(states()).toEqual({ cannot_be_checked: 1 }));
});

test('thousands of tokens are opened in slices, whatever each of them takes', async () => {
  // The clock moves on a little with each look at it: after so many looks a slice is over.
  let time = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    time += 0.5;
    return time;
  });
  try {
    const tokens = Array.from({ length: 2000 }, (_, index) => hmacToken(SECRET, { payload: { sub: `user ${index}` } }));
    const { keys, signatures, states } = setUp(tokens);
    keys.value = [given(SECRET)];
    await vi.waitFor(() => expect(states()).toEqual({ verified: 2000 }), { interval: 2, timeout: 20_000 });
    // 8 ms of half a millisecond each: no slice had more than 16 tokens.
    expect(signatures.revision.value).toBeGreaterThanOrEqual(2000 / 16);
  } finally {
    clock.mockReturnValue(1000);
  }
});

test.each([
  ['ES256', 64],
  ['ES384', 8],
  ['ES512', 8],
])('as many are opened at once as are soon computed: %s', async (alg, count) => {
  const tokens = await Promise.all(
    Array.from({ length: 70 }, (_, index) => signedToken(alg, { payload: { sub: `user ${index}` } })),
  );
  const { keys, states } = setUp(tokens);
  await until(() => expect(states()).toEqual({ no_key: 70 }));
  // The first batch waits for ever, so that none comes after it.
  verify.mockImplementation(() => new Promise(() => undefined));
  try {
    keys.value = [given(JSON.stringify(publicJwk(pairFor(alg))))];
    await until(() => expect(verify).toHaveBeenCalled());
    await new Promise((resolve) => setImmediate(resolve));
    expect(verify).toHaveBeenCalledTimes(count);
  } finally {
    verify.mockRestore();
    verify = vi.spyOn(crypto.subtle, 'verify');
  }
});

test('after dispose nothing is verified', async () => {
  const [token = ''] = many;
  const { keys, signatures, states } = setUp([token]);
  await until(() => expect(states()).toEqual({ no_key: 1 }));
  signatures.dispose();
  keys.value = [given(SECRET)];
  await new Promise((resolve) => setImmediate(resolve));
  expect(states()).toEqual({ no_key: 1 });
  expect(verify).not.toHaveBeenCalled();
});
