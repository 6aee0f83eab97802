/** The token that an exchange is told by: the one that its answer is about, else the first that it carried or brought. */
import { type ExchangeRecord, isFromServer } from '../../core/capture/records.ts';
import type { PanelSource } from '../source.ts';
import type { Entry } from './entry.ts';
import { subjectOf } from './labels.ts';
import type { Log } from './log.ts';
import { carriedTo } from './sent.ts';

export interface ToldBy {
  readonly entry?: Entry;
  /** How many others the request carried, or the answer brought. */
  readonly more: number;
  /** It carried a credential that is no JWT. */
  readonly isOpaque: boolean;
  /** The request carried none, and the answer brought this one. */
  readonly isBrought?: true;
}

/** What the answer brought, each token once. */
const brought = (exchange: ExchangeRecord, log: Log): readonly Entry[] => [
  ...new Set(log.carriedIn(exchange.id).flatMap(({ entry, sighting }) => (isFromServer(sighting.place) ? entry : []))),
];

export const toldBy = (exchange: ExchangeRecord, log: Log): ToldBy => {
  const carried = carriedTo(exchange, log);
  const judged = log.judgedIn(exchange);
  const { entry } = carried.find((one) => judged.has(one.entry.id)) ?? carried[0] ?? {};
  const isOpaque = (exchange.opaque?.length ?? 0) > 0;
  if (entry || isOpaque) return { ...(entry && { entry }), more: Math.max(0, carried.length - 1), isOpaque };
  const all = brought(exchange, log);
  const told = all.find(({ kind }) => kind === 'access_token') ?? all[0];
  return { ...(told && { entry: told, isBrought: true }), more: Math.max(0, all.length - 1), isOpaque };
};

/** `Access token · alice`, `answer: ID token · alice`, `opaque` or `none`. */
export const tokenLabel = (source: PanelSource, { entry, isOpaque, isBrought }: ToldBy): string => {
  if (!entry) return source.text(isOpaque ? 'exchanges_token_opaque' : 'exchanges_token_none');
  const subject = subjectOf(entry);
  const label = [source.text(`kind_${entry.kind}`), ...(subject ? [subject] : [])].join(' · ');
  return isBrought ? source.text('exchanges_token_brought', label) : label;
};
