/** A HAR as Chromium saves it of a day's work in an app, of any length, entry by entry. Used in Node and in the page. */

/** What the bodies are made of. */
export interface Stuff {
  /** Text of pages and scripts. */
  readonly text: string;
  /** JSON of an API. */
  readonly json: string;
  readonly tokens: readonly string[];
}

interface Body {
  readonly mimeType: string;
  readonly text: string;
  readonly encoding?: 'base64';
}

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36';
const POLICY =
  "default-src 'self'; script-src 'self' https://cdn.example.com; img-src 'self' data: https:; object-src 'none'";
const START = Date.UTC(2026, 10, 22, 6);
/** As many headers as a request of a browser has, and an answer behind a proxy. */
const SENT = {
  ...{ accept: 'application/json, text/plain, */*', 'accept-encoding': 'gzip, deflate, br, zstd' },
  ...{ 'accept-language': 'en-GB,en;q=0.9', 'cache-control': 'no-cache', 'content-type': 'application/json' },
  ...{
    origin: 'https://shop.example.com',
    pragma: 'no-cache',
    priority: 'u=1, i',
    referer: 'https://shop.example.com/',
  },
  ...{ 'sec-ch-ua': '"Chromium";v="153", "Not.A/Brand";v="99"', 'sec-ch-ua-mobile': '?0' },
  ...{ 'sec-ch-ua-platform': '"Linux"', 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' },
  ...{ 'sec-fetch-site': 'same-site', 'user-agent': AGENT, 'x-request-id': '6f1c1f5e-91b8-4c6c-8a54-000000000001' },
};
const ANSWERED = {
  ...{ 'access-control-allow-origin': 'https://shop.example.com', 'alt-svc': 'h3=":443"; ma=86400' },
  ...{ 'cache-control': 'max-age=0, private, must-revalidate', 'content-encoding': 'br', server: 'nginx' },
  ...{ 'content-security-policy': POLICY, date: 'Sun, 22 Nov 2026 06:00:01 GMT', etag: 'W/"2f2b8ba8b1a0"' },
  ...{ 'strict-transport-security': 'max-age=31536000; includeSubDomains', vary: 'Origin, Accept-Encoding' },
  ...{
    via: '1.1 f3f1c6a4.cloudfront.net (CloudFront)',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  },
};

const headersOf = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

/** Some piece of the text, each time another. */
const pieceOf = (text: string, index: number, length: number): string => {
  const start = (index * 7919 * 64) % Math.max(1, text.length - length);
  return text.slice(start, start + length);
};

const base64 = (text: string): string => btoa(text.replace(/[^\x20-\x7e]/g, ' '));

/** Of ten entries six are the API's, two are pages or scripts, two are pictures. */
const bodyOf = (index: number, { text, json }: Stuff): Body => {
  const place = index % 10;
  if (place < 6) return { mimeType: 'application/json', text: pieceOf(json, index, 2_000 + place * 6_000) };
  if (place === 6) return { mimeType: 'text/html', text: pieceOf(text, index, 30_000) };
  if (place === 7) return { mimeType: 'text/javascript', text: pieceOf(text, index, 120_000) };
  return { mimeType: 'image/webp', text: base64(pieceOf(text, index, 24_000)), encoding: 'base64' };
};

const entryOf = (index: number, stuff: Stuff): object => {
  const body = bodyOf(index, stuff);
  const isApi = index % 10 < 6;
  const url = isApi
    ? `https://api.example.com/orders/${index}?expand=items,customer&page=${index % 7}`
    : `https://cdn.example.com/assets/${index.toString(36)}.${index % 10}`;
  const authorization = isApi ? `Bearer ${stuff.tokens[Math.floor(index / 40) % stuff.tokens.length]}` : undefined;
  return {
    _initiator: { type: 'script', url: 'https://shop.example.com/main.js', lineNumber: 1, columnNumber: 71_234 },
    _priority: 'High',
    _resourceType: isApi ? 'fetch' : 'other',
    cache: {},
    connection: '443',
    request: {
      ...{ method: 'GET', url, httpVersion: 'http/2.0' },
      headers: headersOf({ ...SENT, ...(authorization && { authorization }) }),
      ...{ queryString: [], cookies: [], headersSize: -1, bodySize: 0 },
    },
    response: {
      ...{ status: index % 97 === 0 ? 401 : 200, statusText: '', httpVersion: 'http/2.0' },
      headers: headersOf({ ...ANSWERED, 'content-type': body.mimeType }),
      cookies: [],
      content: { size: body.text.length, ...body },
      ...{ redirectURL: '', headersSize: -1, bodySize: -1, _transferSize: 1234, _error: null },
      _fetchedViaServiceWorker: false,
    },
    serverIPAddress: '192.0.2.1',
    startedDateTime: new Date(START + index * 40).toISOString(),
    time: 31.4,
    timings: { blocked: 1.2, dns: -1, ssl: -1, connect: -1, send: 0.2, wait: 28.1, receive: 1.9, _queueing: 0.8 },
  };
};

/** Entries that are made once and then come again: making them takes longer than reading them. */
const DIFFERENT = 2_000;

/** Gives HARs of at least so many characters, in pieces of an entry each. Its entries are made once, for all of them. */
export const harMaker = (stuff: Stuff): ((length: number) => Generator<string, void, undefined>) => {
  const made: string[] = [];
  return function* (length) {
    yield '{\n  "log": {\n    "version": "1.2",\n    "creator": { "name": "WebInspector", "version": "537.36" },\n';
    yield '    "pages": [],\n    "entries": [';
    let total = 0;
    for (let index = 0; total < length; index += 1) {
      const place = index % DIFFERENT;
      made[place] ??= JSON.stringify(entryOf(index, stuff), undefined, 2).replaceAll('\n', '\n      ');
      const piece = `${index > 0 ? ',' : ''}\n      ${made[place]}`;
      total += piece.length;
      yield piece;
    }
    yield '\n    ]\n  }\n}\n';
  };
};
