import type { SightingRecord } from '../capture/records.ts';
import { groupBy } from './group-by.ts';

/** More places than a person reads; the JSON file has them all. */
const MAX_PLACES = 20;

/** The sightings of each token, or of each exchange, by its id. */
export const sightingsBy = (
  sightings: readonly SightingRecord[],
  member: 'token' | 'exchange',
): ReadonlyMap<string, readonly SightingRecord[]> => groupBy(sightings, (sighting) => sighting[member]);

/** Where a token stood, each place once: `request_header authorization`, `response_body access_token`. */
export const placesOf = (sightings: readonly SightingRecord[], redact: (text: string) => string): readonly string[] => {
  const texts = sightings.map(({ place: { kind, name, path = '' } }) => [kind, name, path].filter(Boolean).join(' '));
  return [...new Set(texts)].slice(0, MAX_PLACES).map(redact);
};
