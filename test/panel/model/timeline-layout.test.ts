import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Link, Use } from '../../../src/core/judge/lineage.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { createDraft, fill } from '../../../src/panel/model/draft.ts';
import type { Row } from '../../../src/panel/model/timeline.ts';
import { layOutRow, MAX_MARKS } from '../../../src/panel/model/timeline-layout.ts';

const newest = createDraft('newest');
fill(newest, decode(''));

const use = (at: number, refused = false): Use => ({ exchange: `x${at}`, at, refused, accepted: !refused });
const link = (token: string, from: number, more: Partial<Link> = {}): Link => ({
  ...{ token, from, seen: from, uses: [], refusedInGap: 0 },
  ...more,
});
const row = (...links: readonly [Link, ...Link[]]): Row => ({
  id: links[0].token,
  kind: 'access_token',
  links,
  newest,
});

/** 100 px for 100 ms, so that a time is a place. */
const layOut = (one: Row, now = 1000, isReadable = true) =>
  layOutRow(one, { from: 0, to: 100 }, 100, now, () => isReadable);

const REFRESH = { code: 'refresh', exchange: 'r' } as const;

describe('a life', () => {
  it('is a bar from its beginning to its end, as it stands now', () => {
    const one = row(link('a', 20, { until: 60 }));
    expect(layOut(one).bars).toMatchObject([
      { x: 20, end: 60, state: 'expired', left: 'here', right: 'here', expires: true, count: 1 },
    ]);
    expect(layOut(one, 40).bars[0]?.state).toBe('valid');
    expect(layOut(one, 60).bars[0]?.state).toBe('expired');
    expect(layOut(one, 10).bars[0]?.state).toBe('not_yet_valid');
  });

  it('goes on beyond the edges, or has no end at all', () => {
    expect(layOut(row(link('a', -1e15, { until: 1e15 }))).bars).toMatchObject([
      { x: -24, end: 124, left: 'beyond', right: 'beyond' },
    ]);
    expect(layOut(row(link('a', 50))).bars).toMatchObject([{ x: 50, end: 124, right: 'open', state: 'open' }]);
    expect(layOut(row(link('a', 101, { until: 200 }))).bars).toEqual([]);
    expect(layOut(row(link('a', -50, { until: -1 }))).bars).toEqual([]);
  });

  it('that cannot be read is known from where it was seen', () => {
    const one = row(link('a', 20, { uses: [use(30), use(70)] }));
    expect(layOut(one, 1000, false).bars).toMatchObject([{ x: 20, end: 70, state: 'unknown', right: 'here' }]);
  });

  it('ends where the next begins, and is still told to have been valid', () => {
    const one = row(link('a', 0, { until: 60 }), link('b', 38, { until: 99, joint: { ...REFRESH, at: 40 } }));
    expect(layOut(one).bars).toMatchObject([
      { x: 0, end: 40, tail: 60, expires: false },
      { x: 40, end: 99, expires: true },
    ]);
    expect(layOut(one).bars[1]).not.toHaveProperty('tail');
    expect(layOut(one).joints).toMatchObject([{ x: 40, joint: REFRESH }]);
    expect(layOut(one).joints[0]).not.toHaveProperty('gap');
  });

  it('that was over long before the next came leaves a gap', () => {
    const joint = { ...REFRESH, at: 90 };
    const one = row(link('a', 0, { until: 50 }), link('b', 85, { until: 200, joint, gap: 40, refusedInGap: 2 }));
    const { bars, joints } = layOut(one);
    expect(bars).toMatchObject([
      { end: 50, expires: true },
      { x: 85, end: 124 },
    ]);
    expect(joints).toMatchObject([{ x: 90, gap: { x: 50, end: 85, ms: 40, refused: 2 } }]);
  });

  it('too short to be told from its neighbours is one with them', () => {
    const links = Array.from({ length: 10 }, (_, n) =>
      link(`t${n}`, 50 + n / 10, { until: 90, ...(n > 0 && { joint: { ...REFRESH, at: 50 + n / 10 } }) }),
    );
    const [first, ...others] = links;
    if (!first) throw new Error('no link');
    const { bars } = layOut(row(first, ...others));
    expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(10);
    expect(bars.length).toBeLessThan(4);
    expect(bars.at(-1)).toMatchObject({ end: 90, link: { token: 't9' } });
  });
});

describe('requests', () => {
  it('at about one moment are one mark; refusals apart', () => {
    const uses = [use(10), use(11), use(12, true), use(30), use(40, true), use(101), use(-1)];
    const { marks, refusals } = layOut(row(link('a', 0, { until: 50, uses })));
    expect(marks.map((mark) => [mark.x, mark.count])).toEqual([
      [10.5, 2],
      [30, 1],
    ]);
    expect(refusals.map((mark) => [mark.x, mark.first.exchange])).toEqual([
      [12, 'x12'],
      [40, 'x40'],
    ]);
  });

  it('after the next token was there are told from those before', () => {
    const one = row(link('a', 0, { uses: [use(39), use(41)] }), link('b', 40, { joint: { ...REFRESH, at: 40 } }));
    expect(layOut(one).marks.map(({ isLate }) => isLate)).toEqual([false, true]);
  });
});

it('draws some hundred things of a row at most, and loses no request', () => {
  const time = fc.double({ min: 0, max: 100, noNaN: true });
  const links = fc
    .array(fc.record({ from: time, life: time, uses: fc.array(fc.tuple(time, fc.boolean()), { maxLength: 20 }) }), {
      minLength: 1,
      maxLength: 600,
      size: 'max',
    })
    .map((all) =>
      all
        .toSorted((a, b) => a.from - b.from)
        .map(({ from, life, uses }, n) =>
          link(`t${n}`, from, {
            until: from + life,
            uses: uses.toSorted(([a], [b]) => a - b).map(([at, refused]) => use(at, refused)),
            ...(n > 0 && { joint: { ...REFRESH, at: from } }),
          }),
        ),
    );
  fc.assert(
    fc.property(links, fc.integer({ min: 1, max: 4000 }), ([first, ...others], width) => {
      if (!first) return;
      const one = row(first, ...others);
      const { bars, marks, refusals, joints } = layOutRow(one, { from: -1, to: 101 }, width, 50, () => true);
      for (const drawn of [marks, refusals, joints]) expect(drawn.length).toBeLessThanOrEqual(MAX_MARKS);
      // A short one stands beside a long one.
      expect(bars.length).toBeLessThanOrEqual(MAX_MARKS * 2);
      const many = [...marks, ...refusals].reduce((sum, mark) => sum + mark.count, 0);
      expect(many).toBe(one.links.reduce((sum, { uses }) => sum + uses.length, 0));
      expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(one.links.length);
    }),
    { numRuns: 15 },
  );
});
