import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokensInBody } from '../../../src/core/capture/bodies.ts';
import type { Place } from '../../../src/core/capture/records.ts';
import { captureRequest } from '../../../src/core/capture/request.ts';
import { captureResponse } from '../../../src/core/capture/response.ts';
import type { Log } from '../../../src/core/report/exported.ts';
import { parseHar } from './har-schema.ts';
import { exchange, jws, live, log, planted, redacted, sighting, textOf, token, verdictsOf } from './logs.ts';

const har = (what: Log, options = live) => textOf(what, { ...options, format: 'har' });

/** The places of tokens as they are captured, with what the browsers' HARs say of a message. */
const captured = (file: string) => {
  const [entry] = parseHar(file).log.entries;
  if (!entry) throw new Error('no entry');
  const { request, response } = entry;
  const bodies = [
    ...(request.postData
      ? tokensInBody(request.postData.text, { kind: 'request_body', mimeType: request.postData.mimeType }).found
      : []),
    ...tokensInBody(response.content.text ?? '', { kind: 'response_body', mimeType: response.content.mimeType }).found,
  ];
  const sent = captureRequest(request);
  const got = captureResponse({ url: request.url, headers: response.headers });
  return { found: [...sent.found, ...got.found, ...bodies], opaque: [...sent.opaque, ...got.opaque] };
};

const compact = jws('{"sub":"alice"}');

describe('a live HAR read again has the token where it stood', () => {
  const places: readonly Place[] = [
    { kind: 'request_header', name: 'authorization', scheme: 'Bearer' },
    { kind: 'request_header', name: 'authorization' },
    { kind: 'request_header', name: 'dpop' },
    { kind: 'request_header', name: 'x-state', path: 'auth.tokens[2]["id token"]' },
    { kind: 'cookie', name: 'sid' },
    { kind: 'cookie', name: 'authjs.session-token', chunks: 3 },
    { kind: 'cookie', name: 'sb-auth', path: 'access_token' },
    { kind: 'websocket_protocol', name: 'sec-websocket-protocol' },
    { kind: 'set_cookie', name: 'sid', attributes: {} },
    {
      kind: 'set_cookie',
      name: 'sid',
      attributes: { domain: 'a.io', path: '/x', expires: 1_800_000_000_000, maxAge: 60, sameSite: 'Lax', secure: true },
    },
    { kind: 'set_cookie', name: 'sid', attributes: { httpOnly: true, partitioned: true }, chunks: 2 },
    { kind: 'response_header', name: 'x-amzn-oidc-data' },
    { kind: 'request_body', name: 'client_assertion', format: 'form' },
    { kind: 'request_body', name: 'state', format: 'form', path: 'a.b' },
    { kind: 'request_body', name: 'file', format: 'multipart' },
    { kind: 'request_body', name: '', format: 'json', path: 'token' },
    { kind: 'response_body', name: '', format: 'json', path: 'data.sessions[1].id_token' },
    { kind: 'response_body', name: '', format: 'json', path: '[0]' },
    { kind: 'response_body', name: '', format: 'text' },
    { kind: 'response_body', name: '', format: 'javascript' },
    { kind: 'response_body', name: '', format: 'html' },
  ];
  it.each(places)('%j', (place) => {
    const what = log({
      tokens: [token(compact)],
      exchanges: [exchange('https://a.io/')],
      sightings: [sighting(compact, place)],
    });
    expect(captured(har(what)).found).toEqual([{ compact, place }]);
  });

  it('in the addresses', () => {
    const what = log({
      tokens: [token(compact)],
      exchanges: [exchange(`https://a.io/${compact}?t=${compact}`, { location: `/cb#id_token=${compact}` })],
    });
    expect(captured(har(what)).found.map(({ place }) => place)).toEqual([
      { kind: 'url_path', name: '' },
      { kind: 'url_query', name: 't' },
      { kind: 'url_fragment', name: 'id_token', from: 'location' },
    ]);
  });

  it('beside others of the same message', () => {
    const other = jws('{"sub":"bob","n":1}');
    const body = { kind: 'response_body', name: '', format: 'json' } as const;
    const what = log({
      tokens: [token(compact), token(other)],
      exchanges: [exchange('https://a.io/', { grant: 'refresh_token' })],
      sightings: [
        sighting(compact, { ...body, path: 'access_token' }),
        sighting(other, { ...body, path: 'id_token' }),
        sighting(compact, { kind: 'cookie', name: 'a' }),
        sighting(other, { kind: 'cookie', name: 'b' }),
      ],
    });
    const file = har(what);
    expect(captured(file).found).toHaveLength(4);
    expect(parseHar(file).log.entries[0]?.request.postData?.text).toBe('grant_type=refresh_token');
    expect(parseHar(file).log.entries[0]?.response.content.text).toBe(
      JSON.stringify({ access_token: compact, id_token: other }),
    );
  });

  it('and what was no token as what it was', () => {
    const opaque = ['authorization Bearer', 'proxy-authorization', 'sec-websocket-protocol'];
    const what = log({ exchanges: [exchange('https://a.io/', { opaque })] });
    expect(captured(har(what)).opaque).toEqual(opaque);
  });
});

describe('the file', () => {
  it('is HAR 1.2, whatever was captured', () => {
    fc.assert(
      fc.property(planted, fc.boolean(), ({ log: what, stuff }, isLive) => {
        const options = { ...(isLive ? live : redacted), verdicts: verdictsOf(what, stuff) };
        expect(parseHar(har(what, options)).log.entries).toHaveLength(what.exchanges.length);
      }),
    );
  });

  it('takes exchanges of which little is known', () => {
    const what = log({
      exchanges: [
        exchange('no url', { start: Number.NaN, id: 'a' }),
        exchange('', { start: 5, end: 3, startUnknown: true, error: 'net::ERR', id: 'b' }),
      ],
    });
    expect(parseHar(har(what)).log.entries.map(({ time, response: { status } }) => [time, status])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('has its entries in the order of their beginning, with what was answered', () => {
    const what = log({
      exchanges: [
        exchange('https://a.io/2', {
          id: 'b',
          start: 2000,
          end: 2030,
          status: 401,
          wwwAuthenticate: ['Bearer', 'Basic realm="a"'],
        }),
        exchange('https://a.io/1?a=b%20c&d', {
          id: 'a',
          start: 1000,
          status: 302,
          location: '/x',
          date: 'Thu, 01 Jan 1970 00:00:01 GMT',
        }),
      ],
    });
    const [first, second] = parseHar(har(what)).log.entries;
    expect(first?.request.queryString).toEqual([
      { name: 'a', value: 'b c' },
      { name: 'd', value: '' },
    ]);
    expect(first?.response).toMatchObject({
      redirectURL: '/x',
      headers: [
        { name: 'date', value: 'Thu, 01 Jan 1970 00:00:01 GMT' },
        { name: 'location', value: '/x' },
      ],
    });
    expect(second).toMatchObject({
      startedDateTime: '1970-01-01T00:00:02.000Z',
      time: 30,
      timings: { send: 0, wait: 30, receive: 0 },
      response: {
        headers: [
          { name: 'www-authenticate', value: 'Bearer' },
          { name: 'www-authenticate', value: 'Basic realm="a"' },
        ],
      },
    });
  });

  it('has a token of a header that is known once, with that header', () => {
    const challenge = `Bearer error="invalid_token", hint="${compact}"`;
    const [entry] = parseHar(
      har(
        log({
          tokens: [token(compact)],
          exchanges: [exchange('https://a.io/', { status: 401, wwwAuthenticate: [challenge] })],
          sightings: [sighting(compact, { kind: 'response_header', name: 'www-authenticate' })],
        }),
      ),
    ).log.entries;
    expect(entry?.response.headers).toEqual([{ name: 'www-authenticate', value: challenge }]);
  });

  it('tells in members of its own what HAR has no place for', () => {
    const kept: Place = { kind: 'local_storage', name: 'jwt', origin: 'https://a.io' };
    const bearer: Place = { kind: 'request_header', name: 'authorization', scheme: 'Bearer' };
    const what = log({
      tokens: [token(compact)],
      exchanges: [exchange('https://a.io/', { resource: 'xmlhttprequest', initiator: 'https://b.io', opaque: ['x'] })],
      sightings: [sighting(compact, bearer), sighting(compact, kept, { exchange: '' })],
    });
    const { log: file } = JSON.parse(har(what, redacted));
    expect(file._claimcheck).toMatchObject({
      redacted: true,
      tokens: [{ id: 'token-1', signature: 'removed', payload: { sub: 'alice' } }],
      elsewhere: [{ token: 'token-1', place: kept }],
    });
    expect(file.entries[0]).toMatchObject({
      _resourceType: 'xhr',
      _claimcheck: {
        id: 'exchange-1',
        initiator: 'https://b.io',
        opaque: ['x'],
        tokens: [{ token: 'token-1', place: bearer }],
      },
      request: { headers: [{ name: 'authorization', value: 'Bearer token-1' }] },
    });
  });
});
