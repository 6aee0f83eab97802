// @vitest-environment happy-dom
import axe from 'axe-core';
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import type { Policy } from '../../../src/core/judge/policy.ts';
import { NOW } from '../../fixtures/fake-source.ts';
import { hmacToken } from '../../fixtures/tokens.ts';
import { exchangeRecord, seen, sightingRecord, tabRecord, tokenRecord } from '../records.ts';
import { all, click, named, open, press, text, texts, the, type, until } from '../screen.ts';

const token = (payload: object) =>
  hmacToken('secret', { payload: { iss: 'https://login.test', aud: 'api', exp: NOW / 1000 + 600, ...payload } });

const good = token({ sub: 'alice' });
const expired = token({ sub: 'bob', exp: NOW / 1000 - 100 });

/** Newest first: accepted, refused for its time, refused without a token. */
const records = [
  ...seen(good, { id: 'ok', method: 'POST', url: 'https://api.test/orders', status: 200, end: NOW + 40 }),
  ...seen(expired, { id: 'late', start: NOW - 1000, end: NOW - 950, status: 401 }),
  exchangeRecord('none', {
    start: NOW - 2000,
    end: NOW - 1990,
    status: 401,
    url: 'https://other.test/x?y=1',
    wwwAuthenticate: ['Bearer realm="x", error="invalid_token"'],
  }),
];

const show = async (options: Parameters<typeof open>[0] = { records }) => {
  const screen = await open(options);
  await click(named('Exchanges'));
  await until(() => the('main.view, main.empty'));
  return screen;
};

const list = () => the('[role=grid]');
const cells = (column: string) => texts(`tbody [data-column=${column}]`);
const selected = () => texts('tbody tr[aria-selected=true] [data-column=address]');

const policy: Policy = {
  ...{ origin: 'https://api.test', algorithms: ['HS256'], issuers: [], audiences: ['api'], types: [], leeway: 0 },
  ...{ claims: [], scopes: [], roles: [], denied: [] },
};

test('a row says when, what, where, how it was answered, by which token, and why', async () => {
  await show();
  expect(cells('method')).toEqual(['POST', 'GET', 'GET']);
  expect(cells('address')).toEqual(['api.test/orders', 'api.test/me', 'other.test/x?y=1']);
  expect(cells('status')).toEqual(['200', '✕ 401', '✕ 401']);
  expect(cells('token')).toEqual(['Access token · alice', 'Access token · bob', 'none']);
  expect(cells('decision')).toEqual(Array(3).fill('– No policy for this API.'));
  expect(cells('reason')[0]).toBe('');
  expect(cells('reason')[1]).toMatch(/expired/i);
  expect(cells('reason')[2]).toMatch(/no token/i);
});

test('an answer that brought tokens is told by its access token', async () => {
  const place = { kind: 'response_body', name: '', path: 'access_token', format: 'json' } as const;
  const login = exchangeRecord('login', { method: 'POST', url: 'https://login.test/token', status: 200 });
  const records = [login, tokenRecord(good), sightingRecord(good, 'login', { place })];
  await show({ records });
  expect(cells('token')).toEqual(['answer: Access token · alice']);
});

test('a policy decides every exchange of its API, and the detail shows each check', async () => {
  await show({ records, policies: [policy] });
  await until(() => expect(cells('decision').slice(0, 2)).toEqual(['? undecided', '✕ reject']));
  await click(the('#exchange-late'));
  expect(text('.detail .line')).toMatch(/^✕ reject: expired/);
  expect(texts('.detail .checks li').some((one) => /failsTimeexpired/.test(one))).toBe(true);
});

test('the detail tells the reason, the words of the server, and the request', async () => {
  await show();
  await click(the('#exchange-none'));
  expect(text('.detail h1')).toMatch(/^Refused with 401: .*no token was sent/);
  expect(text('.challenge')).toBe('Bearerrealmxerrorinvalid_token');
  expect(text('.as-sent code')).toBe('Bearer realm="x", error="invalid_token"');
  expect(texts('.exchange-facts > dl > div')).toEqual(
    expect.arrayContaining(['MethodGET', 'URLhttps://other.test/x?y=1', 'Took10 ms', 'Seen bythe background']),
  );
  await click(named('Make a policy for https://other.test'));
  await until(() => the('dialog[open]'));
});

test('what several answers tell of the clock is shown with its uncertainty', async () => {
  const date = new Date(NOW + 90_000).toUTCString();
  await show({ records: seen(good, { id: 'ok', status: 200, date, end: NOW + 100 }) });
  await click(the('#exchange-ok'));
  expect(texts('.exchange-facts > dl > div').find((one) => one.startsWith('Server'))).toBe(
    'Server’s clock1 min 30 s ahead of yours, ± 0.6 s, from 1 answer',
  );
});

test('the columns sort, and the same again turns the order round', async () => {
  await show();
  const column = (name: string) => the(`th[data-column=${name}] button`);
  await click(column('address'));
  expect(cells('address')).toEqual(['api.test/me', 'api.test/orders', 'other.test/x?y=1']);
  expect(the('th[data-column=address]').getAttribute('aria-sort')).toBe('ascending');
  await click(column('address'));
  expect(cells('address')).toEqual(['other.test/x?y=1', 'api.test/orders', 'api.test/me']);
  expect(the('th[data-column=time]').getAttribute('aria-sort')).toBe('none');
  await click(column('reason'));
  await until(() => expect(cells('address').at(-1)).toBe('api.test/orders'));
});

test('the filter has words for all columns', async () => {
  await show();
  const filter = named('Filter exchanges');
  for (const [typed, found] of [
    ['is:refused', ['late', 'none']],
    ['status:4xx -host:other', ['late']],
    ['method:post', ['ok']],
    ['reason:expired', ['late']],
    ['no token', ['none']],
    ['decision:none /orders', ['ok']],
    ['-is:refused is:refused', []],
  ] as const) {
    await type(filter, typed);
    await until(() =>
      expect(
        all('tbody tr').map(({ dataset }) => dataset.id),
        typed,
      ).toEqual([...found]),
    );
  }
  expect(text('caption')).toBe('No exchange passes the filter.');
  expect(text('main .bar')).toContain('0 of 3 exchanges');
  await press(filter, 'Escape');
  expect(all('tbody tr')).toHaveLength(3);
});

test('the keyboard moves, opens, copies, and goes back', async () => {
  const { fake } = await show();
  list().focus();
  await press(list(), 'ArrowDown');
  await press(list(), 'ArrowDown');
  expect(selected()).toEqual(['api.test/me']);
  expect(list().getAttribute('aria-activedescendant')).toBe('exchange-late');
  await press(list(), 'c', { ctrlKey: true });
  expect(fake.copied).toEqual(['https://api.test/me']);
  await press(list(), 'End');
  expect(selected()).toEqual(['other.test/x?y=1']);
  await press(list(), 'Home');
  await press(list(), 'Enter');
  expect(document.activeElement).toBe(the('.detail'));
  await press(the('.detail'), 'Escape');
  expect(document.activeElement).toBe(list());
  await press(list(), 'Escape');
  expect(all('.detail')).toEqual([]);
  await press(document.body, '/');
  expect(document.activeElement).toBe(named('Filter exchanges'));
  // Nothing to open; nor is it then opened by what is selected later.
  await type(named('Filter exchanges'), 'no such exchange');
  await until(() => expect(all('tbody tr')).toEqual([]));
  await press(list(), 'Enter');
  await type(named('Filter exchanges'), '');
  named('Filter exchanges').focus();
  await click(await until(() => the('#exchange-late')));
  expect(document.activeElement).toBe(named('Filter exchanges'));
});

test('a token of an exchange leads to the token, and a sighting back to its exchange', async () => {
  await show();
  await click(the('#exchange-late'));
  await click(the('.carried button'));
  await until(() => expect(texts('.row[aria-selected=true] .name')).toEqual(['Access token · bob']));
  await until(() => the('.seen .url'));
  await click(the('.seen .url'));
  await until(() => expect(selected()).toEqual(['api.test/me']));
});

test('hops of one request stand together, and the detail has the whole chain', async () => {
  const hop = (number: number, change: object) =>
    exchangeRecord(`7.${NOW}.${number}`, { start: NOW - 3000 + number, status: 302, ...change });
  await show({
    records: [
      ...records,
      hop(1, { url: 'https://app.test/login' }),
      hop(2, { url: 'https://login.test/authorize' }),
      hop(3, { url: 'https://app.test/callback?code=x', status: 401 }),
    ],
  });
  expect(texts('.hop')).toEqual(['3/3', '2/3', '1/3']);
  await click(the(`tr[data-id="7.${NOW}.2"]`));
  expect(texts('.chain li')).toEqual([
    '→ 302GET app.test/login',
    '→ 302GET login.test/authorize',
    '✕ 401GET app.test/callback?code=x',
  ]);
  the('.chain li:last-child button').focus();
  await click(the('.chain li:last-child button'));
  expect(selected()).toEqual(['3/3 app.test/callback?code=x']);
  expect(document.activeElement).toBe(the('.chain [aria-current] button'));
});

test('what is shown is saved, in its order, without a token', async () => {
  const { fake } = await show({
    records: [...records, exchangeRecord('url', { url: `https://a.test/?t=${good}`, status: 403 })],
  });
  await type(named('Filter exchanges'), 'is:refused');
  await until(() => expect(all('tbody tr')).toHaveLength(3));
  await click(named('Save as CSV'));
  await until(() => expect(fake.saved).toHaveLength(1));
  const [file] = fake.saved;
  expect(file?.name).toMatch(/^claimcheck-gateway-.*\.csv$/);
  expect(file?.text.split('\r\n')).toHaveLength(5);
  expect(file?.text).toContain('https://a.test/?t=token-2');
  for (const part of [...good.split('.'), ...expired.split('.')]) expect(file?.text).not.toContain(part);
  await click(named('Save as JSON'));
  await until(() => expect(fake.saved).toHaveLength(2));
  expect(JSON.parse(fake.saved[1]?.text ?? '').exchanges).toHaveLength(3);
});

test('of the claims only issuer and audience go out, though a policy quotes others', async () => {
  const claims = [{ claim: 'sub', test: 'equals', values: ['carol'] }] as const;
  const { fake } = await show({
    records: seen(good, { id: 'ok', status: 401, end: NOW + 40 }),
    policies: [{ ...policy, claims }],
  });
  await until(() => expect(cells('decision')).toEqual(['✕ reject']));
  await click(the('#exchange-ok'));
  expect(text('.detail h1')).toContain('alice');
  await click(named('Save as CSV'));
  await until(() => expect(fake.saved).toHaveLength(1));
  expect(fake.saved[0]?.text).toContain(',https://login.test,api,reject,claim,policy,');
  expect(fake.saved[0]?.text).not.toMatch(/alice|carol/);
});

test('a file that would leak is not written', async () => {
  const { fake } = await show();
  fake.source.exportGatewayLog = async () => ({ error: 'leak', found: 2 });
  await click(named('Save as CSV'));
  await until(() => expect(text('.notice')).not.toBe(''));
  expect(fake.saved).toEqual([]);
});

test('of many exchanges only those in sight are in the document', async () => {
  const many = Array.from({ length: 5000 }, (_, index) =>
    exchangeRecord(`m${index}`, { start: NOW - index, status: 401, url: `https://api.test/${index}` }),
  );
  await show({ records: many });
  await until(() => expect(list().getAttribute('aria-rowcount')).toBe('5001'));
  expect(all('tbody tr').length).toBeLessThan(60);
});

test('says what will appear here, and why nothing has', async () => {
  await show({ records: [tabRecord({ requests: 3 })], settings: { paused: true } });
  expect(text('main.empty')).toContain('Every request that carries a token');
  expect(all('.reasons li')).toHaveLength(2);
});

test('hostile addresses and answers are shown for what they are', async () => {
  const hostile = exchangeRecord('h', {
    url: 'https://api.test/\u202egnp<img src=x>',
    method: '<b>',
    status: 401,
    wwwAuthenticate: ['Bearer error_description="<img src=x>\u202e"', '"'.repeat(5000)],
    initiator: '\u200b<i>',
  });
  await show({ records: [hostile] });
  await click(the('#exchange-h'));
  expect(all('img')).toEqual([]);
  expect(text('.detail')).toContain('<img src=x>\\u202E');
});

test('an answer that comes late changes its row', async () => {
  const { fake } = await show({ records: [...seen(good, { id: 'p' })] });
  expect(cells('status')).toEqual(['… pending']);
  await act(() => fake.put(exchangeRecord('p', { status: 403, end: NOW + 5 })));
  await until(() => expect(cells('status')).toEqual(['✕ 403']));
  await act(() =>
    fake.put(tokenRecord(expired), sightingRecord(expired, 'p', { place: { kind: 'cookie', name: 'sid' } })),
  );
  await until(() => expect(cells('token')).toEqual(['Access token · alice +1']));
});

test('axe finds nothing, empty and with an exchange open', async () => {
  const findings = async () => {
    const { violations } = await axe.run(document.body, {
      resultTypes: ['violations'],
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  };
  const { unmount } = await show({ records: [] });
  expect(await findings()).toEqual([]);
  unmount();
  document.body.replaceChildren();
  await show({ records, policies: [policy] });
  expect(await findings()).toEqual([]);
  await click(the('#exchange-late'));
  await until(() => the('.detail .checks'));
  expect(await findings()).toEqual([]);
});
