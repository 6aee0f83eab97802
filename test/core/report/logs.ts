/** Logs to export: builders of their records, and hostile ones with tokens planted in them. */
import fc from 'fast-check';
import type { ExchangeRecord, Place, SightingRecord, TokenRecord } from '../../../src/core/capture/records.ts';
import { exportLog } from '../../../src/core/report/export.ts';
import type { ExportOptions, Log, TokenVerdict, Verdicts } from '../../../src/core/report/exported.ts';
import { compacts, encodings, signatures } from './arbitrary.ts';

export const redacted: ExportOptions = {
  live: false,
  at: Date.UTC(2026, 10, 21),
  version: '0.1.0',
  browser: 'chromium',
};
export const live: ExportOptions = { ...redacted, live: true };

const base64url = (text: string) => Buffer.from(text).toString('base64url');
export const jws = (payload: string, header = '{"alg":"HS256","kid":"a1"}') =>
  `${base64url(header)}.${base64url(payload)}.${signatures(payload.length)}`;

export const token = (compact: string, id = compact): TokenRecord => ({
  v: 1,
  type: 'token',
  id: `sum-${id}`,
  tab: 7,
  compact,
  firstSeen: 1,
});
export const exchange = (url: string, change: Partial<ExchangeRecord> = {}): ExchangeRecord => ({
  v: 1,
  type: 'exchange',
  id: 'request-77',
  tab: 7,
  frame: 0,
  method: 'GET',
  url,
  resource: 'fetch',
  start: 1,
  witness: 'background',
  ...change,
});
export const sighting = (compact: string, place: Place, change: Partial<SightingRecord> = {}): SightingRecord => ({
  v: 1,
  type: 'sighting',
  id: 'seen-1',
  tab: 7,
  token: `sum-${compact}`,
  exchange: 'request-77',
  place,
  at: 2,
  ...change,
});
export const log = (change: Partial<Log>): Log => ({ tokens: [], exchanges: [], sightings: [], ...change });

/** The file's text; throws where the proof refused it. */
export const textOf = (what: Log, options: ExportOptions): string => {
  const exported = exportLog(what, options);
  if ('error' in exported) throw new Error(`leak of ${exported.found}`);
  return exported.text;
};

/** What a panel would say of a log, every sentence of it quoting `quoted`. */
export const verdictsOf = ({ tokens, exchanges }: Log, quoted: string): Verdicts => {
  const cell = { code: 'code', words: `words ${quoted}` };
  const told = ({ id }: TokenRecord): TokenVerdict => ({
    ...{ id, kind: { code: 'token', words: 'Token' }, alg: quoted, sentence: `Refused: ${quoted}` },
    ...{ signature: cell, time: cell, policy: cell, trust: cell, requests: 1, refused: 1, hosts: [quoted] },
  });
  return {
    tokens: tokens.map(told),
    refusals: exchanges.map(({ id }) => ({
      id,
      ...(tokens[0] && { token: tokens[0].id }),
      reason: 'expired',
      sentence: `${quoted} has expired`,
      evidence: [quoted],
    })),
    words: {},
  };
};

export interface Planted {
  readonly log: Log;
  /** Text in which a token stands, in some encoding. */
  readonly stuff: string;
}

const KINDS: readonly Place['kind'][] = [
  ...(['request_header', 'cookie', 'websocket_protocol', 'url_query', 'set_cookie', 'response_header'] as const),
  ...(['request_body', 'response_body', 'local_storage'] as const),
];
const FORMATS = ['json', 'form', 'multipart', 'html', 'javascript', 'text'] as const;

/** A few tokens, and one of them once more, encoded, in some corner of the log. */
export const planted: fc.Arbitrary<Planted> = fc
  .record({
    list: fc.array(compacts, { minLength: 1, maxLength: 4 }),
    which: fc.nat(3),
    encode: fc.constantFrom(...encodings),
    where: fc.constantFrom('url', 'challenge', 'name', 'path', 'claim', 'error', 'location', 'nonce', 'attribute'),
    kind: fc.constantFrom(...KINDS),
    format: fc.constantFrom(...FORMATS),
    around: fc.string({ maxLength: 10 }),
  })
  .map(({ list, which, encode, where, kind, format, around }) => {
    const stuff = `${around}${encode(list[which % list.length] ?? '')} ${around}`;
    const carrier = where === 'claim' ? [jws(JSON.stringify({ x: [stuff], sub: stuff, iss: stuff }))] : [];
    const all = [...new Set([...list, ...carrier])];
    const place: Place = {
      ...{ kind, format, name: where === 'name' ? stuff : 'n', path: where === 'path' ? stuff : 'a.b[0]' },
      attributes: { path: where === 'attribute' ? stuff : '/' },
    };
    return {
      stuff,
      log: log({
        tokens: all.map((one) => token(one)),
        exchanges: [
          exchange(`https://a.io/?x=${where === 'url' ? stuff : ''}`, {
            wwwAuthenticate: where === 'challenge' ? [stuff] : [],
            error: where === 'error' ? stuff : '',
            location: where === 'location' ? `/cb#code=${stuff}&state=${stuff}` : '',
            dpopNonce: where === 'nonce' ? stuff : '',
          }),
        ],
        sightings: all.map((one) => sighting(one, place)),
      }),
    };
  });
