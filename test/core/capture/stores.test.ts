import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Found } from '../../../src/core/capture/records.ts';
import { markChanged, type StoreItem, tokensInStores } from '../../../src/core/capture/stores.ts';
import { tokenFor } from '../../fixtures/requests.ts';

const TOKEN = tokenFor('stored');
const OTHER = tokenFor('another');

const item = (name: string, value: string | object, kind: StoreItem['kind'] = 'local_storage'): StoreItem => ({
  kind,
  origin: 'https://app.test',
  name,
  value: typeof value === 'string' ? value : JSON.stringify(value),
});
const placesIn = (...items: readonly StoreItem[]) => tokensInStores(items).map(({ place }) => place);

describe('tokens in stores', () => {
  test('a value that is a token, and one with a path to it', () => {
    expect(tokensInStores([item('jwt', TOKEN), item('session', { a: [{ token: OTHER }] }, 'session_storage')])).toEqual(
      [
        { compact: TOKEN, place: { kind: 'local_storage', name: 'jwt', origin: 'https://app.test' } },
        {
          compact: OTHER,
          place: { kind: 'session_storage', name: 'session', path: 'a[0].token', origin: 'https://app.test' },
        },
      ],
    );
  });

  test('what is no token is none, whatever it looks like', () => {
    expect(
      tokensInStores([item('a', 'eyJub3RoaW5n'), item('b', 'base64-'), item('c', '{"eyJ":'), item('', '')]),
    ).toEqual([]);
  });

  const home = '00000000-0000-0000-0000-000000000001.72f988bf-0000-0000-0000-000000000000';
  const credential = { homeAccountId: home, credentialType: 'AccessToken', secret: TOKEN, tokenType: 'Bearer' };
  test.each([
    [
      'auth0',
      '@@auth0spajs@@::abc::https://api.test::openid profile',
      { body: { access_token: TOKEN } },
      'body.access_token',
    ],
    ['auth0', '@@auth0spajs@@::abc::@@user@@', { id_token: TOKEN }, 'id_token'],
    ['msal', `${home}-login.windows.net-accesstoken-abc-tenant-user.read--`, credential, 'secret'],
    ['msal', `msal.2|${home}|login.windows.net|accesstoken|abc|tenant|user.read||`, credential, 'secret'],
    ['msal', 'msal.idtoken', TOKEN, undefined],
    ['cognito', 'CognitoIdentityServiceProvider.1t8oqsg1.alice.idToken', TOKEN, undefined],
    [
      'firebase',
      'firebase:authUser:AIza:[DEFAULT]',
      { stsTokenManager: { accessToken: TOKEN } },
      'stsTokenManager.accessToken',
    ],
    ['supabase', 'sb-abcdef-auth-token', { access_token: TOKEN }, 'access_token'],
    ['oidc_client_ts', 'oidc.user:https://login.test:spa', { id_token: TOKEN }, 'id_token'],
    ['okta', 'okta-token-storage', { idToken: { idToken: TOKEN } }, 'idToken.idToken'],
    ['keycloak', 'kc_token', TOKEN, undefined],
  ] as const)('the layout of %s: %s', (layout, name, value, path) => {
    const [place] = placesIn(item(name, value));
    expect(place).toEqual({ kind: 'local_storage', name, ...(path && { path }), origin: 'https://app.test', layout });
  });

  test("Firebase's record in IndexedDB", () => {
    const name = 'firebaseLocalStorageDb / firebaseLocalStorage / firebase:authUser:AIza:[DEFAULT]';
    const value = { fbase_key: 'firebase:authUser:AIza:[DEFAULT]', value: { stsTokenManager: { accessToken: TOKEN } } };
    expect(placesIn(item(name, value, 'indexed_db'))).toMatchObject([
      { kind: 'indexed_db', name, path: 'value.stsTokenManager.accessToken', layout: 'firebase' },
    ]);
  });

  test.each([
    'my-accesstoken-cache',
    'oidc.settings',
    'sb-auth-token',
    'okta-cache-storage',
    'kc_theme',
    'CognitoIdentity',
    'auth0',
  ])('%s is of nobody known', (name) => {
    expect(placesIn(item(name, TOKEN))).toEqual([{ kind: 'local_storage', name, origin: 'https://app.test' }]);
  });

  test('a name as long as the page likes is cut', () => {
    expect(placesIn(item('x'.repeat(1_000_000), TOKEN))[0]?.name.length).toBe(200);
  });

  test('any text, however wrapped, is read without a throw', () => {
    const kind = fc.constantFrom('local_storage', 'session_storage', 'indexed_db');
    const value = fc.oneof(fc.string(), fc.json(), fc.json().map(JSON.stringify), fc.constant(`{"a":"${TOKEN}`));
    fc.assert(
      fc.property(fc.array(fc.record({ kind, origin: fc.webUrl(), name: fc.string(), value })), (items) => {
        for (const { compact, place } of tokensInStores(items as StoreItem[])) {
          expect(compact).toMatch(/^e/);
          expect(items.some(({ origin }) => origin === place.origin)).toBe(true);
        }
      }),
    );
  });

  test('a token put anywhere into JSON is found again, once', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 5 }), (name, path) => {
        const value = path.reduceRight<unknown>(
          (inner, key) => ({ [key === '__proto__' ? 'proto' : key]: inner }),
          TOKEN,
        );
        expect(tokensInStores([item(name, JSON.stringify(value))]).map(({ compact }) => compact)).toEqual([TOKEN]);
      }),
    );
  });
});

describe('what changed between two readings', () => {
  const found = (compact: string, name = 'jwt', change: Partial<Found['place']> = {}): Found => ({
    compact,
    place: { kind: 'local_storage', name, origin: 'https://app.test', ...change },
  });
  const changedIn = (before: readonly Found[], after: readonly Found[]) =>
    markChanged(before, after).map(({ place }) => place.changed);

  test('another token in the same place', () => {
    expect(markChanged([found(TOKEN)], [found(OTHER)])).toEqual([found(OTHER, 'jwt', { changed: true })]);
  });

  test('not the same token, nor one in a place that was empty', () => {
    expect(changedIn([found(TOKEN)], [found(TOKEN), found(OTHER, 'new')])).toEqual([undefined, undefined]);
  });

  test.each([{ kind: 'session_storage' }, { origin: 'https://other.test' }, { path: 'a' }] as const)(
    'a place differs by %o',
    (change) => {
      expect(changedIn([found(TOKEN)], [found(OTHER, 'jwt', change)])).toEqual([undefined]);
    },
  );

  test('the mark stays with the token that came, and the one that comes back is new again', () => {
    const second = markChanged([found(TOKEN)], [found(OTHER)]);
    const third = markChanged(second, [found(OTHER)]);
    expect(third[0]?.place.changed).toBe(true);
    expect(changedIn(third, [found(OTHER), found(TOKEN)])).toEqual([true, true]);
  });

  test('of several tokens in one place only the new ones are marked', () => {
    expect(changedIn([found(TOKEN)], [found(TOKEN), found(OTHER)])).toEqual([undefined, true]);
  });

  test('a reading like itself changes nothing; tokens and places stay as they are', () => {
    const any = fc.array(fc.record({ compact: fc.constantFrom(TOKEN, OTHER), name: fc.constantFrom('a', 'b') }));
    fc.assert(
      fc.property(any, any, (first, second) => {
        const [before, after] = [first, second].map((list) => list.map(({ compact, name }) => found(compact, name)));
        expect(markChanged(before ?? [], before ?? [])).toEqual(before);
        const marked = markChanged(before ?? [], after ?? []);
        expect(marked).toMatchObject(after ?? []);
        expect(markChanged(marked, marked)).toEqual(marked);
      }),
    );
  });
});
