/** One entry of a HAR 1.2, as Chromium, Firefox, Safari, Charles, Fiddler and others write it. */
import { isText } from '../../capture/body-type.ts';
import { type Header, headerValue } from '../../capture/headers.ts';
import { textOf } from '../../capture/text-of.ts';
import { listMember, member, numberMember, textMember } from './member.ts';
import { momentOf } from './moment.ts';
import { type PackedBody, packedIn } from './packed-body.ts';

/** Characters of an address; browsers have longer ones only of data, and what is in them was found before the cut. */
export const MAX_URL = 65_536;
/** Characters of a method, a type, an error. */
const MAX_WORD = 200;

export interface HarBody {
  /** Decoded, unless it is no text by its type. */
  readonly text: string;
  readonly mimeType: string;
  /** It was base64 in the file. */
  readonly base64?: true;
  /** Its text is in these, and still to be unpacked. */
  readonly packed?: PackedBody;
  /** No more than its beginning could be unpacked. */
  readonly cut?: true;
}

export interface HarEntry {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly Header[];
  readonly sent?: HarBody;
  /** Undefined where there was no response. */
  readonly status?: number;
  readonly responseHeaders: readonly Header[];
  readonly got?: HarBody;
  /** Octets of the response's body, as far as is told. */
  readonly size: number;
  readonly mimeType: string;
  /** ms since the epoch; undefined where the entry does not say, or without a zone. */
  readonly start?: number;
  /** ms from then to the response's end. */
  readonly time: number;
  readonly resource: string;
  /** The markup or script that asked, as Chromium names it. */
  readonly initiatorUrl: string;
  readonly error?: string;
  /** It never left the browser: out of the memory cache, or no address of the network. */
  readonly stayed: boolean;
  /** A page's own service worker answered, and may have made it up. */
  readonly fromServiceWorker: boolean;
  /** Chromium's, which others have taken up: what went over a WebSocket, as text. */
  readonly messages: readonly { readonly isSent: boolean; readonly data: string }[];
}

/** By hand, for speed: a HAR has a million of them. HTTP/2's pseudo-headers repeat method and URL. */
const headersOf = (message: unknown): readonly Header[] => {
  const headers: Header[] = [];
  for (const header of listMember(message, 'headers')) {
    if (typeof header !== 'object' || header === null || !('name' in header)) continue;
    const { name } = header;
    if (typeof name !== 'string' || name === '' || name.startsWith(':')) continue;
    const value = 'value' in header ? header.value : '';
    headers.push({ name, value: typeof value === 'string' ? value : '' });
  }
  return headers;
};

const valueIn = (headers: readonly Header[], name: string): string => headerValue(headers, name) ?? '';

const pairsOf = (message: unknown): readonly (readonly [unknown, string])[] =>
  listMember(message, 'cookies').flatMap((cookie) => {
    const name = textMember(cookie, 'name');
    return name === '' ? [] : [[cookie, `${name}=${textMember(cookie, 'value')}`] as const];
  });

/** With the cookies that some leave out of the headers. */
const withCookies = (request: unknown): readonly Header[] => {
  const headers = headersOf(request);
  const pairs = headerValue(headers, 'cookie') !== undefined ? [] : pairsOf(request);
  return pairs.length === 0
    ? headers
    : [...headers, { name: 'cookie', value: pairs.map(([, pair]) => pair).join('; ') }];
};

/** A cookie of a response as its header has it (RFC 6265 section 4.1). */
const setCookieOf = ([cookie, pair]: readonly [unknown, string]): Header => {
  const attributes = ['path', 'domain', 'sameSite'].map((name) => [name, textMember(cookie, name)]);
  const expires = momentOf(textMember(cookie, 'expires'));
  const parts = [
    pair,
    ...attributes.flatMap(([name, value]) => (value ? [`${name}=${value}`] : [])),
    ...(expires === undefined ? [] : [`expires=${new Date(expires).toUTCString()}`]),
    ...['httpOnly', 'secure'].filter((name) => member(cookie, name) === true),
  ];
  return { name: 'set-cookie', value: parts.join('; ') };
};

const withSetCookies = (response: unknown): readonly Header[] => {
  const headers = headersOf(response);
  return headerValue(headers, 'set-cookie') !== undefined
    ? headers
    : [...headers, ...pairsOf(response).map(setCookieOf)];
};

const bodyIn = (holder: unknown, mimeType: string, headers: readonly Header[], url?: string): HarBody | undefined => {
  const text = textMember(holder, 'text');
  if (text === '') return;
  if (textMember(holder, 'encoding').toLowerCase() !== 'base64') return { text, mimeType };
  if (!isText(mimeType, url)) return { text, mimeType, base64: true };
  const packed = packedIn(text, valueIn(headers, 'content-encoding'));
  return { text: packed ? '' : textOf(text, true), mimeType, base64: true, ...(packed && { packed }) };
};

/** Text, or else the fields, as Charles has them. */
const sentOf = (request: unknown, headers: readonly Header[]): HarBody | undefined => {
  const data = member(request, 'postData');
  const body = bodyIn(data, textMember(data, 'mimeType') || valueIn(headers, 'content-type'), headers);
  if (body) return body;
  const params = listMember(data, 'params').map((field) => [textMember(field, 'name'), textMember(field, 'value')]);
  if (params.length === 0) return;
  return { text: `${new URLSearchParams(params)}`, mimeType: 'application/x-www-form-urlencoded' };
};

/** The origin of the document that asked: as it says itself, or else by what Chromium names. */
export const initiatorOf = ({ requestHeaders, initiatorUrl }: HarEntry): string | undefined => {
  for (const address of [valueIn(requestHeaders, 'origin'), valueIn(requestHeaders, 'referer'), initiatorUrl]) {
    const origin = address === '' ? undefined : URL.parse(address)?.origin;
    if (origin !== undefined && origin !== 'null') return origin;
  }
  return;
};

/** A frame of octets (RFC 6455 section 5.2), which is in base64. */
const BINARY = 2;

const messagesOf = (entry: unknown): HarEntry['messages'] =>
  listMember(entry, '_webSocketMessages').map((message) => ({
    isSent: textMember(message, 'type') === 'send',
    data: textOf(textMember(message, 'data'), numberMember(message, 'opcode') === BINARY),
  }));

/**
 * What an entry says, as far as it says it; undefined where it names no request's address. Missing headers come from the
 * cookies beside them. Takes any JSON; never throws.
 */
export const readHarEntry = (entry: unknown): HarEntry | undefined => {
  const request = member(entry, 'request');
  const response = member(entry, 'response');
  const content = member(response, 'content');
  const url = textMember(request, 'url');
  if (url === '') return;
  const requestHeaders = withCookies(request);
  const responseHeaders = withSetCookies(response);
  const mimeType = textMember(content, 'mimeType') || valueIn(responseHeaders, 'content-type');
  const status = numberMember(response, 'status') ?? 0;
  const error = (textMember(response, '_error') || textMember(entry, '_error')).slice(0, MAX_WORD);
  const start = momentOf(textMember(entry, 'startedDateTime'));
  const sent = sentOf(request, requestHeaders);
  const got = bodyIn(content, mimeType, responseHeaders, url);
  return {
    method: textMember(request, 'method').slice(0, MAX_WORD),
    url,
    requestHeaders,
    responseHeaders,
    ...(sent && { sent }),
    ...(got && { got }),
    ...(status > 0 && { status }),
    size: numberMember(content, 'size') ?? 0,
    mimeType,
    ...(start !== undefined && { start }),
    time: Math.max(0, numberMember(entry, 'time') ?? 0),
    resource: textMember(entry, '_resourceType').slice(0, MAX_WORD) || 'other',
    initiatorUrl: textMember(member(entry, '_initiator'), 'url'),
    ...(error !== '' && { error }),
    stayed: !/^(?:https?|wss?):/i.test(url) || textMember(entry, '_fromCache') === 'memory',
    fromServiceWorker: member(response, '_fetchedViaServiceWorker') === true,
    messages: messagesOf(entry),
  };
};
