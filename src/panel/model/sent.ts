/** The tokens of an exchange as the judging core takes them. */
import { type ExchangeRecord, isFromServer, type Place } from '../../core/capture/records.ts';
import type { SentToken } from '../../core/judge/diagnosis.ts';
import type { Check } from '../../core/trust/check.ts';
import type { Entry } from './entry.ts';
import type { Log } from './log.ts';
import { judgedToken } from './policies.ts';

/** A token of an exchange's request, and where it stood. */
export interface Carried {
  readonly entry: Entry;
  readonly place: Place;
}

const isAuthorization = ({ kind, name }: Place): boolean => kind === 'request_header' && name === 'authorization';

/** What the request carried, each token once: where it stood in `Authorization` there, and that one first. */
export const carriedTo = (exchange: ExchangeRecord, log: Log): readonly Carried[] => {
  const found = new Map<string, Carried>();
  for (const { entry, sighting } of log.carriedIn(exchange.id)) {
    const { place } = sighting;
    if (isFromServer(place) || (found.has(entry.id) && !isAuthorization(place))) continue;
    found.set(entry.id, { entry, place });
  }
  const all = [...found.values()];
  return all.length < 2 ? all : all.sort((a, b) => Number(isAuthorization(b.place)) - Number(isAuthorization(a.place)));
};

/** With what is known of it at this moment. */
export const sentToken = ({ entry, place }: Carried, checks?: readonly Check[]): SentToken => {
  const { id, kind } = entry;
  return { ...{ id, place, kind }, ...judgedToken(entry), ...(checks && { checks }) };
};
