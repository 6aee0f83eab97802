import type { SightingRecord } from '../capture/records.ts';

/** More places than a person reads; the JSON file has them all. */
const MAX_PLACES = 20;

export const sightingsByToken = (
  sightings: readonly SightingRecord[],
): ReadonlyMap<string, readonly SightingRecord[]> => {
  const all = new Map<string, SightingRecord[]>();
  for (const sighting of sightings) {
    const same = all.get(sighting.token);
    if (same) same.push(sighting);
    else all.set(sighting.token, [sighting]);
  }
  return all;
};

/** Where a token stood, each place once: `request_header authorization`, `response_body access_token`. */
export const placesOf = (sightings: readonly SightingRecord[], redact: (text: string) => string): readonly string[] => {
  const texts = sightings.map(({ place: { kind, name, path = '' } }) => [kind, name, path].filter(Boolean).join(' '));
  return [...new Set(texts)].slice(0, MAX_PLACES).map(redact);
};
