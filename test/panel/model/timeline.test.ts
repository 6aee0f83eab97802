import { afterEach, expect, test, vi } from 'vitest';
import '../one-slice.ts';
import { signal } from '@preact/signals';
import { createClocks } from '../../../src/panel/model/clocks.ts';
import { createLog } from '../../../src/panel/model/log.ts';
import { createTimeline } from '../../../src/panel/model/timeline.ts';
import { createFakeSource, NOW } from '../../fixtures/fake-source.ts';
import { exchangeRecord, idOf, seen, sightingRecord } from '../records.ts';
import { accessToken, FRESH, LATE_REFRESH, OLD } from '../timeline-log.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const draw = (records: Parameters<typeof createFakeSource>[0]) => {
  const fake = createFakeSource(records);
  const clocks = createClocks();
  const log = createLog(fake.source, clocks.add);
  const signatures = { contents: signal(0) } as unknown as Parameters<typeof createTimeline>[0]['signatures'];
  const timeline = createTimeline({ log, clocks, signatures });
  stops.push(timeline.dispose, log.dispose);
  const rows = () => timeline.drawn.value.rows.map(({ links }) => links.map(({ token }) => token));
  return { fake, timeline, rows };
};

const until = (check: () => void) => vi.waitFor(check, { interval: 4, timeout: 4000 });

test('the tokens of a lineage are one row; a proof has none, what stands for itself has its own', async () => {
  const { rows, timeline } = draw({ records: LATE_REFRESH });
  await until(() => expect(rows()).toEqual([[idOf(OLD), idOf(FRESH)]]));
  const [row] = timeline.drawn.value.rows;
  expect(row).toMatchObject({ kind: 'access_token', client: 'spa', newest: { id: idOf(FRESH) } });
  expect(row?.links[1]).toMatchObject({ joint: { code: 'refresh' }, gap: 14_000, refusedInGap: 2 });
});

test('what comes later joins it; the row that began last is the first', async () => {
  const { fake, rows } = draw({ records: LATE_REFRESH });
  await until(() => expect(rows()).toHaveLength(1));
  const [third, other] = [accessToken(-5, 55), accessToken(-4, 56, { sub: 'bob' })];
  fake.put(...seen(third, { id: 'a', start: NOW - 4000 }), ...seen(other, { id: 'b', start: NOW - 3000 }));
  await until(() => expect(rows()).toEqual([[idOf(other)], [OLD, FRESH, third].map(idOf)]));
  fake.drop(...LATE_REFRESH);
  await until(() => expect(rows()).toEqual([[idOf(other)], [idOf(third)]]));
});

test('lives are drawn by the clock of the server that judges, and of the one that made them', async () => {
  const date = new Date(NOW - 90_000).toUTCString();
  const answered = exchangeRecord('slow', { url: 'https://api.test/', start: NOW, end: NOW + 10, date, status: 401 });
  const confirmed = ['s1', 's2', 's3'].map((id) => ({ ...answered, id }));
  const { timeline } = draw({
    records: [...LATE_REFRESH, ...confirmed, sightingRecord(FRESH, 's3', { at: NOW })],
  });
  await until(() => {
    const link = timeline.drawn.value.rows[0]?.links[1];
    // A `Date` counts in whole seconds.
    expect(Math.abs(((link?.until ?? 0) - NOW) / 1000 - (34 + 90))).toBeLessThan(1.1);
  });
});

test('nobody who has left is told', async () => {
  const { fake, timeline, rows } = draw({ records: LATE_REFRESH });
  timeline.dispose();
  fake.put(...seen(accessToken(-5, 55)));
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(rows()).toEqual([]);
});
