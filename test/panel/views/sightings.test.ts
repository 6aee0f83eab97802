// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import type { Place } from '../../../src/core/capture/records.ts';
import type { StoresReading } from '../../../src/panel/source.ts';
import { NOW } from '../../fixtures/fake-source.ts';
import { hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { exchangeRecord, seen, sightingRecord, tokenRecord } from '../records.ts';
import { all, click, named, open, select, text, texts, until } from '../screen.ts';

const token = hmacToken(SECRET);
const nextYear = Date.UTC(2028, 0, 2, 12);
const AUTH0 = '@@auth0spajs@@::spa::api::openid';

const show = async (place: Place) => {
  await open({ records: seen(token, { place }) });
  await select(0);
  return texts('.seen li > :last-child');
};

const names: readonly (readonly [place: Place, expected: string | RegExp])[] = [
  [{ kind: 'response_body', name: '', path: 'access_token', format: 'json' }, 'response body · access_token'],
  [{ kind: 'response_body', name: '', format: 'html' }, 'response body (HTML)'],
  [{ kind: 'response_body', name: '', format: 'javascript', cut: true }, 'response body (JavaScript) · cut body'],
  [{ kind: 'request_body', name: '', path: 'a.b[0]', format: 'json' }, 'request body · a.b[0]'],
  [{ kind: 'request_body', name: '', format: 'text' }, 'request body (text)'],
  [{ kind: 'request_body', name: 'client_assertion', format: 'form' }, 'form field client_assertion'],
  [{ kind: 'request_body', name: 'auth', path: 'jwt', format: 'multipart' }, 'form field auth · jwt'],
  [
    {
      kind: 'local_storage',
      name: AUTH0,
      path: 'body.access_token',
      layout: 'auth0',
      origin: 'https://app.test',
      changed: true,
    },
    `localStorage ${AUTH0} · body.access_token · Auth0 · https://app.test · changed`,
  ],
  [
    { kind: 'session_storage', name: 'oidc.user:x', path: 'id_token', layout: 'oidc_client_ts' },
    'sessionStorage oidc.user:x · id_token · oidc-client-ts',
  ],
  [
    { kind: 'indexed_db', name: 'db / store / key', path: 'a\u202eb', layout: 'firebase' },
    'IndexedDB db / store / key · a\\u202Eb · Firebase',
  ],
  [
    {
      kind: 'cookie_jar',
      name: 'sid',
      origin: 'https://app.test/',
      attributes: { httpOnly: true, secure: true, sameSite: 'lax', domain: '.app.test', expires: nextYear },
    },
    /^cookie jar sid · HttpOnly Secure SameSite=lax Domain=\.app\.test · until Jan 2, 2028, \d\d:\d\d:\d\d$/,
  ],
  [
    { kind: 'set_cookie', name: 'sid', attributes: { expires: nextYear, maxAge: 60, partitioned: true } },
    'Set-Cookie sid · Partitioned · Max-Age=60',
  ],
];
test.each(names)('%j', async (place, expected) => {
  const [name] = await show(place);
  if (typeof expected === 'string') expect(name).toBe(expected);
  else expect(name).toMatch(expected);
});

test('a store of the page itself is not told its origin, and that of a frame from elsewhere is, after Clear too', async () => {
  const found = ['https://app.test', 'https://pay.test'].map((origin) => ({
    compact: token,
    place: { kind: 'local_storage', name: 'jwt', origin } as const,
  }));
  const reading: StoresReading = { at: NOW, page: 'https://app.test', found, dropped: 0, unreadable: [] };
  await open({ stores: () => reading });
  await until(() => expect(all('[role=option]')).toHaveLength(1));
  await select(0);
  const names = ['localStorage jwt', 'localStorage jwt · https://pay.test'];
  expect(texts('.seen li > :last-child').toSorted()).toEqual(names);
  await click(named("Clear this tab's log"));
  await click(named("Read the page's stores"));
  await until(() => expect(all('[role=option]')).toHaveLength(1));
  await select(0);
  expect(texts('.seen li > :last-child').toSorted()).toEqual(names);
});

test('the heading says how a token came here', async () => {
  const kept = sightingRecord(token, '', { place: { kind: 'local_storage', name: 'jwt' } });
  const heading = () => text('section.detail h2:has(+ .seen)');
  const { fake } = await open({ records: [tokenRecord(token), kept] });
  await select(0);
  expect(heading()).toBe('Kept by the page, not seen in traffic');
  expect(named('Sightings').textContent).toContain('localStorage jwt');
  fake.put(exchangeRecord('x1'), sightingRecord(token, 'x1', { at: NOW + 1 }));
  await select(0);
  expect(heading()).toBe('Seen in 1 request');
});
