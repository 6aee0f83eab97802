import { expect, test } from 'vitest';
import { createKnownKeys } from '../../../src/core/trust/known-keys.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { given, pairFor, publicPem } from '../../fixtures/keys.ts';

test('tells whether the keys are others than before', () => {
  const known = createKnownKeys();
  const key = given('secret');
  expect(known.use([])).toBe(false);
  expect(known.use([key])).toBe(true);
  expect(known.use([given('secret')])).toBe(false);
  expect(known.use([given('secret', 'token')])).toBe(true);
  expect(known.use([])).toBe(true);
});

test.each<Partial<RingKey>>([
  { pinned: true },
  { source: 'https://login.test/jwks' },
  { goneAt: 5 },
  { issuer: 'https://elsewhere.test' },
  { alsoOf: ['https://elsewhere.test'] },
  { addedAt: 1 },
])('a key of which %j changed is another', (change) => {
  const known = createKnownKeys();
  known.use([given('secret')]);
  expect(known.use([{ ...given('secret'), ...change }])).toBe(true);
});

test.each<Partial<RingKey>>([{ name: 'mine' }, { remembered: true }, { cookie: 'session' }])(
  'a key of which %j changed is the same: no token is verified again',
  (change) => {
    const known = createKnownKeys();
    known.use([given('secret')]);
    expect(known.use([{ ...given('secret'), ...change }])).toBe(false);
  },
);

test('reads a key once, whatever comes beside it', () => {
  const known = createKnownKeys();
  known.use([given(publicPem(pairFor('ES256')))]);
  const before = known.trials('a').tries[0]?.candidate;
  known.use([given('another', 'given', 1), given(publicPem(pairFor('ES256')))]);
  const after = known.trials('a').tries.map(({ candidate }) => candidate);
  expect(before).toBeDefined();
  expect(after).toContain(before);
});

test('chooses once for each kid, until the keys change', () => {
  const known = createKnownKeys();
  known.use([given('secret')]);
  const first = known.trials('a');
  expect(known.trials('a')).toBe(first);
  known.use([given('other')]);
  expect(known.trials('a')).not.toBe(first);
});

test('does not keep all that hostile tokens name', () => {
  const known = createKnownKeys();
  known.use([given('secret')]);
  const first = known.trials('0');
  for (let kid = 1; kid < 1000; kid++) known.trials(`${kid}`);
  expect(known.trials('0')).not.toBe(first);
});

test('what hostile tokens name does not stop it from choosing once for others', () => {
  const known = createKnownKeys();
  known.use([given('secret')]);
  for (let kid = 0; kid < 150; kid++) known.trials(`${kid}`);
  expect(known.trials('mine')).toBe(known.trials('mine'));
});
