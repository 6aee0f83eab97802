import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jws, live, log, planted, redacted, sighting, textOf, token, verdictsOf } from './logs.ts';
import { readCsv } from './read-csv.ts';

const NAMES =
  'token,kind,alg,kid,iss,sub,aud,iat,exp,issued_at,expires_at,signature,time,policy,key_trust,verdict,first_seen,requests,refused,places,hosts';

const compact = jws('{"iss":"https://a.io","sub":"alice, \\"B\\"","aud":["x","y"],"iat":1800000000,"exp":1800000060}');
const what = log({
  tokens: [token(compact)],
  sightings: [
    sighting(compact, { kind: 'request_header', name: 'authorization' }),
    sighting(compact, { kind: 'response_body', name: '', path: 'access_token' }, { exchange: 'r-2' }),
    sighting(compact, { kind: 'response_body', name: '', path: 'access_token' }, { exchange: 'r-3' }),
  ],
});

it('has a row for each token, and its verdict', () => {
  const text = textOf(what, { ...redacted, format: 'csv', verdicts: verdictsOf(what, 'quoted') });
  const [head = [], row = [], ...rest] = readCsv(text);
  expect(head.join(',')).toBe(NAMES);
  expect(rest).toEqual([]);
  expect(Object.fromEntries(head.map((name, index) => [name, row[index]]))).toEqual({
    ...{
      token: 'token-1',
      kind: 'token',
      alg: 'quoted',
      kid: 'a1',
      iss: 'https://a.io',
      sub: 'alice, "B"',
      aud: 'x y',
    },
    ...{ iat: '1800000000', exp: '1800000060' },
    ...{ issued_at: '2027-01-15T08:00:00.000Z', expires_at: '2027-01-15T08:01:00.000Z' },
    ...{ signature: 'code', time: 'code', policy: 'code', key_trust: 'code', verdict: 'Refused: quoted' },
    ...{ first_seen: '1970-01-01T00:00:00.001Z', requests: '1', refused: '1', hosts: 'quoted' },
    places: 'request_header authorization; response_body access_token',
  });
});

it('tells what is in the log where the panel says nothing', () => {
  const [head = [], row = []] = readCsv(textOf(what, { ...redacted, format: 'csv' }));
  expect(row[head.indexOf('alg')]).toBe('HS256');
  expect(row[head.indexOf('requests')]).toBe('3');
  expect(row[head.indexOf('verdict')]).toBe('');
});

it('has the tokens themselves in a live file alone', () => {
  const [head = [], row = []] = readCsv(textOf(what, { ...live, format: 'csv' }));
  expect(head.join(',')).toBe(`${NAMES},compact`);
  expect(row.at(-1)).toBe(compact);
});

it('keeps its shape and computes nothing, whatever was captured', () => {
  fc.assert(
    fc.property(
      planted,
      fc.constantFrom('=1+1', '@x', '+1', '-1', '\t=1', '＝1', 'a\r\n=1'),
      ({ log: hostile }, formula) => {
        const named = jws(JSON.stringify({ iss: formula, sub: formula, aud: [formula], exp: formula }));
        const all = { ...hostile, tokens: [...hostile.tokens, token(named)] };
        const text = textOf(all, { ...redacted, format: 'csv', verdicts: verdictsOf(all, formula) });
        const rows = readCsv(text);
        expect(rows).toHaveLength(all.tokens.length + 1);
        for (const row of rows) {
          expect(row).toHaveLength(NAMES.split(',').length);
          for (const cell of row) expect(cell).not.toMatch(/(?:^|[;\t\r\n])[=+\-@\t\r\n＝＋－＠]/);
        }
      },
    ),
  );
});
