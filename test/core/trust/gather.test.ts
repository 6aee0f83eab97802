import { describe, expect, test, vi } from 'vitest';
import { createGathering } from '../../../src/core/trust/gather.ts';
import type { Octets } from '../../../src/core/trust/software.ts';

const octets = (...values: readonly number[]) => Uint8Array.from(values);
/** Says what it was given, as it stands at the call; holds where the signature is 1. */
const recorder = () => {
  const seen: string[] = [];
  const check = vi.fn(async (signature: Octets, input: Octets) => {
    seen.push(`${signature.join(' ')}|${input.length > 9 ? input.length : input.join(' ')}`);
    return signature[0] === 1;
  });
  return { seen, check };
};

test('checks wait for the caller to be done, and each gets its own octets and its own answer', async () => {
  const { seen, check } = recorder();
  const gathered = createGathering()(check);
  // The caller's room is one for all.
  const [signature, input] = [octets(1), octets(1, 2)];
  const answers = [gathered(signature, input)];
  signature.set([0]);
  input.set([3, 4]);
  answers.push(gathered(signature, input.subarray(0, 1)));
  signature.set([9]);
  expect(check).not.toHaveBeenCalled();
  expect(await Promise.all(answers)).toEqual([true, false]);
  expect(seen).toEqual(['1|1 2', '0|3']);

  expect(await gathered(octets(1), octets())).toBe(true);
  expect(seen.at(-1)).toBe('1|');
  expect(check).toHaveBeenCalledTimes(3);
});

test('checks of several keys are computed in the order in which they were asked for', async () => {
  const gather = createGathering();
  const [a, b] = [recorder(), recorder()];
  const order: string[] = [];
  const named = (name: string, check: typeof a.check) =>
    gather((signature, input) => {
      order.push(name);
      return check(signature, input);
    });
  const [first, second] = [named('a', a.check), named('b', b.check)];
  await Promise.all([first(octets(1), octets(5)), second(octets(0), octets(6)), first(octets(1), octets(7))]);
  expect(order).toEqual(['a', 'b', 'a']);
  expect(a.seen).toEqual(['1|5', '1|7']);
  expect(b.seen).toEqual(['0|6']);
});

test('no more than 64 wait, so that a caller who looks at the clock sees it move', async () => {
  const { check } = recorder();
  const gathered = createGathering()(check);
  const answers = Array.from({ length: 70 }, (_, index) => gathered(octets(index % 2), octets(index)));
  expect(check).toHaveBeenCalledTimes(64);
  expect(await Promise.all(answers)).toEqual(answers.map((_, index) => index % 2 === 1));
  expect(check).toHaveBeenCalledTimes(70);
});

describe('where the room ends', () => {
  test('what waits is computed first, and a check that has no room at all at once', async () => {
    const { seen, check } = recorder();
    const gathered = createGathering()(check);
    const answers = [gathered(octets(1), new Uint8Array(80_000)), gathered(octets(0), new Uint8Array(80_001))];
    expect(seen).toEqual(['1|80000']);
    answers.push(gathered(octets(1), new Uint8Array(131_072)));
    expect(seen).toEqual(['1|80000', '1|131072']);
    expect(await Promise.all(answers)).toEqual([true, false, true]);
    expect(seen).toEqual(['1|80000', '1|131072', '0|80001']);
  });

  test('a check that fills it to the last octet waits like any other', async () => {
    const { seen, check } = recorder();
    const gathered = createGathering()(check);
    const answer = gathered(octets(1), new Uint8Array(131_071));
    expect(seen).toEqual([]);
    expect(await answer).toBe(true);
  });
});

test('one that goes wrong takes none of the others with it', async () => {
  const { check } = recorder();
  const gather = createGathering();
  const rejects = gather(() => Promise.reject(new TypeError('no')));
  const throws = gather(() => {
    throw new RangeError('never');
  });
  const sound = gather(check);
  const answers = [rejects(octets(1), octets()), throws(octets(1), octets()), sound(octets(1), octets())];
  expect(await Promise.allSettled(answers)).toEqual([
    { status: 'rejected', reason: new TypeError('no') },
    { status: 'rejected', reason: new RangeError('never') },
    { status: 'fulfilled', value: true },
  ]);
});
