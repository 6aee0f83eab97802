// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { NOW } from '../../fixtures/fake-source.ts';
import { hmacToken } from '../../fixtures/tokens.ts';
import { exchangeRecord, seen, sightingRecord, tokenRecord } from '../records.ts';
import { all, click, named, open, text, texts, the, until } from '../screen.ts';

const SECOND = 1000;

const token = (issued: number) =>
  hmacToken('secret', {
    header: { typ: 'at+jwt' },
    payload: {
      ...{ iss: 'https://login.test', sub: 'alice', client_id: 'spa', aud: 'api', scope: 'read' },
      ...{ iat: issued / SECOND, exp: issued / SECOND + 60 },
    },
  });

const OLD_AT = NOW - 100 * SECOND;
const NEW_AT = NOW - 20 * SECOND;
const old = token(OLD_AT);
const next = token(NEW_AT);
/** The response that brought the next one. */
const refresh = [
  exchangeRecord('refresh', { start: NEW_AT, end: NEW_AT + 50, status: 200, url: 'https://login.test/token' }),
  tokenRecord(next, NEW_AT),
  sightingRecord(next, 'refresh', {
    at: NEW_AT,
    place: { kind: 'response_body', name: '', path: 'access_token', format: 'json' },
  }),
];
const refusedAt = (start: number) =>
  seen(old, { id: 'refused', start, end: start + 20, status: 401, url: 'https://api.test/orders' });

const show = async (records: Parameters<typeof open>[0]) => {
  await open(records);
  await click(named('Exchanges'));
  await until(() => the('#exchange-refused'));
  await click(the('#exchange-refused'));
};

test('a request with an expired token that left while a newer one was there says so, and leads to it', async () => {
  await show({ records: [...refresh, ...refusedAt(NOW - 5 * SECOND)] });
  await until(() => expect(text('.newer')).toMatch(/^A newer token of the same login was already here, since /));
  await click(the('.newer button'));
  expect(texts('.row[aria-selected=true] .time')).toEqual(['0:40']);
});

test('one that left before the next token was there says how late that came', async () => {
  await show({ records: [...refresh, ...refusedAt(NOW - 30 * SECOND)] });
  await until(() => expect(text('.newer')).toMatch(/the next token was there 20 s after the expiry/));
});

test('nothing is said of a token that nothing replaced', async () => {
  await show({ records: refusedAt(NOW - 30 * SECOND) });
  await until(() => expect(text('.detail h1')).toMatch(/^Refused with 401: it had expired/));
  expect(all('.newer')).toEqual([]);
});
