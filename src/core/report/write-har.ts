import type { ExchangeRecord, SightingRecord } from '../capture/records.ts';
import { bodyOf } from './har-body.ts';
import { cookiesOf, requestHeaders, responseHeaders, type Stood } from './har-headers.ts';
import { isoTime, type Outgoing, rowOf } from './outgoing.ts';
import { sightingsBy } from './places.ts';
import { sightingOut, tokenOut } from './write-json.ts';

/*
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/). Of a message only what is in the log can be in it: tokens
 * and where they stood, and the few headers that were kept. Headers, cookies and bodies are put together of that; what
 * HAR asks for and nobody saw is `unknown`, 0 or -1. `_claimcheck` has what HAR has no place for: in the log the tokens
 * as in the JSON file and those that no exchange carried, in an entry what else is known of the exchange.
 */

/** webRequest's resource types, as Chromium's HAR names them in `_resourceType`. */
const RESOURCES: Readonly<Record<string, string>> = {
  main_frame: 'document',
  sub_frame: 'document',
  xmlhttprequest: 'xhr',
  beacon: 'ping',
};

const UNKNOWN = 'unknown';
const SIZES = { headersSize: -1, bodySize: -1 };

const queryOf = (url: string): readonly { readonly name: string; readonly value: string }[] =>
  [...(URL.parse(url)?.searchParams ?? [])].map(([name, value]) => ({ name, value }));

const ofKind = (stood: readonly Stood[], kind: 'request_body' | 'response_body'): readonly Stood[] =>
  stood.filter(({ place }) => place.kind === kind);

const requestOf = (exchange: ExchangeRecord, url: string, stood: readonly Stood[]): object => {
  const { method, grant } = exchange;
  const body = bodyOf(ofKind(stood, 'request_body'), grant);
  return {
    method,
    url,
    httpVersion: UNKNOWN,
    cookies: cookiesOf(stood, 'cookie'),
    headers: requestHeaders(exchange, stood),
    queryString: queryOf(url),
    ...(body && { postData: { ...body, params: [] } }),
    ...SIZES,
  };
};

const responseOf = (
  exchange: ExchangeRecord,
  challenges: readonly string[],
  stood: readonly Stood[],
  redact: (text: string) => string,
): object => {
  const { status = 0, location = '' } = exchange;
  const body = bodyOf(ofKind(stood, 'response_body'));
  const text = redact(body?.text ?? '');
  return {
    status,
    statusText: '',
    httpVersion: UNKNOWN,
    cookies: cookiesOf(stood, 'set_cookie'),
    headers: responseHeaders(exchange, challenges, stood),
    content: {
      size: new TextEncoder().encode(text).length,
      mimeType: body?.mimeType ?? 'x-unknown',
      ...(body && { text }),
    },
    redirectURL: location,
    ...SIZES,
  };
};

const entryOf = (
  outgoing: Outgoing,
  exchange: ExchangeRecord,
  sightings: readonly SightingRecord[],
  textOf: (token: string) => string,
): object => {
  const { names, redact } = outgoing;
  const { start, end = start, wwwAuthenticate = [], resource, frame, witness } = exchange;
  const { startUnknown, error, initiator, grant, opaque } = exchange;
  const stood = sightings.map(({ token, place }) => ({ place, text: textOf(token) }));
  const time = end > start ? end - start : 0;
  const text = redact?.text ?? ((given: string) => given);
  const url = text(exchange.url);
  const challenges = redact ? wwwAuthenticate.map(redact.challenge) : wwwAuthenticate;
  return {
    startedDateTime: isoTime(start) ?? new Date(0).toISOString(),
    time,
    request: requestOf(exchange, url, stood),
    response: responseOf(exchange, challenges, stood, text),
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    _resourceType: RESOURCES[resource] ?? resource,
    _claimcheck: {
      ...{ id: names.exchanges.get(exchange.id), resource, frame, witness },
      ...{ startUnknown, error, initiator, grant, opaque },
      tokens: sightings.map((sighting) => ({ ...sightingOut(outgoing, sighting), exchange: undefined })),
    },
  };
};

/** The log as HAR: its exchanges in the order of their beginning, as HAR wants them. */
export const writeHar = (outgoing: Outgoing): string => {
  const { tokens, sightings, exchanges, names, options, redact } = outgoing;
  // What is left of a token out of a redacted file never stood anywhere: its name did.
  const known = new Map(tokens.flatMap(({ id, compact, removed }) => (redact || removed ? [] : [[id, compact]])));
  const textOf = (token: string): string => known.get(token) ?? names.tokens.get(token) ?? '';
  const carried = sightingsBy(sightings, 'exchange');
  const elsewhere = sightings.filter(({ exchange }) => !names.exchanges.has(exchange));
  const entries = exchanges
    .toSorted((a, b) => a.start - b.start)
    .map((exchange) => rowOf(outgoing, entryOf(outgoing, exchange, carried.get(exchange.id) ?? [], textOf)));
  const head = rowOf(outgoing, {
    version: '1.2',
    creator: { name: 'Claimcheck', version: options.version },
    pages: [],
  });
  const about = rowOf(outgoing, {
    exportedAt: isoTime(options.at) ?? null,
    browser: options.browser,
    redacted: redact !== undefined,
    ...(options.only && { part: true }),
    elsewhere: elsewhere.map((sighting) => sightingOut(outgoing, sighting)),
  });
  const rows = tokens.map((record) => tokenOut(outgoing, record));
  return [
    `{"log":${head.slice(0, -1)},\n"_claimcheck":${about.slice(0, -1)},\n"tokens":[${rows.map((one) => `\n${one}`)}]},\n`,
    `"entries":[${entries.map((one) => `\n${one}`)}]\n}}\n`,
  ].join('');
};
