/** What JSON exports, import brings back: the same file comes of it again. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CaptureRecord } from '../../../src/core/capture/records.ts';
import type { Log } from '../../../src/core/report/exported.ts';
import { readFile } from '../../../src/core/report/import/read-file.ts';
import { compacts, signatures } from './arbitrary.ts';
import { exchange, jws, live, log, redacted, sighting, textOf, token } from './logs.ts';

const base64url = (text: string) => Buffer.from(text).toString('base64url');

/** Reads a file as the worker does. */
const imported = async (text: string): Promise<Log> => {
  const records: CaptureRecord[] = [];
  const reading = readFile(new Blob([text]), 5);
  for (;;) {
    const { done, value } = await reading.next();
    if (done) {
      expect(value.problems).toEqual([]);
      break;
    }
    records.push(...value.records);
  }
  return {
    tokens: records.filter((one) => one.type === 'token'),
    exchanges: records.filter((one) => one.type === 'exchange'),
    sightings: records.filter((one) => one.type === 'sighting'),
  };
};

const signed = jws('{"sub":"alice","big":12345678901234567890,"one":1.0,"one":2}');
const unsecured = `${base64url('{"alg":"none"}')}.${base64url('{"sub":"bob"}')}.`;
const sealed = `${base64url('{"alg":"dir","enc":"A128GCM"}')}..${signatures(1)}.${signatures(2)}.${signatures(3)}`;
const disclosed = `${jws('{"sub":"carol","_sd":[]}')}~${base64url('["c2FsdA","email","c@x"]')}~`;
const broken = jws('{"sub":"dave"');
const all = [signed, unsecured, sealed, disclosed, broken];

const what = log({
  tokens: all.map((one, index) => ({ ...token(one), firstSeen: 10 + index })),
  exchanges: [
    exchange(`https://api.test/me?t=${signed}`, {
      ...{ id: 'r-1', frame: 3, end: 40, status: 401, date: 'Thu, 01 Jan 1970 00:00:00 GMT', witness: 'both' },
      ...{
        wwwAuthenticate: ['Bearer error="invalid_token"', 'DPoP algs="ES256"'],
        dpopNonce: 'n-1',
        startUnknown: true,
      },
      ...{ initiator: 'https://app.test', opaque: ['proxy-authorization Basic'], told: 'd-1' },
    }),
    exchange('https://login.test/token', { id: 'r-2', grant: 'refresh_token', location: '/next', error: 'net::ERR_X' }),
    exchange('https://api.test/none', { id: 'r-3', status: 403 }),
  ],
  sightings: [
    sighting(signed, { kind: 'request_header', name: 'authorization', scheme: 'Bearer' }, { exchange: 'r-1' }),
    sighting(signed, { kind: 'url_query', name: 't' }, { exchange: 'r-1', id: 's-2' }),
    sighting(
      unsecured,
      { kind: 'set_cookie', name: 'sid', chunks: 2, attributes: { httpOnly: true, maxAge: 60, sameSite: 'Lax' } },
      { exchange: 'r-1', id: 's-3' },
    ),
    sighting(
      sealed,
      { kind: 'response_body', name: '', path: 'a.b[0]', format: 'json', cut: true },
      { exchange: 'r-2', id: 's-4' },
    ),
    sighting(
      disclosed,
      { kind: 'local_storage', name: 'vc', origin: 'https://app.test', layout: 'auth0', changed: true },
      { exchange: '', id: 's-5' },
    ),
    sighting(broken, { kind: 'paste', name: '' }, { exchange: '', id: 's-6' }),
  ],
});

it('a live file opened again equals the log', async () => {
  const file = textOf(what, live);
  const back = await imported(file);
  expect(JSON.parse(textOf(back, live))).toEqual(JSON.parse(file));
  expect(back.tokens.map(({ compact, firstSeen }) => [compact, firstSeen])).toEqual(
    what.tokens.map(({ compact, firstSeen }) => [compact, firstSeen]),
  );
  expect(back.exchanges).toHaveLength(3);
  expect(back.sightings.map(({ place }) => place)).toEqual(what.sightings.map(({ place }) => place));
});

it('a redacted file opened again has all that was in it, under the same names', async () => {
  const file = textOf(what, redacted);
  const back = await imported(file);
  const again = JSON.parse(textOf(back, redacted));
  const before = JSON.parse(file);
  expect(again.exchanges).toEqual(before.exchanges);
  expect(again.sightings).toEqual(before.sightings);
  for (const [index, one] of again.tokens.entries()) {
    const { id, firstSeen, segments, signature, problems, header, payload } = before.tokens[index];
    expect(one).toMatchObject({ id, firstSeen, segments, signature, problems, header });
    if (payload !== undefined) expect(one.payload).toEqual(payload);
  }
});

it('a part of a log has the names of the whole', async () => {
  const file = textOf(what, { ...redacted, only: [`sum-${sealed}`] });
  const back = await imported(file);
  expect(back.tokens.map(({ removed }) => removed?.name)).toEqual(['token-3']);
  expect(JSON.parse(textOf(back, redacted)).tokens[0].id).toBe('token-3');
});

it('a live HAR opened again has the tokens that its exchanges carried, where they stood', async () => {
  const back = await imported(textOf(what, { ...live, format: 'har' }));
  const carried = (records: Log) =>
    records.sightings
      .filter(({ exchange: id }) => records.exchanges.some((one) => one.id === id))
      .map(({ token: id, place: { kind, name, path } }) =>
        JSON.stringify([records.tokens.find((one) => one.id === id)?.compact, kind, name, path]),
      )
      .sort();
  expect(carried(back)).toEqual(carried(what));
});

const json = JSON.stringify({
  protected: base64url('{"alg":"HS256"}'),
  payload: base64url('{"a":1}'),
  signature: signatures(4),
});
const plain = `${base64url('{"alg":"HS256","b64":false,"crit":["b64"]}')}.{"sub":"a-b_c~d"}.${signatures(5)}`;
const anyTokens = fc.uniqueArray(fc.oneof({ weight: 4, arbitrary: compacts }, fc.constantFrom(...all, json, plain)), {
  minLength: 1,
  maxLength: 6,
});
/** Any text, and some that is long, or would break a file that is put together of strings. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', '"', '\\', '\u2028\n', '\ud800', '__proto__', '{"claimcheck":1}', 'é😀', 'x'.repeat(70_000)),
);
const anyMoment = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 8.64e15, -1));
const anyExchange = fc.record(
  {
    url: fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), anyText),
    ...{ method: anyText, start: anyMoment, end: anyMoment, status: fc.integer({ min: 0, max: 999 }), error: anyText },
    ...{ location: anyText, dpopNonce: anyText, wwwAuthenticate: fc.array(anyText, { maxLength: 3 }), grant: anyText },
    ...{ initiator: anyText, date: anyText, witness: fc.constantFrom('background', 'devtools', 'both') },
  },
  { requiredKeys: ['url'] },
);
const anyPlace = fc.record(
  {
    kind: fc.constantFrom('request_header', 'cookie', 'url_query', 'response_body', 'local_storage', 'paste', 'file'),
    ...{ name: anyText, path: anyText, scheme: anyText, origin: anyText },
  },
  { requiredKeys: ['kind', 'name'] },
);
const anyLog = fc
  .tuple(
    anyTokens,
    fc.array(anyExchange, { maxLength: 4 }),
    fc.array(fc.tuple(fc.nat(5), fc.nat(4), anyPlace, anyMoment)),
  )
  .map(([tokens, exchanges, places]) =>
    log({
      tokens: tokens.map((one, index) => ({ ...token(one), firstSeen: index })),
      exchanges: exchanges.map(({ url, ...change }, index) =>
        exchange(url, { start: index, ...change, id: `r-${index}` }),
      ),
      sightings: places.map(([which, by, place, at], index) =>
        sighting(tokens[which % tokens.length] ?? '', place, {
          ...{ id: `s-${index}`, at, exchange: by < exchanges.length ? `r-${by}` : '' },
        }),
      ),
    }),
  );

it('any log comes back of a live file as it was', async () => {
  await fc.assert(
    fc.asyncProperty(anyLog, async (given) => {
      const file = textOf(given, live);
      const back = await imported(file);
      expect(JSON.parse(textOf(back, live))).toEqual(JSON.parse(file));
      expect(back.tokens.map(({ compact }) => compact)).toEqual(given.tokens.map(({ compact }) => compact));
    }),
  );
});

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const inHar = fc.oneof(
  fc.constant({ kind: 'request_header', name: 'authorization', scheme: 'Bearer' } as const),
  word.map((name) => ({ kind: 'cookie', name }) as const),
  fc
    .tuple(word, word)
    .map(([a, b]) => ({ kind: 'response_body', name: '', path: `${a}.${b}`, format: 'json' }) as const),
  word.map((name) => ({ kind: 'request_body', name, format: 'form' }) as const),
);

it('any token comes back of a live HAR with the exchange that carried it, and its place', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.object(), inHar, fc.webUrl({ validSchemes: ['https'] })), { minLength: 1, maxLength: 5 }),
      async (given) => {
        const tokens = given.map(([claims], index) => jws(JSON.stringify({ ...claims, jti: index })));
        const carriers = log({
          tokens: tokens.map((one) => token(one)),
          exchanges: given.map(([, , url], index) =>
            exchange(url, { id: `r-${index}`, start: index + 1, status: 200 }),
          ),
          sightings: given.map(([, place], index) =>
            sighting(tokens[index] ?? '', place, { exchange: `r-${index}`, id: `s-${index}` }),
          ),
        });
        const back = await imported(textOf(carriers, { ...live, format: 'har' }));
        const told = ({ tokens: known, exchanges, sightings }: Log) =>
          sightings.map((one) => {
            const by = exchanges.find(({ id }) => id === one.exchange);
            return [known.find(({ id }) => id === one.token)?.compact, by?.url, by?.start, by?.status, one.place];
          });
        expect(told(back)).toEqual(told(carriers));
      },
    ),
  );
});
