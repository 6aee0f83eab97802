import type { ExchangeRecord, SightingRecord } from '../capture/records.ts';
import { describeToken } from './describe-token.ts';
import { EXPORT_VERSION } from './export-version.ts';
import { isoTime, type Outgoing, rowOf } from './outgoing.ts';

/*
 * The file, version 1. Times are ms since the epoch unless they are ISO 8601.
 * {
 *   "claimcheck": 1, "kind": "log", "exportedAt": ISO or null, "version": "0.1.0", "browser": "chromium",
 *   "redacted": true, "part": true where not all of the log went out (else absent),
 *   "tokens": [{
 *     "id": "token-1", "form": "jws", "firstSeen": ms, "segments": [lengths of the segments in characters],
 *     "signature": "removed" | "none" | "included",
 *     "problems": [{ "code", "segment", "offset" }],
 *     "disclosures": how many an SD-JWT has, absent for others; they are in `compact` alone,
 *     "compact": as captured, in a file with live credentials; absent there of a token that came out of a redacted file,
 *     "header": {…}, "payload": {…}       as written, numbers and repeated members too; a string where it is no JSON;
 *                                         in a redacted file only of what has a JSON object for its header
 *   }],
 *   "exchanges": [ExchangeRecord with "id": "exchange-1"],
 *   "sightings": [SightingRecord with "token": "token-1", "exchange": "exchange-1"; no "exchange" where none carried it]
 * }
 * In a redacted file every captured token reads `token-N`, anything else that was taken out `***`. Names are those of the
 * whole log: in a part of it there are gaps, and `token-N` may stand for one that is not in the file.
 *
 * Of the records everything goes out but what is of no use outside: `v`, `type`, `tab`, and the ids, which are SHA-256
 * sums (of a token: of `compact`), request numbers, and `told`, the number that DevTools gave. Who reads the file makes
 * new ones. A token with "signature": "removed" can be put together of its header and payload, as far as they are there
 * and no `***`; `segments` and `problems` are those of the whole token (`Removed` in records.ts).
 */

/** The exchange as it goes out, its challenges without credentials; other strings are the caller's to redact. */
const exchangeOut = ({ names, redact }: Outgoing, record: ExchangeRecord): object => {
  const { v: _v, type: _type, tab: _tab, told: _told, id, wwwAuthenticate: said, ...rest } = record;
  const wwwAuthenticate = redact ? said?.map(redact.challenge) : said;
  return { id: names.exchanges.get(id), ...rest, ...(wwwAuthenticate && { wwwAuthenticate }) };
};

/** The sighting as it goes out; its strings are the caller's to redact. */
export const sightingOut = ({ names }: Outgoing, record: SightingRecord): object => {
  const { v: _v, type: _type, tab: _tab, id: _id, token, exchange, ...rest } = record;
  return { token: names.tokens.get(token), exchange: names.exchanges.get(exchange), ...rest };
};

/** One token, as the text of a JSON object: header and payload are spliced in as they are written. */
export const tokenOut = (outgoing: Outgoing, record: Outgoing['tokens'][number]): string => {
  const { about, header, payload } = describeToken(record, outgoing);
  const parts = Object.entries({ header, payload }).filter(([, json]) => json !== undefined);
  return `${rowOf(outgoing, about).slice(0, -1)}${parts.map(([name, json]) => `,"${name}":${json}`).join('')}}`;
};

/** The log as the JSON file above, which import reads. */
export const writeJson = (outgoing: Outgoing): string => {
  const { options, tokens, exchanges, sightings } = outgoing;
  const head = rowOf(outgoing, {
    claimcheck: EXPORT_VERSION,
    kind: 'log',
    exportedAt: isoTime(options.at) ?? null,
    version: options.version,
    browser: options.browser,
    redacted: !options.live,
    ...(options.only && { part: true }),
  });
  const lists = {
    tokens: tokens.map((record) => tokenOut(outgoing, record)),
    exchanges: exchanges.map((record) => rowOf(outgoing, exchangeOut(outgoing, record))),
    sightings: sightings.map((record) => rowOf(outgoing, sightingOut(outgoing, record))),
  };
  const texts = Object.entries(lists).map(
    ([name, rows]) => `,\n"${name}": [${rows.map((one) => `\n${one}`).join(',')}]`,
  );
  return `${head.slice(0, -1)}${texts.join('')}\n}\n`;
};
