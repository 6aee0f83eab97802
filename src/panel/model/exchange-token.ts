/** The token that an exchange is told by: the one that its answer is about, else the first that it carried. */
import type { ExchangeRecord } from '../../core/capture/records.ts';
import type { PanelSource } from '../source.ts';
import type { Entry } from './entry.ts';
import { subjectOf } from './labels.ts';
import type { Log } from './log.ts';
import { carriedTo } from './sent.ts';

export interface ToldBy {
  readonly entry?: Entry;
  /** How many others the request carried. */
  readonly more: number;
  /** It carried a credential that is no JWT. */
  readonly isOpaque: boolean;
}

export const toldBy = (exchange: ExchangeRecord, log: Log): ToldBy => {
  const carried = carriedTo(exchange, log);
  const judged = log.judgedIn(exchange);
  const { entry } = carried.find((one) => judged.has(one.entry.id)) ?? carried[0] ?? {};
  const isOpaque = (exchange.opaque?.length ?? 0) > 0;
  return { ...(entry && { entry }), more: Math.max(0, carried.length - 1), isOpaque };
};

/** `Access token · alice`, `opaque` or `none`. */
export const tokenLabel = (source: PanelSource, { entry, isOpaque }: ToldBy): string => {
  if (!entry) return source.text(isOpaque ? 'exchanges_token_opaque' : 'exchanges_token_none');
  const subject = subjectOf(entry);
  return [source.text(`kind_${entry.kind}`), ...(subject ? [subject] : [])].join(' · ');
};
