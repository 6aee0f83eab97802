/** Where in the plot each thing of a row is drawn, in px from its left. Pure. */
import type { Joint, Link, Use } from '../../core/judge/lineage.ts';
import type { Row } from './timeline.ts';
import type { TimeWindow } from './timeline-window.ts';

/** Marks of a row, and bars, that are drawn at most: closer ones become one that tells how many. */
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
  readonly token: string;
  readonly x: number;
  /** The next token was there already. */
  readonly isLate: boolean;
}

export interface DrawnJoint {
  readonly joint: Joint;
  readonly token: string;
  readonly x: number;
  /** The time from expiry to renewal: where it begins, and its length in ms. */
  readonly gap?: { readonly x: number; readonly ms: number; readonly refused: number };
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

/** Requests of one token that are closer than `least` px are one mark, in the middle of them. */
const marksOf = (
  uses: readonly Use[],
  token: string,
  replaced: number,
  x: (at: number) => number,
  least: number,
): readonly Mark[] => {
  const bins: [Use, ...Use[]][] = [];
  for (const use of uses) {
    const bin = bins.at(-1);
    const isLate = (one: Use) => one.at >= replaced;
    if (bin && x(use.at) - x(bin[0].at) < least && isLate(use) === isLate(bin[0])) bin.push(use);
    else bins.push([use]);
  }
  return bins.map((bin) => {
    const last = bin.at(-1) ?? bin[0];
    return { uses: bin, token, x: (x(bin[0].at) + x(last.at)) / 2, isLate: bin[0].at >= replaced };
  });
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
  const inSight = ({ at }: Use) => at >= window.from && at <= window.to;
  const marks: Mark[] = [];
  const refusals: Mark[] = [];
  const joints: DrawnJoint[] = [];
  for (const [index, link] of row.links.entries()) {
    const replaced = row.links[index + 1]?.joint?.at ?? Number.POSITIVE_INFINITY;
    const uses = link.uses.filter(inSight);
    const bin = (which: readonly Use[], least: number) =>
      marksOf(which, link.token, replaced, x, Math.max(least, width / MAX_MARKS));
    marks.push(
      ...bin(
        uses.filter(({ refused }) => !refused),
        TICK_WIDTH,
      ),
    );
    refusals.push(
      ...bin(
        uses.filter(({ refused }) => refused),
        CROSS_WIDTH,
      ),
    );
    const { joint, gap, refusedInGap } = link;
    if (!joint || joint.at < window.from || joint.at - (gap ?? 0) > window.to) continue;
    const ended =
      gap === undefined ? undefined : { x: clamped(x(joint.at - gap), width), ms: gap, refused: refusedInGap };
    joints.push({ joint, token: link.token, x: clamped(x(joint.at), width), ...(ended && { gap: ended }) });
  }
  return {
    row,
    bars: barsOf(row, window, width, now, x, isReadable),
    marks: thinned(marks),
    refusals: thinned(refusals),
    joints: joints.slice(-MAX_MARKS),
  };
};

/** Marks of many short-lived tokens can still be too many: neighbours become one. */
const thinned = (marks: readonly Mark[]): readonly Mark[] => {
  const every = Math.ceil(marks.length / MAX_MARKS);
  if (every <= 1) return marks;
  return Array.from({ length: Math.ceil(marks.length / every) }, (_, index) => index * every).flatMap((from) => {
    const [one, ...others] = marks.slice(from, from + every);
    return one ? [{ ...one, uses: [...one.uses, ...others.flatMap(({ uses }) => uses)] as const }] : [];
  });
};
