/** What the timeline says of a token, a request and a joint, in sentences that need no picture. */
import { formatDuration } from '../../core/judge/duration.ts';
import type { Lineages, Link } from '../../core/judge/lineage.ts';
import { refreshedLate, supersededAt } from '../../core/judge/lineages.ts';
import { shortText } from '../../core/judge/why-text.ts';
import { visibleText } from '../../core/token/visible.ts';
import type { Entry } from '../model/entry.ts';
import { judgementsOf } from '../model/judgements.ts';
import { issuerOf, subjectOf } from '../model/labels.ts';
import type { Model } from '../model/model.ts';
import type { Bar, Mark } from '../model/timeline-layout.ts';
import { hostAndPath } from './url-text.ts';
import type { Words } from './words.ts';

export interface TimelineWords {
  /** `Access token · alice` */
  token(entry: Entry): string;
  /** `14:02:11` */
  time(at: number): string;
  /** `9 s`; less than a second is one. */
  long(ms: number): string;
  /** How a token came: `login at 14:02:11`. */
  came(link: Link): string;
  /** How it was replaced, by the next one: `refreshed at 14:02:11, 9 s after it had expired, 2 × refused meanwhile`. */
  replaced(next: Link): string;
  bar(bar: Bar, entry: Entry, next: Link | undefined): string;
  mark(mark: Mark, entry: Entry): string;
  joint(link: Link, entry: Entry, isRenewal: boolean): string;
  /** `withReason`: with what the diagnosis says, which takes a look at the log. */
  refusal(mark: Mark, entry: Entry, lineages: Lineages, withReason: boolean): string;
}

const BETWEEN = ' · ';
const join = (...parts: readonly (string | undefined | false)[]): string => parts.filter(Boolean).join(BETWEEN);

export const timelineWords = (model: Model, words: Words): TimelineWords => {
  const { source, log, dates, now } = model;
  const { text } = source;
  const time = (at: number) => dates.local(at, now.peek());
  const long = (ms: number) => formatDuration(Math.max(1000, ms), text);
  const token = (entry: Entry) => visibleText(join(text(`kind_${entry.kind}`), subjectOf(entry), issuerOf(entry)));

  const life = ({ link, state }: Bar): string => {
    if (state === 'unknown') return text('timeline_life_unknown', time(link.seen));
    return link.until === undefined
      ? text('timeline_life_open', time(link.from))
      : text('timeline_life', time(link.from), time(link.until));
  };

  const request = (exchange: string): string => {
    const { method = '', url = '', status } = log.exchange(exchange) ?? {};
    return join(status === undefined ? '' : String(status), visibleText(`${method} ${hostAndPath(url)}`));
  };

  const why = (exchange: string): string => {
    const record = log.exchange(exchange);
    const diagnosis = record && judgementsOf(model).of(record).why;
    return diagnosis ? shortText(diagnosis, text) : '';
  };

  const came = ({ joint }: Link) => (joint ? text(`timeline_came_${joint.code}`, time(joint.at)) : '');

  const replaced = ({ joint, gap, refusedInGap }: Link) =>
    joint
      ? [
          text(`timeline_replaced_${joint.code}`, time(joint.at)),
          gap === undefined ? '' : text('timeline_after_expiry', long(gap)),
          refusedInGap > 0 ? text('timeline_meanwhile', String(refusedInGap)) : '',
        ]
          .filter(Boolean)
          .join(', ')
      : '';

  return {
    token,
    time,
    long,
    came,
    replaced,
    bar(bar, entry, next) {
      if (bar.count > 1) return join(words.count('tokens', bar.count), token(entry));
      const refused = bar.link.uses.filter((use) => use.refused).length;
      return join(
        token(entry),
        text(`timeline_state_${bar.state}`),
        life(bar),
        words.count('requests', bar.link.uses.length),
        refused > 0 ? text('row_refused', String(refused)) : '',
        came(bar.link),
        next && replaced(next),
      );
    },
    mark({ first: { exchange, at }, last: { at: last }, count }, entry) {
      const when = last - at >= 1000 ? `${time(at)} – ${time(last)}` : time(at);
      const what = count > 1 ? words.count('requests', count) : request(exchange);
      return join(when, what, token(entry));
    },
    joint: (link, entry, isRenewal) => join(isRenewal ? replaced(link) : came(link), token(entry)),
    refusal({ first: { exchange, at }, count }, entry, lineages, withReason) {
      const place = lineages.places.get(entry.id);
      const until = place?.lineage.links[place.index]?.until;
      const late = refreshedLate(lineages, entry.id, at);
      return join(
        text('row_refused', String(count)),
        time(at),
        request(exchange),
        (withReason && why(exchange)) ||
          (until !== undefined && at >= until ? text('timeline_refused_expired', long(at - until)) : undefined),
        late ? text('timeline_refused_late', long(late.gap)) : undefined,
        supersededAt(lineages, entry.id, at) ? text('timeline_refused_superseded') : undefined,
        token(entry),
      );
    },
  };
};
