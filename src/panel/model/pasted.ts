/** The records of a token that did not come from traffic: they live in the panel alone, beside the captured ones. */
import { NO_TAB, type Place, RECORD_VERSION } from '../../core/capture/records.ts';
import type { Change } from '../source.ts';

/** Begins the keys of all records that the panel made by itself, beside those that were captured. */
export const OWN = 'own/';

const PREFIX = `${OWN}paste/`;

/** The token's record and its one sighting; `at` in ms since the epoch. */
export const pastedRecords = (id: string, compact: string, place: Place, at: number): readonly Change[] => {
  const base = { v: RECORD_VERSION, id, tab: NO_TAB } as const;
  return [
    { key: `${PREFIX}token/${id}`, record: { ...base, type: 'token', compact, firstSeen: at } },
    { key: `${PREFIX}sighting/${id}`, record: { ...base, type: 'sighting', token: id, exchange: '', place, at } },
  ];
};
