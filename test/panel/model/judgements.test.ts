// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import '../one-slice.ts';
import type { CaptureRecord } from '../../../src/core/capture/records.ts';
import type { Policy } from '../../../src/core/judge/policy.ts';
import { createAccepted, MAX_ACCEPTED } from '../../../src/panel/model/accepted.ts';
import { judgementsOf } from '../../../src/panel/model/judgements.ts';
import { createModel, type Model } from '../../../src/panel/model/model.ts';
import { createFakeSource, NOW } from '../../fixtures/fake-source.ts';
import { pairFor, publicJwk } from '../../fixtures/keys.ts';
import { hmacToken, SECRET, signedToken } from '../../fixtures/tokens.ts';
import { exchangeRecord, idOf, seen, sightingRecord, tokenRecord } from '../records.ts';

const models = new Set<Model>();
afterEach(() => {
  for (const model of models) model.dispose();
  models.clear();
});

const setUp = async (records: readonly CaptureRecord[], policies: readonly Policy[] = []) => {
  const fake = createFakeSource({ records, policies });
  const model = createModel(fake.source);
  models.add(model);
  await until(() => expect(model.log.size()).toBeGreaterThan(0));
  const of = (id: string) => {
    const exchange = model.log.exchange(id);
    if (!exchange) throw new Error(`no exchange ${id}`);
    judgementsOf(model).revision.value;
    return judgementsOf(model).of(exchange);
  };
  return { fake, model, of };
};
const until = <Value>(check: () => Value) => vi.waitFor(check, { interval: 2, timeout: 4000 });

const token = (payload: object) =>
  hmacToken(SECRET, { payload: { iss: 'https://login.test', aud: 'api', exp: NOW / 1000 + 600, ...payload } });

const expired = token({ sub: 'bob', exp: NOW / 1000 - 100 });
const scoped = token({ sub: 'alice', scope: 'read write' });
const poor = token({ sub: 'alice', scope: 'read' });

const policy: Policy = {
  ...{ origin: '*', algorithms: ['HS256'], issuers: [], audiences: ['api'], types: [], leeway: 0 },
  ...{ claims: [], scopes: [], roles: [], denied: [] },
};

test('there is one for each model, and the same answer while nothing changed', async () => {
  const { model, of } = await setUp(seen(expired, { id: 'x', status: 401, end: NOW }));
  await until(() => expect(model.log.entry(idOf(expired))?.opened).toBeDefined());
  expect(judgementsOf(model)).toBe(judgementsOf(model));
  const judgement = of('x');
  expect(judgement.why).toMatchObject({ outcome: 'refused', code: 'expired', token: idOf(expired) });
  expect(judgement.decision).toBeUndefined();
  expect(of('x')).toBe(judgement);
});

test('an exchange elsewhere changes nothing of it, its own answer does', async () => {
  const { fake, model, of } = await setUp(seen(expired, { id: 'x', status: 401, end: NOW }));
  await until(() => expect(model.log.entry(idOf(expired))?.opened).toBeDefined());
  const before = of('x');
  fake.put(exchangeRecord('y', { url: 'https://other.test/', status: 200 }));
  await until(() => expect(model.log.size()).toBe(2));
  expect(of('x')).toBe(before);
  fake.put(exchangeRecord('x', { status: 200, end: NOW }));
  await until(() => expect(of('x').why?.outcome).toBe('accepted'));
});

test('a policy that is made, changed and removed decides anew', async () => {
  const { fake, of } = await setUp(seen(scoped, { id: 'x', status: 200, end: NOW }));
  expect(of('x').decision).toBeUndefined();
  await fake.source.savePolicy(policy);
  expect(of('x').decision?.decision).toBe('undecided');
  await fake.source.addKey(SECRET, 'https://login.test');
  await until(() => expect(of('x').decision?.decision).toBe('accept'));
  await fake.source.savePolicy({ ...policy, audiences: ['other'] });
  expect(of('x').decision).toMatchObject({ decision: 'reject', first: { name: 'audience' } });
  await fake.source.removePolicy('*');
  expect(of('x').decision).toBeUndefined();
});

test('nothing is decided of a page that needs no token; a refusal without one is rejected', async () => {
  const { of } = await setUp(
    [
      exchangeRecord('page', { status: 200 }),
      exchangeRecord('refused', { status: 401 }),
      exchangeRecord('opaque', { status: 401, opaque: ['authorization Bearer'] }),
    ],
    [policy],
  );
  expect(of('page').decision).toBeUndefined();
  expect(of('refused').decision?.decision).toBe('reject');
  expect(of('opaque').decision).toBeUndefined();
});

test('what the same API accepted is compared with, once it is there', async () => {
  const path = 'https://api.test/orders';
  const { fake, of } = await setUp(seen(poor, { id: 'x', status: 403, url: path, end: NOW }));
  expect(of('x').why?.code).toBe('nothing_visible');
  fake.put(...seen(scoped, { id: 'elsewhere', status: 200, url: 'https://b.test/orders', end: NOW }));
  fake.put(...seen(scoped, { id: 'y', status: 200, url: path, end: NOW }));
  await until(() => expect(of('x').why?.code).toBe('missing_scope'));
});

test('the login page that an API leads to accepts nothing, though it answers 200', async () => {
  const page = 'https://api.test/login';
  const away = {
    status: 302,
    url: 'https://api.test/orders',
    location: '/login?from=orders#top',
    start: NOW,
    end: NOW + 20,
  };
  const shown = { status: 200, url: `${page}?from=orders`, start: NOW + 30, end: NOW + 40 };
  const { fake, model, of } = await setUp([
    ...seen(expired, { id: 'away', ...away }),
    ...seen(expired, { id: 'shown', ...shown }),
    ...seen(expired, { id: 'elsewhere', ...shown, url: 'https://b.test/login?from=orders' }),
  ]);
  await until(() => expect(model.log.entry(idOf(expired))?.opened).toBeDefined());
  expect(of('shown').why).toBeUndefined();
  expect(of('elsewhere').why).toMatchObject({ outcome: 'accepted', code: 'expired' });
  fake.put(...seen(token({ aud: 'b' }), { id: 'x', status: 401, url: page, end: NOW }));
  await until(() => expect(of('x').why?.code).toBe('nothing_visible'));
});

test('the proof of a refused DPoP exchange is checked when it is first asked for', async () => {
  const jwk = publicJwk(pairFor('ES256'));
  const payload = { htm: 'POST', htu: 'https://api.test/me', iat: NOW / 1000, jti: 'one' };
  const proof = await signedToken('ES256', { header: { jwk, typ: 'dpop+jwt' }, payload });
  const bound = token({ sub: 'alice', cnf: { jkt: 'of-another-key' } });
  const place = { kind: 'request_header', name: 'dpop' } as const;
  const { model, of } = await setUp([
    ...seen(bound, {
      id: 'x',
      status: 401,
      end: NOW,
      place: { kind: 'request_header', name: 'authorization', scheme: 'DPoP' },
    }),
    tokenRecord(proof),
    sightingRecord(proof, 'x', { place }),
  ]);
  const before = judgementsOf(model).revision.value;
  of('x');
  await until(() => expect(of('x').why?.code).toBe('dpop_mismatch'));
  expect(judgementsOf(model).revision.value).toBeGreaterThan(before);
});

test('a nonce that is asked for is no fault of the proof, and the policy decides on the token that it came with', async () => {
  const jwk = publicJwk(pairFor('ES256'));
  const payload = { htm: 'GET', htu: 'https://api.test/me', iat: NOW / 1000, jti: 'one' };
  const proof = await signedToken('ES256', { header: { jwk, typ: 'dpop+jwt' }, payload });
  const record = { id: 'x', status: 401, end: NOW, wwwAuthenticate: ['DPoP error="use_dpop_nonce"'] };
  const place = { kind: 'request_header', name: 'dpop' } as const;
  const authorization = { kind: 'request_header', name: 'authorization', scheme: 'DPoP' } as const;
  const alone = { ...record, id: 'y', status: 200 };
  const { model, of } = await setUp(
    [
      ...seen(scoped, { ...record, place: authorization }),
      tokenRecord(proof),
      sightingRecord(proof, 'x', { place }),
      exchangeRecord('y', alone),
      sightingRecord(proof, 'y', { place }),
    ],
    [policy],
  );
  await until(() => expect(model.log.entry(idOf(proof))?.opened).toBeDefined());
  await until(() => expect(of('x').decision?.checks.find(({ name }) => name === 'audience')?.state).toBe('pass'));
  expect(of('x').why).toMatchObject({ code: 'dpop_nonce', token: idOf(proof) });
  expect(of('y').decision).toBeUndefined();
});

test('another sample that leaves the bounds of the clock leaves the answer, one that moves them does not', async () => {
  const date = (ms: number) => new Date(NOW + ms).toUTCString();
  const { fake, model, of } = await setUp(seen(expired, { id: 'x', status: 401, end: NOW + 1, date: date(0) }));
  await until(() => expect(model.log.entry(idOf(expired))?.opened).toBeDefined());
  const before = of('x');
  fake.put(exchangeRecord('same', { start: NOW, end: NOW + 1, date: date(0), status: 404 }));
  await until(() => expect(model.log.size()).toBe(2));
  expect(of('x')).toBe(before);
  fake.put(exchangeRecord('moved', { start: NOW, end: NOW + 1, date: date(90_000), status: 404 }));
  await until(() => expect(of('x')).not.toBe(before));
});

test('of what an API accepted, the newest are kept, each token once for a request, and what is forgotten goes', async () => {
  const many = Array.from({ length: MAX_ACCEPTED + 50 }, (_, index) =>
    seen(scoped, { id: `a${index}`, status: 200, start: NOW + index, url: `https://api.test/${index}` }),
  ).flat();
  const again = seen(scoped, { id: 'again', status: 201, start: NOW + 9999, url: 'https://api.test/149?page=2' });
  const { fake, model } = await setUp([...many, ...again, ...seen(poor, { id: 'no', status: 403 })]);
  await until(() => expect(model.log.size()).toBe(MAX_ACCEPTED + 52));
  const accepted = createAccepted(model.log);
  accepted.look();
  const found = accepted.of('https://api.test', 0);
  expect(found).toHaveLength(MAX_ACCEPTED);
  expect(found[0]?.exchange.id).toBe('again');
  expect(found.at(-1)?.exchange.id).toBe('a50');
  const refused = exchangeRecord('no', { url: 'https://api.test/' });
  const version = accepted.version(refused);
  accepted.look();
  expect(accepted.version(refused)).toBe(version);
  await fake.source.clear();
  await until(() => expect(model.log.size()).toBe(0));
  accepted.look();
  expect(accepted.of('https://api.test', 0)).toEqual([]);
  expect(accepted.version(refused)).not.toBe(version);
});

test('what is accepted elsewhere with the same token tells nothing new, here or with another one it does', async () => {
  const { fake, model } = await setUp(seen(scoped, { id: 'a', status: 200, url: 'https://api.test/a' }));
  await until(() => expect(model.log.size()).toBe(1));
  const accepted = createAccepted(model.log);
  const versionAfter = async (...records: readonly CaptureRecord[]) => {
    const size = model.log.size();
    for (const record of records) fake.put(record);
    if (records.length > 0) await until(() => expect(model.log.size()).toBe(size + 1));
    accepted.look();
    return accepted.version(exchangeRecord('no', { url: 'https://api.test/no' }));
  };
  const first = await versionAfter();
  expect(first).toBeDefined();
  expect(await versionAfter(...seen(scoped, { id: 'b', status: 200, url: 'https://api.test/b' }))).toBe(first);
  const here = await versionAfter(...seen(scoped, { id: 'c', status: 200, url: 'https://api.test/no' }));
  expect(here).not.toBe(first);
  expect(await versionAfter(...seen(poor, { id: 'd', status: 200, url: 'https://api.test/d' }))).not.toBe(here);
});
