/** What of a row can be pointed at, focused and opened. */
import type { Lineages } from '../../core/judge/lineage.ts';
import type { Log } from '../model/log.ts';
import type { Row } from '../model/timeline.ts';
import type { RowLayout } from '../model/timeline-layout.ts';
import { barId, jointId, markId, refusalId, rowId } from './timeline-row.tsx';
import type { TimelineWords } from './timeline-words.ts';

/** Refusals of one row whose reason is looked for before they are pointed at; each is a look at the log. */
const MAX_REASONS = 20;

export interface TimelineItem {
  readonly id: string;
  readonly name: string;
  /** px from the left of the plot; before it for a row's name. */
  readonly x: number;
  /** What opens: all of a row, an exchange, or a token. */
  readonly row?: Row;
  readonly exchange?: string;
  readonly token?: string;
}

interface Said {
  readonly lineages: Lineages;
  readonly log: Log;
  readonly words: TimelineWords;
}

/** The name of the row, then its bars and refusals from left to right: what keys walk through. */
export const itemsOf = (layout: RowLayout, { lineages, log, words }: Said): readonly TimelineItem[] => {
  const { row, bars, refusals } = layout;
  const ofBars = bars.map((bar): TimelineItem => {
    const { token } = bar.link;
    const name = words.bar(bar, log.entry(token) ?? row.newest, row.links[bar.index + 1]);
    return { id: barId(bar), name, x: Math.max(0, bar.x), token };
  });
  const ofRefusals = refusals.map((mark, index): TimelineItem => {
    const entry = log.entry(mark.token) ?? row.newest;
    const name = words.refusal(mark, entry, lineages, index < MAX_REASONS);
    return { id: refusalId(mark), name, x: mark.x, exchange: mark.first.exchange };
  });
  const own = { id: rowId(layout), name: words.token(row.newest), x: -1, row };
  return [own, ...[...ofBars, ...ofRefusals].sort((a, b) => a.x - b.x)];
};

/** What there is to say of the thing with this id, wherever it is drawn. */
export const toldOf = (
  id: string | undefined,
  layouts: readonly RowLayout[],
  { lineages, log, words }: Said,
): string | undefined => {
  if (id === undefined) return undefined;
  for (const layout of layouts) {
    const { row, bars, marks, refusals, joints } = layout;
    const entryOf = (token: string) => log.entry(token) ?? row.newest;
    if (rowId(layout) === id) return words.token(row.newest);
    const bar = bars.find((one) => barId(one) === id);
    if (bar) return words.bar(bar, entryOf(bar.link.token), row.links[bar.index + 1]);
    const mark = marks.find((one) => markId(one) === id);
    if (mark) return words.mark(mark, entryOf(mark.token));
    const refusal = refusals.find((one) => refusalId(one) === id);
    if (refusal) return words.refusal(refusal, entryOf(refusal.token), lineages, true);
    const joint = joints.find((one) => jointId(one) === id);
    const link = joint && row.links.find(({ token }) => token === joint.token);
    if (link) return words.joint(link, entryOf(link.token), row.links.indexOf(link) > 0);
  }
  return undefined;
};
