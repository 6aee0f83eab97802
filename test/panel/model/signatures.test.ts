import { signal } from '@preact/signals';
import { beforeEach, expect, test, vi } from 'vitest';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import '../one-slice.ts';
import { createLog } from '../../../src/panel/model/log.ts';
import { createSignatures } from '../../../src/panel/model/signatures.ts';
import { createFakeSource } from '../../fixtures/fake-source.ts';
import { given as givenFor } from '../../fixtures/keys.ts';
import { hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { seen } from '../records.ts';

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

const verify = vi.spyOn(crypto.subtle, 'verify');
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

test('a text is tried as a key without being kept', async () => {
  const [token = ''] = many;
  const { log, signatures, states } = setUp([token]);
  const [entry] = log.entries.value;
  if (!entry) throw new Error('no entry');
  expect(await signatures.tryKey(entry, SECRET)).toMatchObject({
    reading: { format: 'secret' },
    answer: { state: 'verified' },
  });
  expect(await signatures.tryKey(entry, 'wrong')).toMatchObject({ answer: { state: 'mismatch' } });
  expect((await signatures.tryKey(entry, '{"kty":"x"}')).reading).toHaveProperty('error');
  await until(() => expect(states()).toEqual({ no_key: 1 }));
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
