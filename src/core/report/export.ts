import type { ExchangeRecord, SightingRecord, TokenRecord } from '../capture/records.ts';
import { decode } from '../token/decode.ts';
// A pasted JSON serialisation is exported too, which `decode` knows with this.
import '../token/json-serialization.ts';
import { readJsonTree } from '../token/json-tree.ts';
import { credentialsOf } from './credentials.ts';
import { leakScanner } from './proof.ts';
import { MASK, type Redactor, redactor } from './redact.ts';

/*
 * The file, version 1. Times are ms since the epoch unless they are ISO 8601.
 * {
 *   "claimcheck": 1, "kind": "log", "exportedAt": ISO, "version": "0.1.0", "browser": "chromium", "redacted": true,
 *   "tokens": [{
 *     "id": "token-1", "form": "jws", "firstSeen": ms, "segments": [lengths of the segments in characters],
 *     "signature": "removed" | "none" | "included",
 *     "problems": [{ "code", "segment", "offset" }],
 *     "compact": as captured, in a file with live credentials only,
 *     "header": {…}, "payload": {…}       as written, numbers and repeated members too; a string where it is no JSON;
 *                                         in a redacted file only of what has a JSON object for its header
 *   }],
 *   "exchanges": [ExchangeRecord with "id": "exchange-1"; "dpopNonce" and "location" where they were captured],
 *   "sightings": [SightingRecord with "token": "token-1", "exchange": "exchange-1"; no "exchange" where none carried it]
 * }
 * In a redacted file every captured token reads `token-N`, anything else that was taken out `***`. The ids of the
 * records are SHA-256 sums and tab numbers, which are of no use outside: they do not go out.
 */
export const EXPORT_VERSION = 1;

/** An address, as stores have it in the names that they keep tokens under: Cognito's names are by user. */
const EMAIL = /[^\s/:|@]{1,64}(?:@|%40)[\w-]+(?:\.[\w-]+)+/gi;

export interface Log {
  readonly tokens: readonly TokenRecord[];
  readonly sightings: readonly SightingRecord[];
  readonly exchanges: readonly ExchangeRecord[];
}

export interface ExportOptions {
  /** With the credentials, as captured. */
  readonly live: boolean;
  /** ms since the epoch */
  readonly at: number;
  /** The extension's. */
  readonly version: string;
  readonly browser: string;
  /** Names of claims whose values are not to go out; ignored when `live`. */
  readonly maskClaims?: readonly string[];
}

export interface ExportCounts {
  readonly tokens: number;
  readonly exchanges: number;
  readonly sightings: number;
  /** Tokens and secrets that were replaced in URLs, headers and claims, and signatures taken off. */
  readonly replaced: number;
}

export type Exported =
  | { readonly text: string; readonly counts: ExportCounts }
  /** The proof found this many captured strings in the finished text: there is no file. */
  | { readonly error: 'leak'; readonly found: number };

/**
 * The captured log as JSON text. Redacted unless `live`: no signature, no encrypted part, no compact token and no part
 * of one, wherever it stood, and no authorization code; header and claims stay readable. The finished text is searched
 * for every captured token and code before it is given out. Pure, never throws; linear in the size of the log.
 */
export function exportLog(log: Log, options: ExportOptions): Exported {
  const names = new Map<string, string>();
  const ids = new Map<string, string>();
  log.tokens.forEach(({ compact, id }, index) => {
    names.set(compact, names.get(compact) ?? `token-${index + 1}`);
    ids.set(id, names.get(compact) ?? id);
  });
  const exchangeIds = new Map(log.exchanges.map(({ id }, index) => [id, `exchange-${index + 1}`]));
  const secrets = new Set([...names.keys(), ...log.exchanges.flatMap(credentialsOf)]);
  const scan = leakScanner(options.live ? [] : [...secrets]);
  const redact = options.live ? undefined : redactor(names, scan);

  const row = (value: object): string => JSON.stringify(redact ? redactStrings(value, redact.text) : value);
  let signatures = 0;
  const tokens = log.tokens.map((record, index) => {
    const token = describe(record, `token-${index + 1}`, options, redact);
    if (token.about.signature === 'removed') signatures++;
    // Header and payload are spliced in as text, so that what JSON.parse would lose survives.
    const parts = token.parts.map(([name, json]) => `,"${name}":${json}`).join('');
    return `${row(token.about).slice(0, -1)}${parts}}`;
  });
  const exchanges = log.exchanges.map(({ v: _v, type: _type, tab: _tab, id, wwwAuthenticate: said, ...rest }) => {
    const wwwAuthenticate = redact ? said?.map(redact.challenge) : said;
    return row({ id: exchangeIds.get(id), ...rest, ...(wwwAuthenticate && { wwwAuthenticate }) });
  });
  const sightings = log.sightings.map(({ v: _v, type: _type, tab: _tab, id: _id, token, exchange, place, ...rest }) => {
    const shown = redact ? { ...place, name: place.name.replace(EMAIL, MASK) } : place;
    return row({ token: ids.get(token), exchange: exchangeIds.get(exchange), place: shown, ...rest });
  });

  const head = row({
    claimcheck: EXPORT_VERSION,
    kind: 'log',
    exportedAt: iso(options.at),
    version: options.version,
    browser: options.browser,
    redacted: !options.live,
  });
  const lists = Object.entries({ tokens, exchanges, sightings }).map(
    ([name, rows]) => `,\n"${name}": [${rows.map((one) => `\n${one}`).join(',')}]`,
  );
  const text = `${head.slice(0, -1)}${lists.join('')}\n}\n`;

  const found = scan(text).length;
  if (found > 0) return { error: 'leak', found };
  const replaced = signatures + (redact?.replaced() ?? 0);
  return {
    text,
    counts: { tokens: tokens.length, exchanges: exchanges.length, sightings: sightings.length, replaced },
  };
}

/** One token: what is ours to say of it, and its header and payload as JSON text. */
function describe(
  { compact, firstSeen }: TokenRecord,
  id: string,
  options: ExportOptions,
  redact: Redactor | undefined,
) {
  const { form, segments, problems, headerText, payloadText } = decode(compact);
  const signed = (form === 'jws' || form === 'malformed') && (segments[2] ?? '') !== '';
  const masked = options.maskClaims ?? [];
  const parts: (readonly [string, string])[] = [];
  // Without a header it is no token but what somebody pasted: any secret with a dot in it.
  if (!redact || isObject(headerText)) {
    if (headerText !== undefined) parts.push(['header', asJson(headerText, [], redact)]);
    if (payloadText !== undefined && form !== 'jwe') parts.push(['payload', asJson(payloadText, masked, redact)]);
  }
  const about = {
    id,
    form,
    firstSeen,
    segments: segments.map(({ length }) => length),
    signature: !signed ? 'none' : redact ? 'removed' : 'included',
    problems: problems.map(({ code, segment, offset }) => ({ code, segment, offset })),
    ...(options.live && { compact }),
  };
  return { about, parts };
}

const isObject = (text = ''): boolean => {
  const { root, problems } = readJsonTree(text);
  return root?.kind === 'object' && problems.every(({ code }) => code === 'duplicate_member');
};

/** The text of a segment as it stands where it is a JSON object, else as a JSON string, of which no claim can be masked. */
function asJson(text: string, masked: readonly string[], redact: Redactor | undefined): string {
  if (isObject(text)) return redact ? redact.json(text, masked) : text;
  if (!redact) return JSON.stringify(text);
  return JSON.stringify(masked.length > 0 ? MASK : redact.text(text));
}

/** Plain data with every string in it passed through `redact`. Records nest a few levels at most. */
function redactStrings(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((one) => redactStrings(one, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, redactStrings(one, redact)]));
}

/** ECMAScript's dates end 8.64e15 ms from the epoch. */
const iso = (ms: number): string | null => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null);
