import { describe, expect, it } from 'vitest';
import { type Exchange, harOf, type Maker, START } from '../../../fixtures/har.ts';
import { imported } from '../../../fixtures/import.ts';
import { pairFor, publicJwk } from '../../../fixtures/keys.ts';
import { compact } from '../../../fixtures/tokens.ts';

const [access, id, session, refresh, assertion] = ['access', 'id', 'session', 'refresh', 'assertion'].map((jti) =>
  compact({ alg: 'HS256', typ: 'JWT' }, { jti }, 'c2lnbmF0dXJl'),
) as [string, string, string, string, string];

const LOGIN: readonly Exchange[] = [
  {
    method: 'POST',
    url: 'https://login.test/token',
    sent: `grant_type=refresh_token&client_assertion=${assertion}`,
    sentType: 'application/x-www-form-urlencoded',
    setCookies: { sid: session },
    body: JSON.stringify({ access_token: access, id_token: id, refresh_token: refresh }),
  },
  {
    url: 'https://api.test/orders',
    start: START + 1000,
    headers: { Authorization: `Bearer ${access}`, Origin: 'https://app.test' },
    cookies: { sid: session },
    status: 401,
    answerHeaders: { 'WWW-Authenticate': 'Bearer error="invalid_token"', Date: 'Sun, 22 Nov 2026 06:00:01 GMT' },
  },
  { url: 'https://app.test/logo.png', type: 'image/png', body: 'x'.repeat(100), base64: true },
];

const MAKERS: readonly Maker[] = ['chromium', 'cdp', 'firefox', 'safari', 'charles', 'fiddler', 'mitmproxy'];

describe.each(MAKERS)('a HAR by %s', (maker) => {
  it('gives every token, where it stood, and when', async () => {
    const { end, tokens, exchanges, sightings, counts } = await imported(harOf(maker, LOGIN));
    expect(end).toMatchObject({ format: 'har', read: 3, problems: [] });
    expect(tokens.map(({ compact }) => compact).sort()).toEqual([access, id, session, refresh, assertion].sort());
    expect(exchanges.map(({ start, end }) => [start, end])).toEqual([
      [START, START + 30],
      [START + 1000, START + 1030],
    ]);
    const places = sightings.map(({ place: { kind, name, path } }) => [kind, name, path].filter(Boolean).join(' '));
    expect(places.sort()).toEqual([
      'cookie sid',
      'request_body client_assertion',
      'request_header authorization',
      'response_body access_token',
      'response_body id_token',
      'response_body refresh_token',
      'set_cookie sid',
    ]);
    expect(counts).toMatchObject({ requests: 3, opaque: 0, dropped: 0, binary: 1 });
  });

  it('keeps of the exchanges what the capture would have kept', async () => {
    const [login, orders] = (await imported(harOf(maker, LOGIN))).exchanges;
    expect(login).toMatchObject({ method: 'POST', status: 200, grant: 'refresh_token', witness: 'devtools' });
    expect(orders).toMatchObject({
      ...{ url: 'https://api.test/orders', status: 401, initiator: 'https://app.test' },
      ...{ date: 'Sun, 22 Nov 2026 06:00:01 GMT', wwwAuthenticate: ['Bearer error="invalid_token"'] },
    });
  });

  it('says when it has no bodies', async () => {
    const { end, tokens } = await imported(harOf(maker, LOGIN, { bodies: false }));
    expect(end.withoutBodies).toBe(true);
    expect(tokens.map(({ compact }) => compact)).toContain(access);
    expect(tokens.map(({ compact }) => compact)).not.toContain(id);
  });

  it('names its maker wherever that stands', async () => {
    const before = await imported(harOf(maker, LOGIN));
    const after = await imported(harOf(maker, LOGIN, { entriesFirst: true }));
    expect(before.end.creator).toMatch(/\w \d/);
    expect(after).toEqual({ ...before, pieces: after.pieces });
  });
});

describe('a HAR', () => {
  const one = (exchange: Partial<Exchange>, change: (har: string) => string = String) =>
    imported(change(harOf('chromium', [{ url: 'https://api.test/', ...exchange }])));

  it('that Chromium took the credentials out of says so', async () => {
    const { end, tokens } = await imported(harOf('chromium-sanitized', LOGIN));
    expect(end.sanitized).toBe(true);
    expect(tokens.map(({ compact }) => compact)).toContain(id);
    expect((await imported(harOf('chromium', LOGIN))).end.sanitized).toBeUndefined();
    expect((await imported(harOf('mitmproxy', LOGIN.slice(2)))).end.sanitized).toBeUndefined();
  });

  it('brings the keys that its tokens verify by', async () => {
    const issuer = 'https://login.test';
    const { keys } = await imported(
      harOf('firefox', [
        { url: `${issuer}/jwks`, body: JSON.stringify({ keys: [{ ...publicJwk(pairFor('RS256')), kid: 'a1' }] }) },
        {
          url: `${issuer}/.well-known/openid-configuration`,
          body: JSON.stringify({ issuer, jwks_uri: `${issuer}/jwks` }),
        },
      ]),
    );
    expect(keys).toMatchObject([{ provenance: 'traffic', issuer, source: `${issuer}/jwks`, addedAt: START }]);
  });

  it('reads bodies in base64', async () => {
    const { sightings } = await one({ body: JSON.stringify({ a: [access] }), base64: true });
    expect(sightings).toMatchObject([{ place: { kind: 'response_body', path: 'a[0]', format: 'json' } }]);
  });

  it.each([
    ['the first', (token: string) => token.replace('e', '\\u0065')],
    ['each', (token: string) => token.replace(/./g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`)],
    ['the first, in JSON in JSON', (token: string) => token.replace('e', '\\\\u0065')],
  ])('finds tokens in bodies that have letters escaped: %s', async (_, escapeLetters) => {
    const body = `{"pad":"${'x'.repeat(2_000)}","a":"${escapeLetters(access)}"}`;
    const bodies = await Promise.all([false, true].map((base64) => one({ body, base64 })));
    for (const { tokens, sightings } of bodies) {
      expect(tokens.map(({ compact }) => compact)).toEqual([access]);
      expect(sightings).toMatchObject([{ place: { kind: 'response_body', path: 'a' } }]);
    }
  });

  it('keeps an entry whose time nobody can read, by what else it tells', async () => {
    const headers = { Authorization: `Bearer ${access}` };
    const damage = (har: string) => har.replace(/"startedDateTime": "[^"]*"/, '"startedDateTime": "2026-11-22 07:00"');
    const date = 'Sun, 22 Nov 2026 05:00:00 GMT';
    const dated = await one({ headers, answerHeaders: { Date: date } }, damage);
    expect(dated.exchanges).toMatchObject([{ startUnknown: true, start: Date.parse(date) }]);
    expect(dated.exchanges[0]).not.toHaveProperty('date');
    const bare = await one({ headers }, damage);
    expect(bare.exchanges).toMatchObject([{ startUnknown: true }]);
  });

  it('without an answer has none', async () => {
    const headers = { Authorization: `Bearer ${access}` };
    const { exchanges } = await one({ headers, status: 0 }, (har) =>
      har.replace('"statusText"', '"_error": "net::ERR_FAILED", "statusText"'),
    );
    expect(exchanges).toMatchObject([{ error: 'net::ERR_FAILED' }]);
    expect(exchanges[0]).not.toHaveProperty('status');
    expect(exchanges[0]).not.toHaveProperty('end');
  });

  it('tells what went over a WebSocket', async () => {
    const { sightings } = await one({ url: 'wss://api.test/socket' }, (har) =>
      har.replace(
        '"cache"',
        `"_webSocketMessages": [{ "type": "send", "data": ${JSON.stringify(JSON.stringify({ auth: access }))} }], "cache"`,
      ),
    );
    expect(sightings).toMatchObject([{ place: { kind: 'request_body', path: 'auth' } }]);
  });

  it('reads the frames of octets of a WebSocket too', async () => {
    const data = Buffer.from(JSON.stringify({ token: access })).toString('base64');
    const messages = [7, { opcode: 2 }, { opcode: 2, data: '=!' }, { type: 'receive', opcode: 2, data }];
    const { sightings } = await one({}, (har) =>
      har.replace('"cache"', `"_webSocketMessages": ${JSON.stringify(messages)}, "cache"`),
    );
    expect(sightings).toMatchObject([{ place: { kind: 'response_body', path: 'token' } }]);
  });

  it('leaves out what never left the browser', async () => {
    const headers = { Authorization: `Bearer ${access}` };
    const cached = await one({ headers }, (har) => har.replace('"cache"', '"_fromCache": "memory", "cache"'));
    expect(cached).toMatchObject({ tokens: [], end: { read: 1 }, problems: ['nothing 1:1'] });
    expect((await one({ headers, url: 'data:text/plain,x' })).tokens).toEqual([]);
  });

  it('tells entries that are none, and keeps the others', async () => {
    const { problems, tokens, end } = await imported(
      harOf('cdp', LOGIN).replace('"entries":[', '"entries":[7,{"request":{"url":[]}},'),
    );
    expect(end.read).toBe(3);
    expect(problems).toEqual([expect.stringMatching(/^entry 1:\d+ 2$/)]);
    expect(tokens).toHaveLength(5);
  });
});
