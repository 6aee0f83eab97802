/** Where in the plot each thing of a row is drawn, in px from its left. Pure. */
import type { Joint, Link, Use } from '../../core/judge/lineage.ts';
import type { Row } from './timeline.ts';
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
  readonly uses: readonly [Use, ...Use[]];
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
    const bar: Bar = {
      ...{ link, index, count: 1, state, x: clamped(left, width), end: clamped(right, width) },
      left: left < 0 ? 'beyond' : 'here',
      right: end === undefined ? 'open' : right > width ? 'beyond' : 'here',
      expires: link.until !== undefined && !isReplaced,
      ...(still > before && { tail: clamped(x(still), width) }),
    };
    const last = bars.at(-1);
    const isTiny = last && bar.end - last.x < least && last.right === 'here';
    if (isTiny) bars[bars.length - 1] = { ...bar, x: last.x, left: last.left, count: last.count + 1 };
    else bars.push(bar);
  }
  return bars;
};

/** Requests of the same sort and at about one moment: of one slot of time, so that marks stand still when time moves along. */
interface Bin {
  readonly uses: [Use, ...Use[]];
  readonly token: string;
  readonly isLate: boolean;
}

const binned = (row: Row, window: TimeWindow, slot: number, isOfSort: (use: Use) => boolean): readonly Bin[] => {
  const bins = new Map<number, Bin>();
  for (const [index, { uses, token }] of row.links.entries()) {
    const replaced = row.links[index + 1]?.joint?.at ?? Number.POSITIVE_INFINITY;
    for (const use of uses) {
      if (use.at < window.from || use.at > window.to || !isOfSort(use)) continue;
      const isLate = use.at >= replaced;
      const key = 2 * Math.floor(use.at / slot) + (isLate ? 1 : 0);
      const bin = bins.get(key);
      if (bin) bin.uses.push(use);
      else bins.set(key, { uses: [use], token, isLate });
    }
  }
  return [...bins.values()].sort((a, b) => a.uses[0].at - b.uses[0].at);
};

/** One row as it is drawn in a plot of `width` px. Linear in the row's tokens and requests. */
export const layOutRow = (
  row: Row,
  window: TimeWindow,
  width: number,
  now: number,
  isReadable: IsReadable,
): RowLayout => {
  const scale = width / (window.to - window.from);
  const x = (at: number) => (at - window.from) * scale;
  const marksOf = (least: number, isOfSort: (use: Use) => boolean): readonly Mark[] =>
    binned(row, window, Math.max(least, (2 * width) / MAX_MARKS) / scale, isOfSort).map(({ uses, token, isLate }) => {
      const last = uses.at(-1) ?? uses[0];
      return { uses, token, isLate, x: (x(uses[0].at) + x(last.at)) / 2 };
    });
  const joints: DrawnJoint[] = [];
  for (const link of row.links) {
    const { joint, gap, refusedInGap } = link;
    if (!joint || joint.at < window.from || joint.at - (gap ?? 0) > window.to) continue;
    const end = Math.max(joint.at - (gap ?? 0), Math.min(link.from, joint.at));
    const ended = { x: clamped(x(joint.at - (gap ?? 0)), width), end: clamped(x(end), width) };
    joints.push({
      ...{ joint, token: link.token, x: clamped(x(joint.at), width) },
      ...(gap !== undefined && { gap: { ...ended, ms: gap, refused: refusedInGap } }),
    });
  }
  return {
    row,
    bars: barsOf(row, window, width, now, x, isReadable),
    marks: marksOf(TICK_WIDTH, ({ refused }) => !refused),
    refusals: marksOf(CROSS_WIDTH, ({ refused }) => refused),
    joints: joints.slice(-MAX_MARKS),
  };
};
