import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import '../one-slice.ts';
import type { CaptureRecord, ExchangeRecord } from '../../../src/core/capture/records.ts';
import { createLog, type Log } from '../../../src/panel/model/log.ts';
import { createFakeSource } from '../../fixtures/fake-source.ts';
import { compact } from '../../fixtures/tokens.ts';
import { BEARER, exchangeRecord, idOf, seen, sightingRecord, tabRecord, tokenRecord } from '../records.ts';

const alice = compact({ alg: 'HS256' }, { sub: 'alice' }, 'c2ln');
const bob = compact({ alg: 'HS256' }, { sub: 'bob' }, 'c2ln');
const COOKIE = { kind: 'cookie', name: 'sid' } as const;

const logOf = (...records: readonly CaptureRecord[]) => {
  const fake = createFakeSource({ records });
  const onExchange = vi.fn<(exchange: ExchangeRecord) => void>();
  return { fake, log: createLog(fake.source, onExchange), onExchange };
};

/** What of a log can be told apart. */
const shape = (log: Log) => ({
  entries: log.entries.value.map(({ id, firstSeen, kind, requests, refused, last, lastSent, place, sightings }) => ({
    id,
    firstSeen,
    kind,
    requests,
    refused,
    last: last?.id,
    lastSent: lastSent?.id,
    status: last?.status,
    place,
    sightings: [...sightings.keys()].sort(),
  })),
  counts: log.counts.value,
});

test('joins a token with the requests that carried it', () => {
  const { log, onExchange } = logOf(
    ...seen(alice, { id: 'x1', status: 200, start: 10 }),
    exchangeRecord('x2', { status: 401, start: 20 }),
    sightingRecord(alice, 'x2', { at: 20 }),
    tabRecord({ requests: 7, opaque: 2, dropped: 1 }),
  );
  const [entry] = log.entries.value;
  expect(entry).toMatchObject({ compact: alice, kind: 'access_token', requests: 2, refused: 1, firstSeen: 10 });
  expect(entry?.last?.id).toBe('x2');
  expect(entry?.decoded.payload).toEqual({ sub: 'alice' });
  expect(log.counts.value).toEqual({ requests: 7, opaque: 2, dropped: 1, skipped: 0, binary: 0 });
  expect(onExchange).toHaveBeenCalledTimes(2);
});

const records: readonly CaptureRecord[] = [
  ...seen(alice, { id: 'x1', start: 10 }),
  ...seen(bob, { id: 'x1', start: 10, place: COOKIE }).slice(1),
  exchangeRecord('x2', { start: 20 }),
  sightingRecord(alice, 'x2', { at: 20 }),
  sightingRecord(alice, 'x2', { at: 20, place: COOKIE }),
  exchangeRecord('x3', { start: 20, status: 403 }),
  sightingRecord(bob, 'x3', { at: 20, place: COOKIE }),
  sightingRecord(alice, 'x3', { at: 20 }),
  tabRecord({ requests: 3 }),
];
/** What becomes of an exchange comes after it, whatever else comes between. */
const updates: readonly ExchangeRecord[] = [
  exchangeRecord('x1', { start: 10, status: 401 }),
  exchangeRecord('x2', { start: 20, status: 200 }),
];

test('any order and any batches of the same records give the same log', async () => {
  const whole = logOf(...records, ...updates);
  const expected = shape(whole.log);
  expect(expected.entries.map(({ requests, refused }) => [requests, refused])).toContainEqual([3, 2]);
  const indices = records.map((_, index) => index);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(indices, { minLength: indices.length }),
      fc.array(fc.nat(records.length), { minLength: updates.length, maxLength: updates.length }),
      fc.array(fc.integer({ min: 1, max: 4 })),
      async (order, delays, sizes) => {
        const queue = order.flatMap((index) => records[index] ?? []);
        updates.forEach((update, index) => {
          const at = queue.findIndex((record) => record.type === 'exchange' && record.id === update.id);
          queue.splice(at + 1 + (delays[index] ?? 0), 0, update);
        });
        const { fake, log } = logOf();
        for (const size of sizes) fake.put(...queue.splice(0, size));
        fake.put(...queue);
        expect(shape(log)).toEqual(expected);
      },
    ),
    { numRuns: 200 },
  );
});

test('what comes and goes again leaves what would be there without it', () => {
  const stays = seen(alice, { id: 'x1', start: 10, status: 200 });
  fc.assert(
    fc.property(
      fc.shuffledSubarray(
        [
          ...seen(bob, { id: 'x9', start: 90 }),
          exchangeRecord('x2', { start: 20, status: 401 }),
          sightingRecord(alice, 'x2'),
        ],
        { minLength: 5 },
      ),
      (guests) => {
        const { fake, log } = logOf(...stays);
        const before = shape(log);
        fake.put(...guests);
        expect(log.entries.value).toHaveLength(2);
        fake.drop(...guests.toReversed());
        expect(shape(log)).toEqual(before);
        expect(log.records().sightings).toHaveLength(1);
        expect(log.entry(idOf(bob))).toBeUndefined();
      },
    ),
  );
});

test('a token that the server sent was not what it answered to', () => {
  const { fake, log } = logOf(...seen(alice, { id: 'x1', status: 401, place: { kind: 'set_cookie', name: 'sid' } }));
  expect(log.entries.value[0]).toMatchObject({ requests: 1, refused: 0, last: { id: 'x1' }, lastSent: undefined });
  fake.put(sightingRecord(alice, 'x1', { place: COOKIE }));
  expect(log.entries.value[0]).toMatchObject({ requests: 1, refused: 1, lastSent: { id: 'x1' } });
});

test('a refusal is about what stood in Authorization, in whatever order that is learned', () => {
  const [request, token, sighting] = seen(alice, { id: 'x1', status: 401, place: COOKIE });
  const { fake, log } = logOf(request, token, sighting);
  const refusals = () => log.entries.value.map(({ id, refused, lastSent }) => [id, refused, lastSent?.id]);
  expect(refusals()).toEqual([[idOf(alice), 1, 'x1']]);
  fake.put(exchangeRecord('x1', { status: 401, opaque: ['authorization Basic'] }));
  expect(refusals()).toEqual([[idOf(alice), 0, undefined]]);
  fake.put(request);
  const bearer = sightingRecord(bob, 'x1');
  fake.put(bearer, tokenRecord(bob));
  expect(refusals()).toContainEqual([idOf(alice), 0, undefined]);
  expect(refusals()).toContainEqual([idOf(bob), 1, 'x1']);
  fake.drop(bearer);
  expect(refusals()).toContainEqual([idOf(alice), 1, 'x1']);
});

test('a refusal of several tokens, none of them in Authorization, is no one refusal', () => {
  const { log } = logOf(
    ...seen(alice, { id: 'x1', status: 401, place: COOKIE }),
    ...seen(bob, { id: 'x1', status: 401, place: { kind: 'url_query', name: 't' } }).slice(1),
  );
  for (const entry of log.entries.value) {
    expect(entry).toMatchObject({ requests: 1, refused: 0, lastSent: { id: 'x1' }, lastShared: true });
  }
});

test('an answer is measured once, although two witnesses tell of it', () => {
  const answered = exchangeRecord('x1', { status: 200, end: 20 });
  const { fake, onExchange } = logOf(exchangeRecord('x1'));
  fake.put(answered);
  fake.put({ ...answered, witness: 'both' });
  fake.put({ ...answered, witness: 'both', told: 'a' });
  expect(onExchange.mock.calls.map(([{ end }]) => end)).toEqual([undefined, 20]);
});

test('an answer that comes late counts once, however often it is told', () => {
  const { fake, log } = logOf(...seen(alice, { id: 'x1' }));
  for (let times = 0; times < 3; times += 1) fake.put(exchangeRecord('x1', { status: 401 }));
  expect(log.entries.value[0]).toMatchObject({ requests: 1, refused: 1 });
  fake.put(exchangeRecord('x1', { status: 200 }));
  expect(log.entries.value[0]).toMatchObject({ requests: 1, refused: 0 });
});

test('a token that is cleared and comes again is there with its requests', () => {
  const { fake, log } = logOf(...seen(alice, { id: 'x1' }));
  const next = sightingRecord(alice, 'x2', { at: 30 });
  fake.put(exchangeRecord('x2', { start: 30 }), next);
  // Cleared in the very moment in which it travels again: the background keeps what the new sighting needs.
  fake.drop(...seen(alice, { id: 'x1' }));
  expect(log.entries.value).toEqual([]);
  expect(log.entry(idOf(alice))).toBeUndefined();
  fake.put(tokenRecord(alice));
  expect(log.entries.value[0]).toMatchObject({ requests: 1, compact: alice });
});

test('pasted and captured, a token is one row, and goes with the last of the two', async () => {
  const { fake, log } = logOf();
  const ids = await log.add([alice, bob], { kind: 'paste', name: '' });
  expect(ids).toEqual([idOf(alice), idOf(bob)]);
  fake.put(...seen(alice, { id: 'x1' }));
  expect(log.entries.value).toHaveLength(2);
  expect(log.entry(idOf(alice))).toMatchObject({ requests: 1 });
  expect(
    log
      .records()
      .tokens.map((token) => token.compact)
      .sort(),
  ).toEqual([alice, bob].sort());
  log.forgetOwn();
  expect(log.entries.value.map((entry) => entry.compact)).toEqual([alice]);
  await fake.source.clear();
  expect(log.entries.value).toEqual([]);
  expect(log.records()).toEqual({ tokens: [], sightings: [], exchanges: [] });
});

test('the same place twice in one exchange is one request', () => {
  const { log } = logOf(...seen(alice, { id: 'x1' }), sightingRecord(alice, 'x1', { place: COOKIE }));
  expect(log.entries.value[0]).toMatchObject({ requests: 1 });
  expect(log.entries.value[0]?.sightings.size).toBe(2);
});

test('10,000 tokens come in, newest first', async () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    seen(compact({ alg: 'HS256' }, { sub: `user ${index}` }, 'c2ln'), { id: `x${index}`, start: index, place: BEARER }),
  ).flat();
  const { log } = logOf(...many);
  await vi.waitFor(() => expect(log.entries.value).toHaveLength(10_000), { interval: 5, timeout: 15_000 });
  expect(log.entries.value[0]?.firstSeen).toBe(9999);
  expect(log.entries.value.at(-1)?.firstSeen).toBe(0);
}, 20_000);

test('tells what an exchange carried, and where it stood', () => {
  const { fake, log } = logOf(
    ...seen(alice, { id: 'x1' }),
    tokenRecord(bob),
    sightingRecord(bob, 'x1', { place: COOKIE }),
  );
  const carried = () => log.carriedIn('x1').map(({ entry, sighting }) => [entry.compact, sighting.place.kind]);
  expect(carried().sort()).toEqual(
    [
      [alice, 'request_header'],
      [bob, 'cookie'],
    ].sort(),
  );
  expect(log.carriedIn('another')).toEqual([]);
  fake.drop(tokenRecord(bob));
  expect(carried()).toEqual([[alice, 'request_header']]);
});

test('what keys opened is taken for the token that it was opened of, and no other', () => {
  const { fake, log } = logOf(...seen(alice, { id: 'x1' }));
  const [entry] = log.entries.value;
  if (!entry) throw new Error('no entry');
  const { decoded } = entry;
  const inner = { ...decoded, payloadText: '{"sub":"inner"}', payload: { sub: 'inner' } };
  expect(log.take(entry, { layers: [{ decoded }] })).toBe(false);
  expect(entry.opened).toEqual({ layers: [{ decoded }] });
  expect(log.take(entry, { layers: [{ decoded }, { decoded: inner }] })).toBe(true);
  expect(entry.claims).toBe(inner);
  expect(entry.searchText).toContain('inner');
  expect(log.take({ ...entry, id: 'another' }, { layers: [{ decoded }] })).toBe(false);

  // Cleared and back again it is read anew, and nothing is known of it.
  fake.drop(...seen(alice, { id: 'x1' }));
  fake.put(...seen(alice, { id: 'x1' }));
  const [again] = log.entries.value;
  expect(again?.opened).toBeUndefined();
  expect(again?.claims).toBe(again?.decoded);
});

test('after dispose nothing is taken in', () => {
  const { fake, log } = logOf();
  log.dispose();
  fake.put(...seen(alice));
  expect(log.entries.value).toEqual([]);
  expect(fake.subscriptions()).toBe(0);
});

test('an earlier sighting under another path names a token anew', () => {
  const place = { kind: 'response_body', name: '', path: 'access_token' } as const;
  const { log, fake } = logOf(...seen(alice, { id: 'x2', start: 20, place }));
  expect(log.entries.value[0]?.kind).toBe('access_token');
  fake.put(sightingRecord(alice, 'x1', { at: 10, place: { ...place, path: 'id_token' } }));
  expect(log.entries.value[0]?.kind).toBe('id_token');
});
