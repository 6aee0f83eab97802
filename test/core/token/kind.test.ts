import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import type { Kind } from '../../../src/core/token/decoded.ts';
import { kindOf } from '../../../src/core/token/kind.ts';

const encode = (value: unknown): string =>
  new TextEncoder().encode(JSON.stringify(value)).toBase64({ alphabet: 'base64url', omitPadding: true });
const token = (claims: object, header: object = {}) =>
  decode(`${encode({ alg: 'ES256', ...header })}.${encode(claims)}.${'A'.repeat(86)}`);

const user = { iss: 'https://login.acme.io', sub: 'alice', aud: 'spa', exp: 2, iat: 1 };
const COOKIE = { kind: 'cookie', name: 'sid' };
const AUTHORIZATION = { kind: 'request_header', name: 'authorization' };

describe('kindOf', () => {
  it.each<[Kind, string, object, object]>([
    ['access_token', 'RFC 9068', user, { typ: 'at+jwt' }],
    ['access_token', 'Okta', user, { typ: 'application/okta-internal-at+jwt' }],
    ['dpop_proof', 'RFC 9449', { htm: 'GET', htu: 'https://a' }, { typ: 'dpop+jwt' }],
    ['dpop_proof', 'without its typ', { htm: 'GET', htu: 'https://a' }, { jwk: {} }],
    ['logout_token', 'by typ', user, { typ: 'logout+jwt' }],
    [
      'logout_token',
      'by its event',
      { ...user, events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
      {},
    ],
    ['security_event', 'RFC 8417', { ...user, events: { 'urn:x': {} } }, {}],
    ['security_event', 'by typ', user, { typ: 'secevent+jwt' }],
    ['client_assertion', 'RFC 7523', { iss: 'spa', sub: 'spa', aud: 'https://login', jti: '1' }, {}],
    ['access_token', 'Keycloak', { ...user, typ: 'Bearer', azp: 'spa', nonce: 'n' }, { typ: 'JWT' }],
    ['id_token', 'Keycloak', { ...user, typ: 'ID', azp: 'spa' }, { typ: 'JWT' }],
    ['refresh_token', 'Keycloak', { ...user, typ: 'Refresh', scope: 'openid' }, { typ: 'JWT' }],
    ['access_token', 'Cognito', { sub: 'a', token_use: 'access', auth_time: 1 }, {}],
    ['id_token', 'Cognito', { ...user, token_use: 'id' }, {}],
    ['refresh_token', 'Simple JWT', { token_type: 'refresh', user_id: 1 }, { typ: 'JWT' }],
    ['access_token', 'Entra ID', { ...user, scp: 'User.Read', nonce: 'n' }, { typ: 'JWT' }],
    ['id_token', 'with a nonce', { ...user, nonce: 'n' }, {}],
    ['id_token', 'with at_hash', { ...user, at_hash: 'x', scope: 'openid' }, {}],
    ['id_token', 'Google', { ...user, azp: 'spa', email: 'a@b' }, {}],
    ['access_token', 'for another party', { ...user, azp: 'app' }, {}],
    ['access_token', 'RFC 8693', { ...user, client_id: 'spa' }, {}],
    ['userinfo', 'OIDC Core 5.3.2', { iss: 'https://a', aud: 'spa', sub: 'alice', email: 'a@b' }, {}],
    ['key_binding', 'RFC 9901', { nonce: 'n', aud: 'https://verifier', iat: 1, sd_hash: 'x' }, { typ: 'kb+jwt' }],
    ['key_binding', 'without its typ', { nonce: 'n', aud: 'https://verifier', iat: 1, sd_hash: 'x' }, {}],
    ['credential', 'SD-JWT VC', user, { typ: 'dc+sd-jwt' }],
    ['credential', 'SD-JWT VC as it was called', user, { typ: 'application/vc+sd-jwt' }],
    ['credential', 'by its type', { ...user, vct: 'urn:eudi:pid:de:1' }, {}],
    ['token', 'of another explicit type', { ...user, scope: 'x' }, { typ: 'oauth-authz-req+jwt' }],
    ['token', 'without evidence', { sub: 'alice' }, {}],
  ])('%s: %s', (kind, _, claims, header) => {
    expect(kindOf(token(claims, header))).toBe(kind);
  });

  it.each<[Kind, { kind: string; name: string; path?: string }]>([
    ['session', COOKIE],
    ['session', { kind: 'set_cookie', name: 'sid' }],
    ['refresh_token', { kind: 'cookie', name: 'refresh_token' }],
    ['id_token', { kind: 'url_fragment', name: 'id_token' }],
    ['access_token', AUTHORIZATION],
    ['token', { kind: 'paste', name: '' }],
    ['session', { kind: 'cookie_jar', name: 'sid' }],
    // RFC 6749 section 5.1, in answers and in what keeps them.
    ['access_token', { kind: 'response_body', name: '', path: 'access_token' }],
    ['id_token', { kind: 'response_body', name: '', path: 'data.login.id_token' }],
    ['refresh_token', { kind: 'response_body', name: '', path: 'tokens.refreshToken[0]' }],
    ['id_token', { kind: 'session_storage', name: 'oidc.user:https://login:spa', path: 'id_token' }],
    ['access_token', { kind: 'local_storage', name: 'Cognito.1.alice.accessToken' }],
    ['access_token', { kind: 'local_storage', name: '-login-accesstoken-spa', path: 'secret' }],
    ['id_token', { kind: 'local_storage', name: 'access_token_cache', path: 'body.id_token' }],
    // RFC 7521 section 4.2, RFC 7523 section 2.1, OIDC RP-Initiated Logout, OIDC Back-Channel Logout 2.5.
    ['client_assertion', { kind: 'request_body', name: 'client_assertion' }],
    ['assertion', { kind: 'request_body', name: 'assertion' }],
    ['id_token', { kind: 'request_body', name: 'id_token_hint' }],
    ['logout_token', { kind: 'request_body', name: 'logout_token' }],
    // RFC 8693 section 2.1: `subject_token_type` says what it is, not the name.
    ['token', { kind: 'request_body', name: 'subject_token' }],
    ['token', { kind: 'response_body', name: '', path: 'id_tokens.other' }],
  ])('%s by where it stood', (kind, place) => {
    expect(kindOf(token({ sub: 'alice' }), place)).toBe(kind);
  });

  it('calls an SD-JWT a credential, where nothing says otherwise', () => {
    const sd = (claims: object, header: object = {}) => decode(`${token(claims, header).compact}~`);
    expect(kindOf(sd({ sub: 'alice' }))).toBe('credential');
    expect(kindOf(sd({ sub: 'alice' }, { typ: 'example+sd-jwt' }), AUTHORIZATION)).toBe('credential');
    expect(kindOf(sd(user, { typ: 'at+jwt' }))).toBe('access_token');
    expect(kindOf(sd({ ...user, scope: 'openid' }))).toBe('access_token');
    const examples: { value: string }[] = JSON.parse(
      readFileSync('../shared/vectors/spec-examples/sd-jwt-compact.json', 'utf8'),
    );
    expect(examples).toHaveLength(8);
    for (const { value } of examples) {
      const decoded = decode(value);
      expect(kindOf(decoded)).toBe('credential');
      if (decoded.keyBinding) expect(kindOf(decoded.keyBinding)).toBe('key_binding');
    }
  });

  it('trusts the token more than the place', () => {
    expect(kindOf(token({ ...user, nonce: 'n' }), AUTHORIZATION)).toBe('id_token');
    expect(kindOf(token(user, { typ: 'at+jwt' }), COOKIE)).toBe('access_token');
    const place = { kind: 'response_body', name: '', path: 'access_token' };
    expect(kindOf(token({ ...user, nonce: 'n' }), place)).toBe('id_token');
  });

  it('calls a JWE encrypted, cut off or not', () => {
    const header = encode({ alg: 'dir', enc: 'A256GCM' });
    expect(kindOf(decode(`${header}..AAAA.AAAA.AAAA`), COOKIE)).toBe('encrypted');
    expect(kindOf(decode(`${header}..AAAA`))).toBe('encrypted');
  });

  it('knows the proofs of RFC 9449 and the ID tokens of OpenID Connect', () => {
    const read = (file: string) => JSON.parse(readFileSync(`../shared/vectors/spec-examples/${file}`, 'utf8'));
    for (const { jwt } of read('dpop-rfc9449.json').proofs) expect(kindOf(decode(jwt))).toBe('dpop_proof');
    for (const { jwt } of read('oidc-core-A.json').tokens) expect(kindOf(decode(jwt))).toBe('id_token');
  });

  it('stands anything', () => {
    for (const text of ['', '..', 'eyJ', `${encode({ typ: '__proto__' })}.${encode({ typ: 'constructor' })}.`]) {
      expect(kindOf(decode(text))).toBe('token');
    }
  });

  it('has a name for each', () => {
    const read = (file: string): object => JSON.parse(readFileSync(`src/_locales/en/${file}.json`, 'utf8'));
    const ofSdJwt = Object.entries(read('sd-jwt')).filter(([key]) => key.startsWith('kind_'));
    const names = { ...read('kinds'), ...Object.fromEntries(ofSdJwt) };
    const kinds: Record<Kind, true> = {
      access_token: true,
      id_token: true,
      refresh_token: true,
      dpop_proof: true,
      logout_token: true,
      client_assertion: true,
      assertion: true,
      security_event: true,
      userinfo: true,
      key_binding: true,
      credential: true,
      session: true,
      encrypted: true,
      token: true,
    };
    expect(Object.keys(names).toSorted()).toEqual(
      Object.keys(kinds)
        .map((kind) => `kind_${kind}`)
        .toSorted(),
    );
  });
});
