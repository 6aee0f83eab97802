import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExchangeRecord, SightingRecord } from '../../../src/core/capture/records.ts';
import { createDraft } from '../../../src/panel/model/draft.ts';
import { judgedIn } from '../../../src/panel/model/judged.ts';
import { type Around, settle } from '../../../src/panel/model/settle.ts';
import { compact } from '../../fixtures/tokens.ts';
import { BEARER, exchangeRecord, idOf, sightingRecord } from '../records.ts';

const own = compact({ alg: 'HS256' }, { sub: 'alice' }, 'c2ln');
const other = compact({ alg: 'HS256' }, { sub: 'bob' }, 'c2ln');

const EXCHANGES = ['x1', 'x2', 'x3', 'x4'];
const PLACES = [
  BEARER,
  { kind: 'cookie', name: 'sid' },
  { kind: 'cookie', name: 'other' },
  { kind: 'set_cookie', name: 'sid' },
] as const;

/** The log's part: what came and went, and what of it a draft is told. */
const createRecords = () => {
  const exchanges = new Map<string, ExchangeRecord>();
  const sightings = new Map<string, SightingRecord>();
  const draft = createDraft(idOf(own));
  draft.held.set('token', 1);
  const around: Around = {
    exchangeOf: (id) => exchanges.get(id),
    judgedIn: (exchange) =>
      judgedIn(
        exchange,
        [...sightings.values()].filter((one) => one.exchange === exchange.id),
      ),
  };
  const told = (sighting: SightingRecord) => sighting.token === draft.id;
  return {
    ...{ draft, around, sightings },
    putExchange(exchange: ExchangeRecord) {
      exchanges.set(exchange.id, exchange);
      draft.changed.add(exchange.id);
    },
    removeExchange(id: string) {
      exchanges.delete(id);
      draft.changed.add(id);
    },
    putSighting(sighting: SightingRecord) {
      if (sightings.has(sighting.id)) return;
      sightings.set(sighting.id, sighting);
      draft.changed.add(sighting.exchange);
      if (!told(sighting)) return;
      draft.sightings.set(sighting.id, sighting);
      draft.fresh.push(sighting);
    },
    removeSighting(id: string) {
      const sighting = sightings.get(id);
      if (!sighting) return;
      sightings.delete(id);
      draft.changed.add(sighting.exchange);
      if (!told(sighting)) return;
      draft.sightings.delete(id);
      draft.isStale = true;
    },
  };
};

type Records = ReturnType<typeof createRecords>;

const shape = ({ draft }: Records) => {
  const { requests, refused, last, lastSent, lastShared, hosts, place, cookies, searchUrl, firstSeen } = draft;
  const sets = { hosts: [...hosts].sort(), cookies: [...cookies].sort() };
  return { requests, refused, last, lastSent, lastShared, place, searchUrl, firstSeen, ...sets };
};

/** The same records, all at once. */
const anew = ({ around, sightings }: Records): Records => {
  const records = createRecords();
  for (const id of EXCHANGES) {
    const exchange = around.exchangeOf(id);
    if (exchange) records.putExchange(exchange);
  }
  for (const sighting of sightings.values()) records.putSighting(sighting);
  settle(records.draft, records.around);
  return records;
};

const exchange = fc
  .record({
    id: fc.constantFrom(...EXCHANGES),
    start: fc.integer({ min: 0, max: 9 }),
    status: fc.constantFrom(200, 401, 403),
  })
  // Told again, an exchange has the address that it had.
  .map(({ id, ...rest }) =>
    exchangeRecord(id, { ...rest, url: EXCHANGES.indexOf(id) % 2 ? 'https://a.test/' : 'https://b.test/' }),
  );

const sighting = fc
  .record({
    compact: fc.constantFrom(own, other),
    exchange: fc.constantFrom(...EXCHANGES, ''),
    place: fc.constantFrom(...PLACES),
    at: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ compact, exchange: id, ...rest }) => sightingRecord(compact, id, rest));

const step: fc.Arbitrary<(records: Records) => void> = fc.oneof(
  exchange.map((one) => (records: Records) => records.putExchange(one)),
  fc.constantFrom(...EXCHANGES).map((id) => (records: Records) => records.removeExchange(id)),
  sighting.map((one) => (records: Records) => records.putSighting(one)),
  sighting.map((one) => (records: Records) => records.removeSighting(one.id)),
  fc.constant(({ draft, around }: Records) => settle(draft, around)),
);

test('in whatever order things come, change and go, the same follows as from all of it at once', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const records = createRecords();
      for (const take of steps) take(records);
      settle(records.draft, records.around);
      expect(shape(records)).toEqual(shape(anew(records)));
    }),
    { numRuns: 1000 },
  );
});

test('a cookie that is still there leaves the list of cookies what it was, so that no session is tried again', () => {
  const records = createRecords();
  const place = { kind: 'cookie', name: 'sid' } as const;
  for (const id of ['x1', 'x2']) records.putSighting(sightingRecord(own, id, { place }));
  settle(records.draft, records.around);
  const { cookies } = records.draft;
  records.removeSighting(sightingRecord(own, 'x1', { place }).id);
  settle(records.draft, records.around);
  expect(cookies).toEqual(['sid']);
  expect(records.draft.cookies).toBe(cookies);
});

test('a cookie that came as another one went is the one that is tried', () => {
  const records = createRecords();
  const seenIn = (name: string) => sightingRecord(own, 'x1', { place: { kind: 'cookie', name } });
  records.putSighting(seenIn('sid'));
  settle(records.draft, records.around);
  records.putSighting(seenIn('other'));
  records.removeSighting(seenIn('sid').id);
  settle(records.draft, records.around);
  expect(records.draft.cookies).toEqual(['other']);
});
