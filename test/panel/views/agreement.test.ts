// @vitest-environment happy-dom
import { createHash } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { act } from 'preact/test-utils';
import { describe, expect, test } from 'vitest';
import type { CaptureRecord, Place } from '../../../src/core/capture/records.ts';
import { NOW } from '../../fixtures/fake-source.ts';
import { given, pairFor, publicJwk } from '../../fixtures/keys.ts';
import { CLAIMS, hmacToken, SECRET, signedToken } from '../../fixtures/tokens.ts';
import { exchangeRecord, seen, sightingRecord, tokenRecord } from '../records.ts';
import { all, named, open, select, text, texts, the, until } from '../screen.ts';

const DPOP: Place = { kind: 'request_header', name: 'dpop' };
const BOUND: Place = { kind: 'request_header', name: 'authorization', scheme: 'DPoP' };
const URL_ME = 'https://api.test/me';

const jwk = publicJwk(pairFor('ES256'));
const hashed = (value: string) => createHash('sha256').update(value).digest('base64url');

const makeProof = (change: object = {}) =>
  signedToken('ES256', {
    header: { jwk, typ: 'dpop+jwt' },
    payload: { jti: `j${JSON.stringify(change)}`, htm: 'GET', htu: URL_ME, iat: NOW / 1000, ...change },
  });
const boundToken = async (jkt?: string) =>
  hmacToken(SECRET, {
    header: { typ: 'at+jwt' },
    payload: { ...CLAIMS, cnf: { jkt: jkt ?? (await calculateJwkThumbprint(jwk)) } },
  });

/** One request with a proof and the access token that it is for. */
const request = (id: string, proof: string, token: string, change: object = {}) => [
  exchangeRecord(id, { url: URL_ME, end: NOW + 5, ...change }),
  tokenRecord(proof),
  tokenRecord(token),
  sightingRecord(proof, id, { place: DPOP }),
  sightingRecord(token, id, { place: BOUND }),
];

const checks = (label: string) => texts(`[aria-label="Checks: ${label}"] li`);
const sentence = () => text('section.detail h1');

const showProof = async (records: readonly CaptureRecord[]) => {
  const screen = await open({ records });
  const row = await until(() => {
    const index = all('[role=option]').findIndex((one) => one.textContent?.includes('DPoP proof'));
    if (index < 0) throw new Error('no proof');
    return index;
  });
  await select(row);
  return screen;
};

describe('a DPoP proof', () => {
  test('that agrees with its request has all its checks, each with a word', async () => {
    const token = await boundToken();
    const proof = await makeProof({ ath: hashed(token) });
    await showProof(request('x1', proof, token, { status: 200 }));
    const list = await until(() => {
      const found = checks('GET api.test/me');
      expect(found.length).toBeGreaterThan(0);
      return found;
    });
    expect(list.every((line) => line.startsWith('✓ holds'))).toBe(true);
    expect(list.map((line) => line.replace(/^✓ holds/, '').split(')')[0])).toEqual([
      'Header (typ, alg, jwk',
      'Method (htm',
      'Address (htu',
      'Time (iat',
      'Identifier (jti',
      'Access token (ath',
      'Bound key (cnf.jkt',
    ]);
    await until(() => expect(sentence()).toMatch(/^DPoP proof, signed with the key that it carries/));
  });

  test('that does not is told by what disagrees, on top too, as text', async () => {
    const token = await boundToken('another key');
    const proof = await makeProof({ ath: hashed('another'), htm: 'POST', htu: 'https://api.test/<b>\u202e' });
    await showProof(request('x1', proof, token));
    await until(() =>
      expect(checks('GET api.test/me').filter((line) => line.startsWith('✕ mismatch'))).toHaveLength(4),
    );
    expect(checks('GET api.test/me').join()).toContain('Made for https://api.test/<b>\\u202E');
    await until(() =>
      expect(sentence()).toBe(
        'The DPoP proof disagrees with its request: Method (htm), Address (htu), Access token (ath), Bound key (cnf.jkt).',
      ),
    );
    expect(the('.say').className).toBe('say warn');
  });

  test('that was refused for it says so', async () => {
    const proof = await makeProof({ htm: 'POST' });
    await showProof([
      exchangeRecord('x1', { url: URL_ME, status: 401, end: NOW + 5 }),
      tokenRecord(proof),
      sightingRecord(proof, 'x1', { place: DPOP }),
    ]);
    await until(() =>
      expect(sentence()).toBe('Refused with 401, and the DPoP proof disagrees with its request: Method (htm).'),
    );
  });

  test('that was used twice is shown with the worst use first', async () => {
    const token = await boundToken();
    const proof = await makeProof({ ath: hashed(token) });
    await showProof([
      ...request('x1', proof, token, { start: NOW - 1000 }),
      exchangeRecord('x2', { url: URL_ME, method: 'DELETE' }),
      sightingRecord(proof, 'x2', { place: DPOP }),
      sightingRecord(token, 'x2', { place: BOUND }),
    ]);
    await until(() => expect(checks('DELETE api.test/me').length).toBeGreaterThan(0));
    expect(checks('DELETE api.test/me').join()).toMatch(/✕ mismatch\s*Method/);
    expect(checks('DELETE api.test/me').join()).toMatch(/was used before, for GET/);
    expect(text('section.detail')).toContain('In 1 request more everything agrees.');
  });
});

describe('an access token that is bound to a key', () => {
  const showToken = async (records: readonly CaptureRecord[]) => {
    await open({ records });
    const row = await until(() => {
      const index = all('[role=option]').findIndex((one) => one.textContent?.includes('Access token'));
      if (index < 0) throw new Error('no token');
      return index;
    });
    await select(row);
    await until(() => named('Checks: GET api.test/me'));
  };

  test('and sent with a proof of that key', async () => {
    const token = await boundToken();
    await showToken(request('x1', await makeProof({ ath: hashed(token) }), token));
    expect(checks('GET api.test/me')).toEqual([expect.stringMatching(/^✓ holds\s*Bound key \(cnf\.jkt\)/)]);
  });

  test('and sent with a proof of another key', async () => {
    const token = await boundToken('another');
    await showToken(request('x1', await makeProof({ ath: hashed(token) }), token));
    expect(checks('GET api.test/me')).toEqual([expect.stringMatching(/^✕ mismatch/)]);
  });

  test('and refused for what is wrong with the proof beside it', async () => {
    const token = await boundToken();
    const proof = await makeProof({ ath: hashed(token), htm: 'POST' });
    await showToken(request('x1', proof, token, { status: 401 }));
    expect(checks('GET api.test/me')).toEqual([
      expect.stringMatching(/^✓ holds\s*Bound key/),
      expect.stringMatching(/^✕ mismatch\s*Method \(htm\)/),
    ]);
    await until(() =>
      expect(sentence()).toBe('Refused with 401, and the DPoP proof disagrees with its request: Method (htm).'),
    );
  });

  test('and sent as a plain Bearer token', async () => {
    const token = await boundToken();
    await showToken([...seen(token, { url: URL_ME })]);
    expect(checks('GET api.test/me')).toEqual([
      expect.stringMatching(/^✕ missing.*sent without a DPoP proof, like a plain Bearer token/),
    ]);
  });
});

describe('an ID token', () => {
  const accessToken = hmacToken(SECRET, { header: { typ: 'at+jwt' }, payload: { ...CLAIMS, client_id: 'api' } });
  const half = (value: string) => createHash('sha256').update(value).digest().subarray(0, 16).toString('base64url');
  const login = (idToken: string) => {
    const location = `https://app.test/cb#access_token=${accessToken}&id_token=${idToken}&state=12345678`;
    const at = { kind: 'url_fragment', name: 'id_token', from: 'location' } as const;
    return [
      exchangeRecord('login', {
        url: `https://login.test/auth?response_type=id_token%20token&client_id=api&nonce=n1&state=12345678&redirect_uri=${encodeURIComponent('https://app.test/cb')}`,
        status: 302,
        location,
      }),
      tokenRecord(idToken),
      sightingRecord(idToken, 'login', { place: at }),
      tokenRecord(accessToken, NOW - 1),
      sightingRecord(accessToken, 'login', { place: { ...at, name: 'access_token' } }),
    ];
  };
  const show = async (payload: object) => {
    const idToken = hmacToken(SECRET, { payload: { ...CLAIMS, ...payload } });
    const screen = await open({ records: login(idToken) });
    await act(() => screen.fake.setKeys([given(SECRET)]));
    await select(0);
    await until(() => named('Checks: ID token and login'));
    return checks('ID token and login');
  };

  test('that belongs to its login', async () => {
    expect(await show({ at_hash: half(accessToken), nonce: 'n1' })).toEqual([
      expect.stringMatching(/^✓ holds\s*Access token \(at_hash\)/),
      expect.stringMatching(/^✓ holds\s*Login's nonce/),
    ]);
  });

  test('that belongs to another', async () => {
    expect(await show({ at_hash: half('another'), nonce: 'n2' })).toEqual([
      expect.stringMatching(/^✕ mismatch\s*Access token \(at_hash\)/),
      expect.stringMatching(/^✕ mismatch\s*Login's nonce/),
    ]);
  });
});

test('a token that need not agree with anything has no such list', async () => {
  await open({ records: seen(hmacToken(SECRET)) });
  await select(0);
  expect(all('.checks')).toEqual([]);
});
