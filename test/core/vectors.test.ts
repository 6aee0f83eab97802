/** Every vector of ../shared/vectors, and every algorithm, in Node; test/e2e/vectors.test.ts runs the same in browsers. */
import { describe, expect, test } from 'vitest';
import { ALGORITHMS } from '../../src/core/trust/algorithms.ts';
import { SIGNING } from '../fixtures/more-algorithms.ts';
import { readSharedVectors, SHARED_VECTORS } from '../fixtures/shared-vectors.ts';
import { signAll } from '../fixtures/sign-all.ts';
import { runVectors } from '../vectors/all.ts';
import { DEVIATIONS, unexpected } from '../vectors/deviations.ts';
import { openAll, sealAll } from '../vectors/jwe-round-trips.ts';
import { verifyAll } from '../vectors/jws-algorithms.ts';

const files = readSharedVectors();

describe.runIf(files)('the shared vectors', () => {
  test('agree, and each deviation is listed by name', async () => {
    const outcomes = await runVectors(files ?? []);
    expect(unexpected(outcomes, DEVIATIONS.files, 'node')).toEqual([]);
    const count = (path: string) => outcomes.filter(({ name }) => name.startsWith(path)).length;
    expect(count('wycheproof-jwe/')).toBe(139);
    expect(count('spec-examples/rfc7516-7519-jwe')).toBe(6);
    expect(count('spec-examples/sd-jwt-compact')).toBe(8);
    expect(count('spec-examples/oidc-core-A')).toBe(13);
    expect(count('spec-examples/dpop-rfc9449')).toBe(19);
    for (const { path } of files ?? []) expect(count(path), path).toBeGreaterThan(0);
  });

  test('a file that nothing reads, or that has another shape, is not passed over', async () => {
    const made = ['cookbook/new/1.json', 'cookbook/jws/9.json', 'spec-examples/sd-jwt-compact.json', 'notes.txt'];
    const outcomes = await runVectors(made.map((path) => ({ path, content: [] })));
    expect(outcomes.map(({ name, ok }) => [name, ok])).toEqual(made.map((path) => [`${path}: the file`, false]));
  });
});

if (!files) console.warn(`SKIPPED: no ${SHARED_VECTORS}, so no vector of it was tried`);

test('every registered JWS algorithm verifies, and no flipped bit', async () => {
  expect([...SIGNING, 'none'].sort()).toEqual([...ALGORITHMS.keys()].sort());
  const signed = await signAll();
  const outcomes = await verifyAll(signed);
  expect(unexpected(outcomes, DEVIATIONS.signed, 'node')).toEqual([]);
  expect(outcomes.filter(({ got }) => got === 'verified').map(({ name }) => name)).toEqual(
    signed.map(({ name }) => name),
  );
});

test('what this jose seals is opened, every algorithm with every other', async () => {
  const sealed = await sealAll();
  expect(sealed).toHaveLength(18 * 6 + 3 * 4);
  expect(unexpected(await openAll(sealed), DEVIATIONS.sealed, 'node')).toEqual([]);
});

describe('the list of deviations', () => {
  const [name, got, reason] = ['1', 'no', 'because'];
  const listed = [{ names: [name], got, reason, where: ['firefox'] as const }];

  test.each([
    ['a deviation', [{ name, ok: false, got }], []],
    ['one that deviates no more', [{ name, ok: true, got }], ['1: no, which differs from its deviation, no']],
    ['another one', [{ name, ok: false, got: 'x' }], ['1: x, which differs from its deviation, no']],
    ['none', [], ['1: nothing is called so']],
    ['two of a name', [1, 2].map(() => ({ name, ok: false, got })), ['1: there twice']],
  ])('tells %s', (_, outcomes, said) => {
    expect(unexpected(outcomes, listed, 'firefox')).toEqual(said);
  });

  test('holds where it says', () => {
    expect(unexpected([{ name, ok: false, got }], listed, 'chromium')).toEqual(['1: no']);
    expect(unexpected([{ name, ok: true, got }], listed, 'node')).toEqual([]);
  });
});
