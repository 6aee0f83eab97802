import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOKENS } from '../../../src/core/capture/distinct.ts';
import { createLog } from '../../../src/core/capture/log.ts';
import type { LogChanges } from '../../../src/core/capture/log-shape.ts';
import type { ExchangeRecord, SightingRecord, TokenRecord } from '../../../src/core/capture/records.ts';
import { recordKey } from '../../../src/core/capture/records.ts';

const exchange = (id: string, tab = 1): ExchangeRecord => ({
  v: 1,
  type: 'exchange',
  id,
  tab,
  frame: 0,
  method: 'GET',
  url: 'https://api.test/',
  resource: 'xmlhttprequest',
  start: Number(id),
  witness: 'background',
});
const token = (id: string, tab = 1, compact = `compact-${id}`): TokenRecord => ({
  v: 1,
  type: 'token',
  id,
  tab,
  compact,
  firstSeen: 1,
});
const sighting = (of: TokenRecord, on: ExchangeRecord): SightingRecord => ({
  v: 1,
  type: 'sighting',
  id: `${on.id}.${of.id}`,
  tab: on.tab,
  token: of.id,
  exchange: on.id,
  place: { kind: 'cookie', name: 'sid' },
  at: on.start,
});
const small = { bytes: 1e9, records: 1e9, record: 1e9 };

describe('log', () => {
  it('hands over each record once, a token only when it is new', () => {
    const log = createLog();
    log.put(exchange('1'));
    log.see(token('a'), sighting(token('a'), exchange('1')));
    expect(Object.keys(log.take().set)).toEqual(['exchange/1/1', 'token/1/a', 'sighting/1/1.a']);
    log.put(exchange('2'));
    log.see(token('a'), sighting(token('a'), exchange('2')));
    log.see(token('a'), sighting(token('a'), exchange('2')));
    expect(Object.keys(log.take().set)).toEqual(['exchange/1/2', 'sighting/1/2.a']);
    expect(log.pending()).toBeUndefined();
  });

  it('counts for a tab, also on what storage held, and leaves out what there was none of', () => {
    const log = createLog();
    log.count(1, { requests: 2 });
    expect(log.take().set['tab/1']).toEqual({ v: 1, type: 'tab', tab: 1, requests: 2, opaque: 0, dropped: 0 });
    log.load([{ v: 1, type: 'tab', tab: 2, requests: 1, opaque: 1, dropped: 1, skipped: 3 }]);
    log.count(2, { skipped: 2 });
    const counted = { v: 1, type: 'tab', tab: 2, requests: 1, opaque: 1, dropped: 1, skipped: 5 };
    expect(log.take().set).toEqual({ 'tab/2': counted });
  });

  it('drops the oldest exchange with its sightings, and a token with its last one', () => {
    const log = createLog({ ...small, records: 6 });
    const first = token('a');
    const second = token('b');
    for (const id of ['1', '2']) {
      log.put(exchange(id));
      log.see(first, sighting(first, exchange(id)));
    }
    log.put(exchange('3'));
    log.see(second, sighting(second, exchange('3')));
    const { set, remove } = log.take();
    expect(remove).toEqual(['sighting/1/1.a', 'exchange/1/1']);
    expect(Object.keys(set)).toContain('token/1/a');
    expect(set['tab/1']).toMatchObject({ dropped: 2 });
    log.put(exchange('4'));
    log.see(second, sighting(second, exchange('4')));
    expect(log.take().remove).toEqual(['sighting/1/2.a', 'token/1/a', 'exchange/1/2']);
  });

  it('drops and counts a record too large to fit, and nothing else for its sake', () => {
    const log = createLog({ ...small, record: 500 });
    log.put(exchange('1'));
    const huge = token('h', 1, 'x'.repeat(600));
    log.see(huge, sighting(huge, exchange('1')));
    const { set } = log.take();
    expect(Object.keys(set)).toEqual(['exchange/1/1', 'tab/1']);
    expect(set['tab/1']).toMatchObject({ dropped: 2 });
  });

  it('keeps its bounds within one exchange, and what other tabs have', () => {
    const log = createLog();
    const other = token('other', 2);
    log.put(exchange('1', 2));
    log.see(other, sighting(other, exchange('1', 2)));
    log.put(exchange('2'));
    for (let index = 0; index < 3 * MAX_TOKENS; index++) {
      const one = token(`${index}`);
      log.see(one, sighting(one, exchange('2')));
    }
    const { set } = log.take();
    expect(Object.keys(set).filter((key) => key.startsWith('sighting/1/'))).toHaveLength(MAX_TOKENS);
    expect(Object.keys(set)).toContain(`sighting/2/1.other`);
    expect(set['tab/1']).toMatchObject({ dropped: 2 * MAX_TOKENS });
  });

  it('keeps the newest exchange and as many of its sightings as fit', () => {
    const log = createLog({ ...small, records: 5 });
    log.put(exchange('1'));
    for (const id of ['a', 'b', 'c', 'd']) log.see(token(id), sighting(token(id), exchange('1')));
    const { set } = log.take();
    expect(Object.keys(set).toSorted()).toEqual([
      'exchange/1/1',
      'sighting/1/1.a',
      'sighting/1/1.b',
      'tab/1',
      'token/1/a',
      'token/1/b',
    ]);
    expect(set['tab/1']).toMatchObject({ dropped: 4 });
    expect(log.refused(Object.keys(set))).toBe(true);
    expect(Object.keys(log.take().set)).toContain('exchange/1/1');
  });

  it('tells the tokens that a request carried from those that its response brought', () => {
    const log = createLog();
    log.put(exchange('1'));
    log.see(token('a'), sighting(token('a'), exchange('1')));
    for (const place of [
      { kind: 'set_cookie', name: 'sid' },
      { kind: 'response_header', name: 'x' },
      { kind: 'url_query', name: 't', from: 'location' },
    ] as const) {
      log.see(token(place.kind), { ...sighting(token(place.kind), exchange('1')), place });
    }
    expect(log.sentIn('exchange/1/1')).toEqual(['a']);
  });

  it('makes room when storage refuses, and offers the newest again', () => {
    const log = createLog();
    for (const id of ['1', '2', '3', '4']) log.put(exchange(id));
    expect(log.refused(Object.keys(log.take().set))).toBe(true);
    const { set, remove } = log.take();
    expect(remove).toContain('exchange/1/1');
    expect(Object.keys(set)).toContain('exchange/1/4');
    expect(set['tab/1']).toMatchObject({ dropped: remove.length });
  });

  it('lets go of the one record that storage will not have, counted', () => {
    const log = createLog();
    log.put(exchange('1'));
    expect(log.refused(Object.keys(log.take().set))).toBe(false);
    expect(log.take().set).toEqual({ 'tab/1': expect.objectContaining({ dropped: 1 }) });
  });

  it('writes again what somebody removed but newer sightings need', () => {
    const log = createLog();
    log.put(exchange('1'));
    log.see(token('a'), sighting(token('a'), exchange('1')));
    const cleared = new Set(Object.keys(log.take().set));
    log.put(exchange('2'));
    log.see(token('a'), sighting(token('a'), exchange('2')));
    log.removed(cleared);
    expect(Object.keys(log.take().set).sort()).toEqual(['exchange/1/2', 'sighting/1/2.a', 'token/1/a']);
    expect([...log.exchanges()].map(({ id }) => id)).toEqual(['2']);
  });

  it('removes from storage the sightings and tokens that point to nothing', () => {
    const log = createLog();
    log.load([sighting(token('a'), exchange('1')), token('a')]);
    expect([...log.take().remove].sort()).toEqual(['sighting/1/1.a', 'token/1/a']);
  });

  it('whatever happens, stays in its bounds, keeps the newest, and points to what is there', () => {
    const step = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({
          do: fc.constant('see' as const),
          tab: fc.integer({ min: 1, max: 2 }),
          token: fc.integer({ min: 0, max: 9 }),
        }),
      },
      fc.record({ do: fc.constant('forget' as const), tab: fc.integer({ min: 1, max: 2 }), token: fc.constant(0) }),
      fc.record({ do: fc.constant('refuse' as const), tab: fc.constant(1), token: fc.constant(0) }),
      fc.record({ do: fc.constant('clear' as const), tab: fc.integer({ min: 1, max: 2 }), token: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const limits = { bytes: 4000, records: 20, record: 2000 };
        const log = createLog(limits);
        const stored = new Map<string, unknown>();
        let newest: string | undefined;
        // Storage always removes; it is writing that it may refuse.
        const remove = (): LogChanges['set'] => {
          const { set, remove: keys } = log.take();
          for (const key of keys) stored.delete(key);
          return set;
        };
        const apply = (): void => {
          const set = remove();
          for (const [key, record] of Object.entries(set)) stored.set(key, record);
        };
        for (const [index, step] of steps.entries()) {
          if (step.do === 'see') {
            const on = exchange(`${index + 1}`, step.tab);
            const of = token(`t${step.token}`, step.tab);
            log.put(on);
            log.see(of, sighting(of, on));
            newest = recordKey(on);
          } else if (step.do === 'forget') {
            log.forgetTab(step.tab, true);
            if (newest?.startsWith(`exchange/${step.tab}/`)) newest = undefined;
          } else if (step.do === 'refuse') log.refused(Object.keys(remove()));
          else {
            apply();
            const keys = [...stored.keys()].filter((key) => key.split('/')[1] === `${step.tab}`);
            for (const key of keys) stored.delete(key);
            log.removed(new Set(keys));
            if (newest?.startsWith(`exchange/${step.tab}/`)) newest = undefined;
          }
          if (step.do !== 'refuse') apply();
          else newest = undefined;
          const held = [...stored].filter(([key]) => !key.startsWith('tab/'));
          if (step.do === 'see') {
            expect(held.length).toBeLessThanOrEqual(limits.records);
            expect(stored.has(newest ?? '')).toBe(true);
          }
        }
        apply();
        for (const value of stored.values()) {
          const record = value as SightingRecord;
          if (record.type !== 'sighting') continue;
          expect(stored.has(`token/${record.tab}/${record.token}`)).toBe(true);
          expect(stored.has(`exchange/${record.tab}/${record.exchange}`)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
