import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeRecord } from '../../../src/core/capture/records.ts';
import { checkHashes, type IdTokenUse } from '../../../src/core/judge/oidc.ts';
import { loginsIn } from '../../../src/core/judge/oidc-logins.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { exchangeOf } from '../../fixtures/exchange.ts';
import { CLAIMS, compact, signedToken } from '../../fixtures/tokens.ts';

const STATE = 'a state of its own';
const REDIRECT = 'https://app.test/cb';

const half = (text: string, hash = 'sha256') => {
  const digest = createHash(hash).update(text).digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
};
const exchange = (id: string, change: Partial<ExchangeRecord> = {}) =>
  exchangeOf({ id, url: 'https://login.test/interaction', start: Number(id) * 1000, ...change });
const request = (
  id: string,
  parameters: Readonly<Record<string, string>> = {},
  change: Partial<ExchangeRecord> = {},
) => {
  const query = new URLSearchParams({
    client_id: 'spa',
    response_type: 'id_token token',
    redirect_uri: REDIRECT,
    state: STATE,
    nonce: 'n-1',
    ...parameters,
  });
  for (const [name, value] of Object.entries(parameters)) if (value === '') query.delete(name);
  return exchange(id, { url: `https://login.test/auth?${query}`, ...change });
};
const answer = (parameters: Readonly<Record<string, string>>, mark = '#') =>
  `${REDIRECT}${mark}${new URLSearchParams({ state: STATE, ...parameters })}`;
const response = (id: string, parameters: Readonly<Record<string, string>>) =>
  exchange(id, { location: answer(parameters) });

const idToken = (claims: object = {}, header: object = { alg: 'RS256' }, signature = 's'.repeat(342)) =>
  compact(header, { ...CLAIMS, aud: 'spa', nonce: 'n-1', ...claims }, signature);
const statesOf = async (use: IdTokenUse) => (await checkHashes(use)).map(({ name, state }) => `${name} ${state}`);
const check = (token: string, exchanges: readonly ExchangeRecord[], more: Partial<IdTokenUse> = {}) =>
  statesOf({ token: decode(token), logins: loginsIn(exchanges), ...more });

describe('hashes', () => {
  it.each([
    ['HS256', 'sha256'],
    ['RS384', 'sha384'],
    ['PS512', 'sha512'],
    ['ES256', 'sha256'],
    ['ES384', 'sha384'],
    ['ES512', 'sha512'],
    ['EdDSA', 'sha512'],
    ['Ed25519', 'sha512'],
  ])('of a token signed with %s are the left half of %s', async (alg, hash) => {
    const values = { access_token: 'opaque~access-token', code: 'the code', state: STATE };
    const payload = {
      ...CLAIMS,
      at_hash: half(values.access_token, hash),
      c_hash: half(values.code, hash),
      s_hash: half(STATE, hash),
    };
    const token = await signedToken(alg, { payload });
    const login = response('2', { id_token: token, ...values });
    expect(await check(token, [login])).toEqual(['at_hash ok', 'c_hash ok', 's_hash ok']);
  });

  it('for any values agree, and with one changed disagree in that alone', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1 }).map((one) => one.toWellFormed());
    await fc.assert(
      fc.asyncProperty(
        fc.record({ access_token: text, code: text, state: text }),
        fc.constantFrom(['access_token', 'at_hash'], ['code', 'c_hash'], ['state', 's_hash']),
        fc.constantFrom('#', '?', '#/route?'),
        async (values, [changed = '', claim = ''], mark) => {
          const hashes = { at_hash: half(values.access_token), c_hash: half(values.code), s_hash: half(values.state) };
          const token = idToken({ ...hashes, nonce: undefined });
          const seen = (given: Readonly<Record<string, string>>) =>
            check(token, [exchange('2', { location: answer({ id_token: token, ...given }, mark) })]);
          expect(await seen(values)).toEqual(['at_hash ok', 'c_hash ok', 's_hash ok']);
          const other = Object.entries({ ...values }).map(([name, value]) => [
            name,
            name === changed ? `${value}x` : value,
          ]);
          expect((await seen(Object.fromEntries(other))).filter((one) => !one.endsWith('ok'))).toEqual([
            `${claim} mismatch`,
          ]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are wanted in a token that came by redirect with what they are of, and nowhere else', async () => {
    const token = idToken({ nonce: undefined });
    expect(await check(token, [response('2', { id_token: token, access_token: 'a', code: 'c' })])).toEqual([
      'at_hash missing',
      'c_hash missing',
    ]);
    expect(await check(token, [response('2', { id_token: token })])).toEqual([]);
    expect(await check(token, [response('2', { access_token: 'a', code: 'c' })])).toEqual([]);
    expect(await check(token, [], { beside: ['a'], elsewhere: ['b'] })).toEqual([]);
  });

  it('of a token from elsewhere can agree, and no more', async () => {
    const token = idToken({ at_hash: half('mine'), c_hash: half('my code'), nonce: undefined });
    expect(await check(token, [])).toEqual(['at_hash unknown', 'c_hash unknown']);
    expect(await check(token, [response('2', { code: 'other' })], { elsewhere: ['other'] })).toEqual([
      'at_hash unknown',
      'c_hash unknown',
    ]);
    expect(await check(token, [response('2', { code: 'my code' })], { elsewhere: ['other', 'mine'] })).toEqual([
      'at_hash ok',
      'c_hash ok',
    ]);
  });

  it('beside the token agree, or disagree where there is but one', async () => {
    const token = idToken({ at_hash: half('mine'), nonce: undefined });
    expect(await check(token, [], { beside: ['other', 'mine'] })).toEqual(['at_hash ok']);
    expect(await check(token, [], { beside: ['other'] })).toEqual(['at_hash mismatch']);
    expect(await check(token, [], { beside: ['other', 'another'] })).toEqual(['at_hash unknown']);
    expect(await check(token, [], { beside: ['other'], elsewhere: ['mine'] })).toEqual(['at_hash ok']);
  });

  it('are judged by what came in the same address, whatever agrees elsewhere', async () => {
    const token = idToken({ at_hash: half('mine'), nonce: undefined });
    const login = [response('2', { id_token: token, access_token: 'put in its place' })];
    const [checked] = await checkHashes({ token: decode(token), logins: loginsIn(login), elsewhere: ['mine'] });
    expect(checked).toEqual({
      name: 'at_hash',
      state: 'mismatch',
      found: half('mine'),
      expected: half('put in its place'),
    });
  });

  it.each([
    ['none', 'none', ''],
    ['Ed448', 'Ed448', 's'.repeat(152)],
    ['EdDSA with Ed448', 'EdDSA', 's'.repeat(152)],
    ['ML-DSA', 'ML-DSA-44', 's'.repeat(3227)],
    ['an unknown one', 'XX', 's'],
    ['no algorithm', undefined, 's'],
  ])('that no hash is defined for, or none here, are not known: %s', async (_, alg, signature) => {
    const token = idToken({ at_hash: half('mine'), nonce: undefined }, { alg }, signature);
    expect(await check(token, [response('2', { id_token: token, access_token: 'mine' })])).toEqual(['at_hash unknown']);
  });

  it('of an encrypted token are found by what travelled', async () => {
    const inner = decode(idToken({ at_hash: half('mine'), nonce: undefined }));
    const logins = loginsIn([response('2', { id_token: 'the.whole..j.we', access_token: 'other' })]);
    expect(await statesOf({ token: inner, logins })).toEqual(['at_hash unknown']);
    expect(await statesOf({ token: inner, logins, sentAs: 'the.whole..j.we' })).toEqual(['at_hash mismatch']);
  });
});

describe('nonce', () => {
  const token = idToken();
  const came = response('2', { id_token: token });

  it('agrees with the request of the same state, or with one that was answered at once', async () => {
    expect(await check(token, [request('1'), came])).toEqual(['oidc_nonce ok']);
    const atOnce = request('1', { state: '' }, { location: `${REDIRECT}#id_token=${token}` });
    expect(await check(token, [atOnce])).toEqual(['oidc_nonce ok']);
  });

  it('differs, or is missing, where the login is surely the same', async () => {
    const [differs] = await checkHashes({
      token: decode(token),
      logins: loginsIn([request('1', { nonce: 'n-2' }), came]),
    });
    expect(differs).toEqual({ name: 'oidc_nonce', state: 'mismatch', found: 'n-1', expected: 'n-2' });
    expect(await check(token, [request('1', { nonce: '' }), came])).toEqual(['oidc_nonce mismatch']);
    const atOnce = request('1', { nonce: 'n-2', state: '' }, { location: `${REDIRECT}#id_token=${token}` });
    expect(await check(token, [atOnce])).toEqual(['oidc_nonce mismatch']);
    const without = idToken({ nonce: undefined });
    expect(await check(without, [request('1'), response('2', { id_token: without })])).toEqual(['oidc_nonce missing']);
    expect(await check(without, [request('1', { nonce: '' }), response('2', { id_token: without })])).toEqual([]);
  });

  it.each([
    ['the state is that of all logins', [request('1', { nonce: 'n-2', state: 'xyz' }), answeredWith('xyz')]],
    ['another login has the same state', [request('1', { nonce: 'n-2' }), came, response('3', { id_token: 'o.t.h' })]],
    ['two requests have it', [request('1', { nonce: 'n-2' }), request('1', { nonce: 'n-3' }), came]],
    ['the request came later', [came, request('3', { nonce: 'n-2' })]],
    [
      'there is no state',
      [request('1', { nonce: 'n-2', state: '' }), exchange('2', { location: `/cb#id_token=${token}` })],
    ],
    ['the state is another', [request('1', { nonce: 'n-2', state: 'of another login' }), came]],
    ['the request is an object', [request('1', { nonce: '', request: 'e30.e30.' }), came]],
    ['the request was pushed before', [request('1', { nonce: '', request_uri: 'urn:x' }), came]],
    ['nothing was seen', []],
  ])('is not known where %s', async (_, exchanges) => {
    expect(await check(token, exchanges)).toEqual(['oidc_nonce unknown']);
  });

  it('agrees with a request of the same client and target, where no state tells', async () => {
    const stateless = exchange('2', { location: `${REDIRECT}#id_token=${token}` });
    expect(await check(token, [request('1'), stateless])).toEqual(['oidc_nonce ok']);
    expect(await check(token, [request('1', { redirect_uri: `${REDIRECT}?a=1` }), stateless])).toEqual([
      'oidc_nonce ok',
    ]);
    expect(await check(token, [request('1', { redirect_uri: 'https://b.test/' }), stateless])).toEqual([
      'oidc_nonce unknown',
    ]);
    expect(await check(token, [request('1', { client_id: 'other' }), stateless])).toEqual(['oidc_nonce unknown']);
    // A token out of the body of a response: no address tells where it was sent.
    expect(await check(idToken({ aud: ['api', 'spa'] }), [request('1')])).toEqual(['oidc_nonce ok']);
  });
});

/** An answer with the token of all and this state. */
function answeredWith(state: string): ExchangeRecord {
  return response('2', { id_token: idToken(), state });
}

describe('hostile tokens and logs', () => {
  it('never reject', async () => {
    await fc.assert(
      fc.asyncProperty(fc.object(), fc.object(), fc.webUrl(), fc.string(), async (header, payload, url, location) => {
        const token = compact(header, { ...payload, at_hash: payload, nonce: payload }, 'x');
        const given = [exchange('1', { url: `${url}?id_token=${token}&code=x`, location })];
        expect(await check(token, given)).toContain('at_hash unknown');
      }),
    );
    expect(await checkHashes({ token: decode('no token'), logins: loginsIn([]) })).toEqual([]);
  });

  it('of thousands of answers hash a few', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => response(`${index}`, { code: `code-${index}` }));
    const token = idToken({ c_hash: half('code-4999'), nonce: undefined });
    const begun = performance.now();
    expect(await check(token, many)).toEqual(['c_hash ok']);
    expect(await check(idToken({ c_hash: half('code-0'), nonce: undefined }), many)).toEqual(['c_hash unknown']);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
