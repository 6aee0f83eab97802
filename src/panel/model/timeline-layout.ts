/** Where in the plot each thing of a row is drawn, in px from its left. Pure. */
import type { Joint, Link, Use } from '../../core/judge/lineage.ts';
import type { Row } from './timeline.ts';
import { firstFrom, type Series, seriesOf } from './timeline-series.ts';
import type { TimeWindow } from './timeline-window.ts';

/** Marks of a row that are drawn at most, and about as many bars: closer ones become one that tells how many. */
export const MAX_MARKS = 300;
/** Ticks and crosses that are closer than this are one, in px; a cross is as wide. */
const TICK_WIDTH = 5;
const CROSS_WIDTH = 11;
const BAR_WIDTH = 3;
/** How far beyond the edges things are drawn: their outline is not to be seen there. */
const BEYOND = 24;

export type LifeState = 'valid' | 'expired' | 'not_yet_valid' | 'open' | 'unknown';

/** A token's life, or several too short to be told apart. */
export interface Bar {
  /** The last of them. */
  readonly link: Link;
  readonly index: number;
  readonly count: number;
  readonly state: LifeState;
  readonly x: number;
  readonly end: number;
  /** It goes on beyond the edge: `open` without any end. */
  readonly left: 'here' | 'beyond';
  readonly right: 'here' | 'beyond' | 'open';
  /** Its end is `exp`, and not the next token. */
  readonly expires: boolean;
  /** Up to where it was still valid after the next one had come. */
  readonly tail?: number;
}

/** Requests at about one moment. */
export interface Mark {
  readonly first: Use;
  readonly last: Use;
  readonly count: number;
  /** That of the first. */
  readonly token: string;
  readonly x: number;
  /** The next token was there already. */
  readonly isLate: boolean;
}

export interface DrawnJoint {
  readonly joint: Joint;
  readonly token: string;
  readonly x: number;
  /** From the expiry of the one before to this one: where it is drawn, its length in ms, and what was refused in it. */
  readonly gap?: { readonly x: number; readonly end: number; readonly ms: number; readonly refused: number };
}

export interface RowLayout {
  readonly row: Row;
  readonly bars: readonly Bar[];
  readonly marks: readonly Mark[];
  readonly refusals: readonly Mark[];
  readonly joints: readonly DrawnJoint[];
}

/** What an entry's claims leave open: whether no `exp` means no end, or nothing can be read. */
type IsReadable = (token: string) => boolean;

const clamped = (x: number, width: number) => Math.max(-BEYOND, Math.min(width + BEYOND, x));

/** When a link's own time ends: it is replaced or expires, whichever is first; undefined without either. */
const endOf = ({ until }: Link, next: Link | undefined): number | undefined =>
  next?.joint === undefined ? until : Math.min(next.joint.at, until ?? next.joint.at);

const stateOf = ({ from, until, token }: Link, now: number, isReadable: IsReadable): LifeState => {
  if (until !== undefined && now >= until) return 'expired';
  if (from > now) return 'not_yet_valid';
  if (until !== undefined) return 'valid';
  return isReadable(token) ? 'open' : 'unknown';
};

/** Made in one go: a row may have ten thousand of them. */
type Drawing = { -readonly [Name in keyof Bar]: Bar[Name] };

const barsOf = (
  { links }: Row,
  { to }: TimeWindow,
  width: number,
  now: number,
  x: (at: number) => number,
  isReadable: IsReadable,
): readonly Bar[] => {
  const least = Math.max(BAR_WIDTH, (width + 2 * BEYOND) / MAX_MARKS);
  const bars: Bar[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const [index, link] of links.entries()) {
    const next = links[index + 1];
    const state = stateOf(link, now, isReadable);
    // Of a life that cannot be read only what was seen of it is known.
    const known = state === 'unknown' ? (link.uses.at(-1)?.at ?? link.seen) : undefined;
    const end = endOf(link, next) ?? known;
    // What was replaced ends where the next begins, so that both are seen.
    const start = Math.max(link.from, before);
    before = Math.max(start, end ?? start);
    const [left, right] = [x(start), end === undefined ? width + BEYOND : x(before)];
    if (right < 0 || left > width) continue;
    const isReplaced = next?.joint !== undefined && before >= next.joint.at;
    const still = isReplaced && state !== 'unknown' ? (link.until ?? to) : before;
    const last = bars.at(-1);
    const drawnEnd = clamped(right, width);
    const isTiny = last && drawnEnd - last.x < least && last.right === 'here';
    const begun = isTiny ? last : ({ count: 0, x: clamped(left, width), left: left < 0 ? 'beyond' : 'here' } as const);
    const bar: Drawing = {
      link,
      index,
      count: begun.count + 1,
      state,
      x: begun.x,
      end: drawnEnd,
      left: begun.left,
      right: end === undefined ? 'open' : right > width ? 'beyond' : 'here',
      expires: link.until !== undefined && !isReplaced,
    };
    if (still > before) bar.tail = clamped(x(still), width);
    bars[isTiny ? bars.length - 1 : bars.length] = bar;
  }
  return bars;
};

/** Those of one slot of time are one mark, so that marks stand still when time moves along. */
const marksIn = (
  { uses, tokens, isLate }: Series,
  window: TimeWindow,
  slot: number,
  x: (at: number) => number,
): readonly Mark[] => {
  const marks: Mark[] = [];
  const end = firstFrom(uses, window.to + 1);
  for (let from = firstFrom(uses, window.from); from < end; ) {
    const first = uses[from];
    if (!first) break;
    const next = (Math.floor(first.at / slot) + 1) * slot;
    const behind = Math.min(end, Math.max(from + 1, firstFrom(uses, next, from)));
    const last = uses[behind - 1] ?? first;
    const middle = (x(first.at) + x(last.at)) / 2;
    marks.push({ ...{ first, last, count: behind - from }, token: tokens[from] ?? '', x: middle, isLate });
    from = behind;
  }
  return marks;
};

/** The newest of them. */
const jointsOf = (
  { links }: Row,
  window: TimeWindow,
  width: number,
  x: (at: number) => number,
): readonly DrawnJoint[] => {
  const joints: DrawnJoint[] = [];
  for (let index = links.length - 1; index >= 0 && joints.length < MAX_MARKS; index -= 1) {
    const { joint, gap, refusedInGap, token, from } = links[index] ?? links[0];
    if (!joint || joint.at < window.from || joint.at - (gap ?? 0) > window.to) continue;
    const end = Math.max(joint.at - (gap ?? 0), Math.min(from, joint.at));
    const ended = { x: clamped(x(joint.at - (gap ?? 0)), width), end: clamped(x(end), width) };
    joints.push({
      ...{ joint, token, x: clamped(x(joint.at), width) },
      ...(gap !== undefined && { gap: { ...ended, ms: gap, refused: refusedInGap } }),
    });
  }
  return joints.reverse();
};

/**
 * One row as it is drawn in a plot of `width` px. Linear in the row's tokens; of its requests it looks at as many as there are
 * marks (`seriesOf`, which is linear in them, once).
 */
export const layOutRow = (
  row: Row,
  window: TimeWindow,
  width: number,
  now: number,
  isReadable: IsReadable,
): RowLayout => {
  const scale = width / (window.to - window.from);
  const x = (at: number) => (at - window.from) * scale;
  const series = seriesOf(row);
  const marksOf = (least: number, refused: boolean): readonly Mark[] => {
    const slot = Math.max(least, (2 * width) / MAX_MARKS) / scale;
    const marks = series.flatMap((one) => (one.isRefused === refused ? marksIn(one, window, slot, x) : []));
    return marks.sort((a, b) => a.first.at - b.first.at);
  };
  return {
    row,
    bars: barsOf(row, window, width, now, x, isReadable),
    marks: marksOf(TICK_WIDTH, false),
    refusals: marksOf(CROSS_WIDTH, true),
    joints: jointsOf(row, window, width, x),
  };
};
