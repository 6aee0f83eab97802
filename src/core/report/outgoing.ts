import type { ExchangeRecord, SightingRecord, TokenRecord } from '../capture/records.ts';
import type { ExportOptions, Log } from './exported.ts';
import type { LogNames } from './log-names.ts';
import type { Redactor } from './redact.ts';

/** What goes out, and how: what every writer of a file is given. */
export interface Outgoing {
  readonly tokens: readonly TokenRecord[];
  readonly exchanges: readonly ExchangeRecord[];
  readonly sightings: readonly SightingRecord[];
  readonly names: LogNames;
  readonly options: ExportOptions;
  /** Absent: with live credentials. */
  readonly redact?: Redactor;
  /** Of the claims that are masked, in the whole log. */
  readonly values: ReadonlySet<string>;
  /** Told of each signature that was left out. */
  readonly unsigned: () => void;
}

/** The part of a log that goes out: all, or some tokens with the exchanges that carried them. Linear. */
export const partOf = (log: Log, only: readonly string[] | undefined): Log => {
  if (!only) return log;
  const chosen = new Set(only);
  const sightings = log.sightings.filter(({ token }) => chosen.has(token));
  const carrying = new Set(sightings.map(({ exchange }) => exchange));
  return {
    tokens: log.tokens.filter(({ id }) => chosen.has(id)),
    sightings,
    exchanges: log.exchanges.filter(({ id }) => carrying.has(id)),
  };
};

/** What only the place tells: a key before a token in `Authorization`, whose token it is in the name that a store keeps it under. */
const withoutKey = (sighting: SightingRecord, { scheme, owner }: Redactor): SightingRecord => {
  const { place } = sighting;
  const { name, path } = place;
  const told = {
    ...{ ...place, name: owner(name) },
    ...(path !== undefined && { path: owner(path) }),
    ...(place.scheme !== undefined && { scheme: scheme(place.scheme) }),
  };
  return { ...sighting, place: told };
};

/** `authorization Bearer`; a file that was imported may have anything for the scheme. */
const withoutUnknownScheme = (opaque: string, { scheme }: Redactor): string =>
  opaque.replace(/(?<= ).+$/s, (one) => scheme(one));

/** The log without what only the place tells where it stands: keys in `Authorization` and in paths, users in names. */
export const withoutKeys = ({ tokens, sightings, exchanges }: Log, redact: Redactor): Log => ({
  tokens,
  sightings: sightings.map((sighting) => withoutKey(sighting, redact)),
  exchanges: exchanges.map((exchange) => ({
    ...exchange,
    url: redact.address(exchange.url),
    ...(exchange.location !== undefined && { location: redact.address(exchange.location) }),
    ...(exchange.opaque && { opaque: exchange.opaque.map((one) => withoutUnknownScheme(one, redact)) }),
  })),
});

/** ISO 8601 of ms since the epoch; undefined beyond ECMAScript's dates, which end 8.64e15 ms from it. */
export const isoTime = (ms: number): string | undefined =>
  Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined;

/** Plain data with every string in it passed through `redact`; names of members are ours. Records nest a few levels at most. */
const redactStrings = (value: unknown, redact: (text: string) => string): unknown => {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((one) => redactStrings(one, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, redactStrings(one, redact)]));
};

/** JSON text of plain data, redacted where that is asked for. */
export const rowOf = ({ redact }: Outgoing, value: object): string =>
  JSON.stringify(redact ? redactStrings(value, redact.text) : value);
