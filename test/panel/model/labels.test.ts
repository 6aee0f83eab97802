import { expect, test } from 'vitest';
import '../one-slice.ts';
import { createOpener } from '../../../src/core/trust/open.ts';
import { algorithmOf, destinationOf, issuerOf, subjectOf } from '../../../src/panel/model/labels.ts';
import { createLog } from '../../../src/panel/model/log.ts';
import { encryptedToken, openingJwk } from '../../fixtures/encrypted.ts';
import { createFakeSource } from '../../fixtures/fake-source.ts';
import { given } from '../../fixtures/keys.ts';
import { compact, hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { seen } from '../records.ts';

const entryOf = (payload: unknown, header: object = { alg: 'RS256' }, change: Parameters<typeof seen>[1] = {}) => {
  const fake = createFakeSource({ records: seen(compact(header, payload, 'c2ln'), change) });
  const [entry] = createLog(fake.source, () => undefined).entries.value;
  if (!entry) throw new Error('no entry');
  return entry;
};

test('whom a token is about: a name before an identifier, the cookie where it says nothing', () => {
  expect(subjectOf(entryOf({ sub: '42', email: 'a@b.test', preferred_username: 'alice' }))).toBe('alice');
  expect(subjectOf(entryOf({ sub: '42', email: 'a@b.test' }))).toBe('a@b.test');
  expect(subjectOf(entryOf({ client_id: 'spa' }))).toBe('spa');
  expect(subjectOf(entryOf({}, {}, { place: { kind: 'cookie', name: 'sid' } }))).toBe('sid');
  expect(subjectOf(entryOf({}, {}, { place: { kind: 'local_storage', name: 'session', path: 'jwt' } }))).toBe(
    'session',
  );
  expect(subjectOf(entryOf({}, {}, { place: { kind: 'response_body', name: '', path: 'data.jwt' } }))).toBe('data.jwt');
  expect(subjectOf(entryOf({}))).toBeUndefined();
});

test('where it comes from and goes to, by host', () => {
  const entry = entryOf({ iss: 'https://login.test/realms/x', aud: ['api'] });
  expect(issuerOf(entry)).toBe('login.test');
  expect(destinationOf(entry)).toBe('api.test');
  expect(issuerOf(entryOf({ iss: 'joe' }))).toBe('joe');
  expect(issuerOf(entryOf({ iss: 'urn:example:idp' }))).toBe('urn:example:idp');
});

test('its algorithm, both of them for an encrypted one', () => {
  expect(algorithmOf(entryOf({}))).toBe('RS256');
  const sealed = `${Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url')}..aXY.Y3Q.dGFn`;
  const fake = createFakeSource({ records: seen(sealed) });
  const [entry] = createLog(fake.source, () => undefined).entries.value;
  expect(entry && algorithmOf(entry)).toBe('dir + A256GCM');
});

test('claims of any type and length stay a short text', () => {
  for (const value of [1, null, true, {}, [], [{}], '', { toString: null }]) {
    const entry = entryOf({ sub: value, iss: value, aud: value, email: value }, { alg: value });
    for (const label of [subjectOf, issuerOf, algorithmOf]) expect(label(entry)).toBeUndefined();
  }
  expect(subjectOf(entryOf({ sub: 'x'.repeat(10_000) }))).toHaveLength(81);
});

test('a token that was opened is called by what it holds', async () => {
  const token = await encryptedToken('dir', { payload: hmacToken(SECRET), header: { cty: 'JWT' } });
  const fake = createFakeSource({ records: seen(token) });
  const log = createLog(fake.source, () => undefined);
  const [entry] = log.entries.value;
  if (!entry) throw new Error('no entry');
  expect([subjectOf(entry), issuerOf(entry), algorithmOf(entry)]).toEqual([undefined, undefined, 'dir + A256GCM']);
  log.take(entry, await createOpener()(entry.decoded, [given(openingJwk('dir'))]));
  expect([subjectOf(entry), issuerOf(entry), algorithmOf(entry)]).toEqual([
    'alice',
    'login.test',
    'dir + A256GCM › HS256',
  ]);
});
