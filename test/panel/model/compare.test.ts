import { expect, test } from 'vitest';
import '../one-slice.ts';
import type { SignatureAnswer } from '../../../src/core/trust/signature.ts';
import { comparedOf, partnerOf } from '../../../src/panel/model/compare.ts';
import { createLog, type Entry } from '../../../src/panel/model/log.ts';
import { createFakeSource, NOW } from '../../fixtures/fake-source.ts';
import { compact } from '../../fixtures/tokens.ts';
import { seen } from '../records.ts';

/** Tokens of these claims, the newest first. */
const entriesOf = (...payloads: readonly object[]): readonly Entry[] => {
  const tokens = payloads.map((payload, index) => compact({ alg: 'HS256' }, { ...payload, jti: index }, 'c2ln'));
  const records = tokens.flatMap((token, index) => seen(token, { start: NOW - index }));
  return createLog(createFakeSource({ records }).source, () => undefined).entries.value;
};
/** The number of the partner of the n-th. */
const partner = (entries: readonly Entry[], index: number): number => {
  const [entry] = entries.slice(index);
  const found = entry && partnerOf(entry, entries);
  return found ? entries.indexOf(found) : -1;
};

const alice = { iss: 'https://login.test', sub: 'alice' };
const bob = { iss: 'https://login.test', sub: 'bob' };
const idToken = { ...alice, nonce: 'n', aud: 'spa' };

test('the partner is the one before it of the same kind, issuer and subject', () => {
  const entries = entriesOf(alice, bob, alice, alice);
  expect(partner(entries, 0)).toBe(2);
  expect(partner(entries, 2)).toBe(3);
  expect(partner(entries, 3)).toBe(2);
});

test('else the nearest that shares most; the kind weighs more than whom it is about', () => {
  const entries = entriesOf(bob, idToken, { iss: 'https://other.test' }, alice, idToken);
  expect(partner(entries, 0)).toBe(3);
  expect(partner(entries, 1)).toBe(4);
  expect(partner(entries, 3)).toBe(0);
  expect(partner(entriesOf({}, {}), 0)).toBe(1);
  expect(partner(entriesOf(alice), 0)).toBe(-1);
});

test('10,000 tokens are looked through at once', () => {
  const [entry] = entriesOf(alice);
  if (!entry) throw new Error('no entry');
  const many = [entry, ...Array.from({ length: 10_000 }, (_, index) => ({ ...entry, id: `${index}` }))];
  expect(partnerOf(entry, many)?.id).toBe('0');
});

const answer = (change: Partial<NonNullable<SignatureAnswer['key']>>, state: SignatureAnswer['state'] = 'verified') =>
  ({ state, reason: 'ok', key: { id: 'k', format: 'jwk', provenance: 'given', ...change } }) as const;

test('a key is one and the same only where that is sure', () => {
  const [entry] = entriesOf(alice);
  if (!entry) throw new Error('no entry');
  const keyOf = (signature: SignatureAnswer | undefined) => comparedOf(entry, signature).key;
  expect(keyOf(answer({}))).toBeDefined();
  expect(keyOf(answer({}))).toBe(keyOf(answer({})));
  expect(keyOf(answer({ format: 'jwks', kid: 'a' }))).not.toBe(keyOf(answer({ format: 'jwks', kid: 'b' })));
  expect(keyOf(answer({ format: 'jwks' }))).toBeUndefined();
  expect(keyOf(answer({ id: 'jwk', provenance: 'token' }))).toBeUndefined();
  expect(keyOf(answer({}, 'mismatch'))).toBeUndefined();
  expect(keyOf(undefined)).toBeUndefined();
});

test('what was disclosed is compared in place of its digests', () => {
  const [entry] = entriesOf(alice);
  if (!entry) throw new Error('no entry');
  const sd = { hash: 'sha-256', disclosures: [], hidden: [], claims: { name: 'Eve' }, claimsText: '{"name":"Eve"}' };
  const opened = { ...entry, opened: { layers: [{ decoded: entry.decoded, sd }] } } as const;
  expect(comparedOf(opened, undefined).claims).toEqual({ payload: { name: 'Eve' }, payloadText: '{"name":"Eve"}' });
});
