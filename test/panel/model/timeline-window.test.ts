import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Link } from '../../../src/core/judge/lineage.ts';
import { createDraft } from '../../../src/panel/model/draft.ts';
import type { Row } from '../../../src/panel/model/timeline.ts';
import { firstSeenOf, fitOf, fitRow, panned, steppedNow, zoomed } from '../../../src/panel/model/timeline-window.ts';

const fitted = (rows: readonly Row[], now: number) => {
  const first = firstSeenOf(rows) ?? now;
  return fitOf(rows, first, steppedNow(first, now));
};

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;

const row = (seen: number, from: number, until?: number, uses: Link['uses'] = []): Row => ({
  ...{ id: 't', kind: 'access_token', newest: createDraft('t') },
  links: [{ token: 't', from, seen, uses, refusedInGap: 0, ...(until !== undefined && { until }) }],
});

describe('all', () => {
  it('is what was seen, now, and the ends that are near; what lives for years does not press it together', () => {
    const seen = NOW - 60_000;
    const { from, to } = fitted([row(seen, seen - 5_000, NOW + 30_000), row(seen, 0, NOW + 9_000 * HOUR)], NOW);
    expect(from).toBeLessThan(seen - 5_000);
    expect(from).toBeGreaterThan(NOW - HOUR);
    expect(to).toBeGreaterThan(NOW + 30_000);
    expect(to).toBeLessThan(NOW + HOUR);
  });

  it('stands still while time passes, and steps on before now leaves it', () => {
    const rows = [row(NOW - HOUR, NOW - HOUR, NOW)];
    const windows = Array.from({ length: 600 }, (_, second) => fitted(rows, NOW + second * 1000));
    expect(new Set(windows.map(({ to }) => to)).size).toBeLessThan(8);
    for (const [second, { from, to }] of windows.entries()) {
      expect(NOW + second * 1000).toBeLessThan(to);
      expect(from).toBeLessThan(NOW - HOUR);
    }
  });

  it('of nothing is a little around now', () => {
    const { from, to } = fitted([], NOW);
    expect(from).toBeLessThan(NOW);
    expect(to).toBeGreaterThan(NOW);
  });

  it('of one row reaches from its first beginning to its last end, or use', () => {
    const one = fitRow(row(NOW - 5, NOW - 9 * HOUR, NOW - HOUR), NOW);
    expect(one.from).toBeLessThan(NOW - 9 * HOUR);
    expect(one.to).toBeGreaterThan(NOW - 5);
    expect(fitRow(row(NOW - HOUR, NOW - HOUR), NOW).to).toBeGreaterThan(NOW);
  });
});

describe('zoom and pan', () => {
  const window = { from: NOW, to: NOW + 1000 };

  it('keep the place under the pointer, and the length', () => {
    expect(zoomed(window, 0.5, 0)).toEqual({ from: NOW, to: NOW + 500 });
    expect(zoomed(window, 2, 1)).toEqual({ from: NOW - 1000, to: NOW + 1000 });
    expect(panned(window, -0.5)).toEqual({ from: NOW - 500, to: NOW + 500 });
  });

  it('stay where dates are, however far they are driven, and whatever tokens say', () => {
    const any = fc.double({ min: -1e17, max: 1e17, noNaN: true });
    fc.assert(
      fc.property(
        any,
        any,
        any,
        fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true })),
        (from, until, seen, by) => {
          const rows = [row(seen, from, until)];
          let at = by.length % 2 ? fitted(rows, NOW) : fitRow(rows[0] ?? row(0, 0), NOW);
          for (const factor of by) at = panned(zoomed(at, factor), factor * 100);
          expect(at.to - at.from).toBeGreaterThanOrEqual(199);
          expect(Number.isNaN(new Date(at.from).getTime())).toBe(false);
          expect(Number.isNaN(new Date(at.to).getTime())).toBe(false);
        },
      ),
    );
  });
});
