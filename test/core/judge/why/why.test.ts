/** For each reason one request that has it, and several that nearly have it. */
import { describe, expect, it, test } from 'vitest';
import { compact } from '../../../fixtures/tokens.ts';
import {
  type Asked,
  accepted,
  ask,
  BEARER,
  cookie,
  DPOP,
  mismatch,
  raw,
  rejecting,
  said,
  T,
  token,
  told,
  VERIFIED,
} from './cases.ts';

const NOTHING = 'Refused with 401. Nothing wrong with the token is visible from here.';
const clock = { offset: -10_000, low: -10_200, high: -9800, samples: 9 };
const alive = () => token();

type Row = readonly [name: string, asked: Asked, sentence: string];
const check = (rows: readonly Row[]) =>
  it.each(rows)('%s', (_, asked, sentence) => {
    expect(said(asked)).toBe(sentence);
  });

describe('no token', () => {
  check([
    ['nothing at all', {}, 'Refused with 401: no token was sent.'],
    ['nothing, forbidden', { status: 403 }, 'Refused with 403: no token was sent.'],
    [
      'a preflight',
      { exchange: { method: 'OPTIONS' } },
      'Refused with 401: this is a CORS preflight, which never carries a token. The server must let OPTIONS pass.',
    ],
    [
      'a cookie where a Bearer token is asked for',
      { judged: [token({}, { place: cookie('sid') })], challenge: 'Bearer realm="api"' },
      'Refused with 401: the server asks for a Bearer token, and none was sent.',
    ],
    [
      'nearly: a cookie that is called wrong',
      { judged: [token({}, { place: cookie('sid') })], challenge: 'Bearer error="invalid_token"' },
      'Refused with 401. The server says: “invalid_token”. Nothing wrong with the token is visible from here.',
    ],
    [
      'nearly: a cookie, and another scheme is asked for',
      { judged: [token({}, { place: cookie('sid') })], challenge: 'Basic realm="api"' },
      NOTHING,
    ],
    [
      'nearly: a token in the query, as RFC 6750 allows',
      { judged: [token({}, { place: { kind: 'url_query', name: 'access_token' } })], challenge: 'Bearer realm="api"' },
      NOTHING,
    ],
    ['nearly: a Bearer token', { judged: [alive()], challenge: 'Bearer realm="api"' }, NOTHING],
  ]);

  check([
    [
      'an opaque credential',
      { exchange: { opaque: ['authorization Bearer'] } },
      'Refused with 401: a Bearer credential was sent that is no JWT, so nothing can be told of it.',
    ],
    [
      'an opaque credential beside a cookie that decides nothing',
      { exchange: { opaque: ['authorization'] }, sent: [token({ exp: 1 }, { place: cookie('sid') })] },
      'Refused with 401: a credential was sent that is no JWT, so nothing can be told of it.',
    ],
    ['nearly: an opaque cookie beside a token', { exchange: { opaque: ['x-api-key'] }, judged: [alive()] }, NOTHING],
  ]);
});

describe('malformed, and unsecured', () => {
  const MALFORMED = 'Refused with 401: the token is not well-formed.';
  check([
    ['cut in two', { judged: [raw('eyJhbGciOiJIUzI1NiJ9.e30')] }, MALFORMED],
    ['a payload that is no JSON', { judged: [raw(compact({ alg: 'HS256', typ: 'JWT' }, '{"a":', 'c2ln'))] }, MALFORMED],
    [
      'a signature that is malformed',
      { judged: [token({}, { signature: { state: 'malformed', reason: 'crit_malformed', detail: ['crit'] } })] },
      MALFORMED,
    ],
    ['malformed, and expired too', { judged: [raw(`${token({ exp: 1 }).decoded.compact}.x`)] }, MALFORMED],
    [
      'unsecured',
      { judged: [token({}, {}, { alg: 'None' })] },
      'Refused with 401: the token has no signature (alg none).',
    ],
    ['nearly: an algorithm that nobody knows', { judged: [token({}, {}, { alg: 'nonesuch' })] }, NOTHING],
    ['nearly: a claim twice', { judged: [raw(compact({ alg: 'HS256' }, '{"a":1,"a":2}', 'c2ln'))] }, NOTHING],
  ]);

  it('says where it breaks', () => {
    expect(told({ judged: [raw('eyJhbGciOiJIUzI1NiJ9.e30')] })[0]).toMatch(/2/);
    const signature = { state: 'malformed', reason: 'crit_malformed', detail: ['crit'] } as const;
    expect(told({ judged: [token({}, { signature })] })[0]).toMatch(/crit/);
    const padded = `${token().decoded.compact}=`;
    expect(told({ judged: [raw(padded, { signature: { state: 'malformed', reason: 'encoding' } })] })[0]).toMatch(/=/);
  });
});

describe('time', () => {
  const at = (exp: number, change: Asked = {}): Asked => ({ judged: [token({ exp: T + exp })], ...change });
  check([
    [
      "over by the server's clock",
      at(-50, { clock }),
      "Refused with 401: it had expired 40 s before the request left, by the server's clock.",
    ],
    [
      'over by the only clock there is',
      at(-50),
      "Refused with 401: it had expired 50 s before the request left, by this device's clock.",
    ],
    ['on the brink', at(-10, { clock }), 'Refused with 401, just as it expired.'],
    ['nearly: a server behind us', at(-5, { clock }), NOTHING],
    ['nearly: over only after the answer', at(2), NOTHING],
    ['nearly: nobody saw the request leave', at(-50, { exchange: { startUnknown: true } }), NOTHING],
    ['nearly: a time that is none', { judged: [token({ exp: 'soon' })] }, NOTHING],
    ['nearly: no end at all', { judged: [token({ exp: undefined })] }, NOTHING],
    [
      'too early',
      { judged: [token({ nbf: T + 5 })], clock },
      'Refused with 401: the request left 15 s before the token became valid.',
    ],
    ['nearly: perhaps too early', { judged: [token({ nbf: T - 10 })], clock }, NOTHING],
    ['nearly: early by iat alone', { judged: [token({ iat: T + 60 })] }, NOTHING],
  ]);

  it('tells whose clock it is, and how well it is known', () => {
    expect(told(at(-50))).toEqual(["The server told no time, so this device's clock was taken."]);
    expect(told(at(-500, { clock: { ...clock, low: -14_000, high: -6000 } }))).toEqual([
      "The server's clock is known to within 4 s.",
    ]);
  });

  it('says of a token in any other place than Authorization that the server may judge by something else', () => {
    const doubt = 'The token was not sent in Authorization: whether the server judges by it cannot be seen from here.';
    const judged = [token({ exp: T - 50 }, { place: cookie('consent') })];
    expect(told({ judged })).toContain(doubt);
    expect(told({ judged: [token({ exp: T - 50 }, { place: { ...BEARER, name: 'x-csrf-token' } })] })).toContain(doubt);
    expect(told({ judged, challenge: 'Bearer error="invalid_token"' })).not.toContain(doubt);
    expect(told(at(-50))).not.toContain(doubt);
    expect(told({ judged: [token({}, { place: cookie('consent') })] })).not.toContain(doubt);
  });

  it('calls uncertain what is uncertain, after all that is certain', () => {
    const signature = mismatch();
    const judged = [token({ exp: T - 10 }, { signature })];
    expect(said({ judged, clock })).toBe('Refused with 401: its signature does not match the key.');
    expect(ask({ judged: [token({ exp: T - 10 })], clock })?.checked).toEqual(['form']);
  });
});

describe('issuer and audience', () => {
  const elsewhere = { url: 'https://api.test/customers' };
  const before = [accepted(token({ jti: '1' })), accepted(token({ jti: '2', aud: ['api', 'more'] }))];
  check([
    [
      'another issuer than all that were accepted',
      { judged: [token({ iss: 'https://a' })], accepted: before },
      'Refused with 401: the token is from https://a, and this API takes tokens from https://login.test.',
    ],
    [
      'no issuer',
      { judged: [token({ iss: undefined })], accepted: before },
      'Refused with 401: the token names no issuer, and this API takes tokens from https://login.test.',
    ],
    [
      'another audience',
      { judged: [token({ aud: 'https://a' })], accepted: before },
      'Refused with 401: the token is for https://a, and this API takes tokens for api, more.',
    ],
    [
      'no audience',
      { judged: [token({ aud: undefined })], accepted: before },
      'Refused with 401: the token names no audience, and this API takes tokens for api, more.',
    ],
    [
      'an audience that one had, without the one that all had',
      { judged: [token({ aud: 'more' })], accepted: before },
      'Refused with 401: the token is for more; all tokens that this API took were for api.',
    ],
    [
      'another audience than elsewhere at this origin',
      { judged: [token({ aud: 'https://a' })], accepted: [accepted(token(), elsewhere)] },
      'Refused with 401: the token is for https://a; all tokens that this API took were for api.',
    ],
    [
      'another issuer than elsewhere at this origin',
      { judged: [token({ iss: 'https://a' })], accepted: [accepted(token(), elsewhere)] },
      'Refused with 401: the token is from https://a; all tokens that this API took were from https://login.test.',
    ],
    [
      'nearly: elsewhere several audiences are taken',
      {
        judged: [token({ aud: 'https://a' })],
        accepted: [accepted(token(), elsewhere), accepted(token({ aud: 'b' }), elsewhere)],
      },
      NOTHING,
    ],
    [
      'nearly: its audience is taken elsewhere, and another one here',
      {
        judged: [token({ aud: 'https://a' })],
        accepted: [...before, accepted(token({ aud: 'https://a' }), elsewhere)],
      },
      NOTHING,
    ],
    [
      'nearly: elsewhere is a GraphQL API, which answers 200 to everybody',
      {
        judged: [token({ aud: 'https://a' })],
        accepted: [accepted(token(), { url: 'https://api.test/graphql?op=a' })],
      },
      NOTHING,
    ],
    ['nearly: nothing was accepted', { judged: [token({ aud: 'https://a', iss: 'https://a' })] }, NOTHING],
    ['nearly: it shares one of several', { judged: [token({ aud: ['x', 'api'] })], accepted: before }, NOTHING],
    [
      'nearly: one that was accepted names none, so nobody asks for it',
      { judged: [token({ aud: 'https://a' })], accepted: [...before, accepted(token({ aud: undefined }))] },
      NOTHING,
    ],
    [
      'nearly: another kind of token was accepted',
      { judged: [token({ aud: 'https://a' })], accepted: [accepted(token({}, { kind: 'refresh_token' }))] },
      NOTHING,
    ],
    [
      'nearly: another scheme',
      { judged: [token({ aud: 'https://a' })], accepted: [accepted(token({}, { place: DPOP }))] },
      NOTHING,
    ],
    [
      'nearly: another place',
      { judged: [token({ aud: 'https://a' })], accepted: [accepted(token({}, { place: cookie('sid') }))] },
      NOTHING,
    ],
    [
      'nearly: what was accepted was not looked at',
      { judged: [token({ aud: 'https://a' })], accepted: [accepted(token({}, { signature: mismatch() }))] },
      NOTHING,
    ],
    [
      'by the policy',
      { judged: [alive()], decision: rejecting('audience', 'audience_fail', 'api', 'https://b') },
      "Refused with 401. Against this API's policy: it is for api; accepted: https://b.",
    ],
    [
      'nearly: the policy takes what nobody had before',
      {
        judged: [token({ aud: 'https://a' })],
        accepted: before,
        decision: {
          decision: 'accept',
          checks: [{ name: 'audience', state: 'pass', code: 'audience_pass', detail: ['https://a'] }],
        },
      },
      NOTHING,
    ],
    [
      'an ID token',
      {
        judged: [token({ at_hash: 'x' }, { kind: 'id_token' })],
        accepted: before,
      },
      'Refused with 401: it is an ID token, and this API took access tokens.',
    ],
    [
      'nearly: an ID token where ID tokens are taken too',
      { judged: [token({}, { kind: 'id_token' })], accepted: [...before, accepted(token({}, { kind: 'id_token' }))] },
      NOTHING,
    ],
  ]);

  it('gives the policy a code of its own', () => {
    const decision = rejecting('issuer', 'issuer_fail', 'a', 'b');
    expect(ask({ judged: [alive()], decision })?.code).toBe('wrong_issuer');
  });
});

describe('signature and key', () => {
  const unknown = { state: 'no_key', reason: 'no_key_with_kid', detail: ['a1', 'b2, c3'] } as const;
  check([
    [
      'a mismatch with the key of that name',
      { judged: [token({}, { signature: mismatch({ kid: 'a1' }) })] },
      'Refused with 401: its signature does not match the key a1.',
    ],
    [
      'a mismatch with a key without a name',
      { judged: [token({}, { signature: mismatch() })] },
      'Refused with 401: its signature does not match the key.',
    ],
    [
      "not in the issuer's set",
      { judged: [token({}, { signature: unknown })] },
      "Refused with 401: the issuer's set has no key a1; it has b2, c3.",
    ],
    ["nearly: not in somebody's set", { judged: [token({}, { signature: { ...unknown, elsewhere: true } })] }, NOTHING],
    [
      'nearly: no key at all',
      { judged: [token({}, { signature: { state: 'no_key', reason: 'no_key_given' } })] },
      NOTHING,
    ],
    [
      'nearly: it cannot be checked here',
      { judged: [token({}, { signature: { state: 'cannot_be_checked', reason: 'entra_nonce' } })] },
      NOTHING,
    ],
    ['nearly: verified', { judged: [token({}, { signature: VERIFIED })] }, NOTHING],
  ]);
});

describe('scope', () => {
  const need = (scope: string, error = ', error="insufficient_scope"') => `Bearer scope="${scope}"${error}`;
  const has = (scope: string, change: Asked = {}): Asked => ({ status: 403, judged: [token({ scope })], ...change });
  const before = [accepted(token({ scope: 'a b c' })), accepted(token({ scope: 'b c', jti: '2' }))];
  check([
    [
      'the server asks for more',
      has('orders:read', { challenge: need('orders:read orders:write') }),
      'Refused with 403: scope orders:write is missing; the token has orders:read.',
    ],
    [
      'the token has none',
      { status: 403, judged: [alive()], challenge: need('orders:write') },
      'Refused with 403: scope orders:write is missing; the token has none.',
    ],
    [
      'the server says so and not which',
      has('orders:read', { challenge: 'Bearer error="insufficient_scope"' }),
      "Refused with 403: the server says that the token's scope is not enough.",
    ],
    [
      'the server says so, and the token has it',
      has('orders:read', { challenge: need('orders:read') }),
      "Refused with 403: the server says that the token's scope is not enough.",
    ],
    [
      'the server took the token otherwise, expired or not',
      { judged: [token({ scope: 'a', exp: T - 50 })], status: 403, challenge: need('b') },
      'Refused with 403: scope b is missing; the token has a.',
    ],
    [
      'a sealed token',
      { status: 403, judged: [token({}, { sealed: true })], challenge: need('b') },
      'Refused with 403: scope b is asked for; what this token has cannot be read from here.',
    ],
    [
      'a challenge that only names it',
      has('a', { challenge: need('b', '') }),
      'Refused with 403: scope b is missing; the token has a.',
    ],
    [
      'tokens accepted for the same had it',
      has('a b', { accepted: before }),
      'Refused with 403: scope c is missing, which tokens accepted for the same request had.',
    ],
    [
      'by the policy',
      has('a', { decision: rejecting('scope', 'scope_fail', 'b', 'a') }),
      "Refused with 403. Against this API's policy: scope b is missing; it has a.",
    ],
    [
      'nearly: the scope stands there as Entra ID writes it',
      { status: 401, judged: [token({ scp: 'read' })], challenge: need('api://x/read', '') },
      NOTHING,
    ],
    ['nearly: a role grants it', { judged: [token({ scope: '', roles: ['b'] })], challenge: need('b', '') }, NOTHING],
    [
      'nearly: the server calls the token invalid',
      has('a', { status: 401, challenge: need('b', ', error="invalid_token"') }),
      'Refused with 401. The server says: “invalid_token”. Nothing wrong with the token is visible from here.',
    ],
    [
      'nearly: Docker names what its own tokens keep elsewhere',
      { judged: [alive()], challenge: need('repo:x:pull', '') },
      NOTHING,
    ],
    ['nearly: 401', has('a b', { status: 401, accepted: before }), NOTHING],
    [
      'nearly: accepted for another path',
      has('a', { status: 401, accepted: [accepted(token({ scope: 'b' }), { url: 'https://api.test/b' })] }),
      NOTHING,
    ],
  ]);
});

describe('what the server asks of the login', () => {
  const says = (parameters: string): Asked => ({ judged: [alive()], challenge: `Bearer ${parameters}` });
  const error = 'error="insufficient_user_authentication"';
  check([
    [
      'a class',
      says(`${error}, acr_values="mfa"`),
      'Refused with 401: the token holds, but the server asks for a login of the class mfa.',
    ],
    [
      'an age',
      says(`${error}, max_age="300"`),
      'Refused with 401: the token holds, but the server asks for a login no older than 5 min.',
    ],
    [
      'anything else',
      says(`${error}, max_age="soon"`),
      'Refused with 401: the token holds, but the server asks for a stronger or newer login.',
    ],
    [
      "Entra ID's claims challenge",
      says('error="insufficient_claims", claims="e30="'),
      'Refused with 401: the server asks for a new token with further claims.',
    ],
  ]);
});

describe('DPoP', () => {
  const bound = { cnf: { jkt: 'x' } };
  const ok = [{ name: 'htm', state: 'ok' }] as const;
  const bad = [...ok, { name: 'htu', state: 'mismatch' }, { name: 'ath', state: 'missing' }] as const;
  const PROOF = { kind: 'request_header', name: 'dpop' } as const;
  const proof = (checks: Asked['judged'] extends undefined ? never : typeof ok | typeof bad) =>
    token({}, { id: 'proof', place: PROOF, kind: 'dpop_proof', checks });
  const both = (checks: typeof ok | typeof bad): Asked => {
    const one = token(bound, { place: DPOP });
    return { judged: [one], sent: [one, proof(checks)] };
  };
  check([
    [
      'a bound token as Bearer',
      { judged: [token(bound)] },
      'Refused with 401: the token is bound to a key, and was sent as a plain Bearer token.',
    ],
    [
      'DPoP without a proof',
      { judged: [token(bound, { place: DPOP })] },
      'Refused with 401: no DPoP proof was sent with the token.',
    ],
    [
      'a proof of another request',
      both(bad),
      'Refused with 401, and the DPoP proof disagrees with its request: Address (htu), Access token (ath).',
    ],
    [
      'a proof that the server names',
      { judged: [proof(bad)], challenge: 'DPoP error="invalid_dpop_proof"' },
      'Refused with 401, and the DPoP proof disagrees with its request: Address (htu), Access token (ath).',
    ],
    [
      'a proof that the server names, and that looks right',
      { judged: [proof(ok)], challenge: 'DPoP error="invalid_dpop_proof"' },
      'Refused with 401: the server does not take the DPoP proof.',
    ],
    [
      'a nonce',
      { judged: [proof(ok)], challenge: 'DPoP error="use_dpop_nonce", error_description="x"' },
      'Answered with 401: the server asks for its nonce in the DPoP proof, which is a step of the protocol and no fault.',
    ],
    ['nearly: all in order', both(ok), NOTHING],
    ['nearly: bound to a certificate', { judged: [token({ cnf: { 'x5t#S256': 'x' } })] }, NOTHING],
    ['nearly: a bound token in a cookie', { judged: [token(bound, { place: cookie('at') })] }, NOTHING],
  ]);
});

describe('what accepted tokens had', () => {
  const tenant = [
    accepted(token({ tenant: 'acme', roles: ['user', 'admin'] })),
    accepted(token({ tenant: 'b', roles: ['admin'], jti: '2' })),
  ];
  const elsewhere = { url: 'https://api.test/elsewhere' };
  check([
    [
      'a claim',
      { judged: [token({ roles: ['admin'] })], accepted: tenant },
      'Refused with 401: it lacks the claim tenant, which the tokens had that this API accepted.',
    ],
    [
      'a role',
      { judged: [token({ tenant: 'c', roles: ['user'] })], status: 403, accepted: tenant },
      'Refused with 403: admin is missing in its roles; the tokens that this API accepted had it.',
    ],
    [
      'a role of Keycloak',
      {
        judged: [token({ realm_access: { roles: ['user'] } })],
        status: 403,
        accepted: [accepted(token({ realm_access: { roles: ['user', 'boss'] } }))],
      },
      'Refused with 403: boss is missing in its realm_access.roles; the tokens that this API accepted had it.',
    ],
    [
      'a claim of two tokens of other requests',
      {
        judged: [alive()],
        accepted: [accepted(token({ tenant: 'a' }), elsewhere), accepted(token({ tenant: 'b' }), elsewhere)],
      },
      'Refused with 401: it lacks the claim tenant, which the tokens had that this API accepted.',
    ],
    ['nearly: another value', { judged: [token({ tenant: 'x', roles: ['admin'] })], accepted: tenant }, NOTHING],
    [
      'nearly: only one had it',
      { judged: [token({ roles: ['admin'] })], accepted: [...tenant, accepted(token({ roles: ['admin'] }))] },
      NOTHING,
    ],
    [
      'nearly: one token of another request',
      { judged: [alive()], accepted: [accepted(token({ tenant: 'a' }), elsewhere)] },
      NOTHING,
    ],
    [
      'nearly: what each token has of its own, and what is personal',
      {
        judged: [alive()],
        accepted: [accepted(token({ jti: '1', nonce: 'n', sid: 's', auth_time: T, name: 'Bob', email: undefined }))],
      },
      NOTHING,
    ],
    ['nearly: the same token was accepted', { judged: [alive()], accepted: [...tenant, accepted(alive())] }, NOTHING],
  ]);
});

describe('the policy', () => {
  check([
    [
      'rejects for a reason of its own',
      { judged: [alive()], decision: rejecting('type', 'type_fail', 'JWT', 'at+jwt') },
      "Refused with 401. Against this API's policy: typ JWT is not accepted; accepted: at+jwt.",
    ],
    ['nearly: cannot tell', { judged: [alive()], decision: { decision: 'undecided', checks: [] } }, NOTHING],
  ]);
});

describe('nothing visible', () => {
  check([
    [
      "with the server's words",
      { judged: [alive()], challenge: 'Bearer error="invalid_token", error_description="revoked"' },
      'Refused with 401. The server says: “revoked”. Nothing wrong with the token is visible from here.',
    ],
    [
      'sealed',
      { judged: [token({ exp: 1 }, { sealed: true })] },
      'Refused with 401. The token is encrypted: its content is out of reach, and nothing wrong is visible from outside.',
    ],
    [
      'several, and any may be meant',
      { judged: [token({}, { place: cookie('a') }), token({ jti: '2' }, { place: cookie('b') })] },
      'Refused with 401. The request carried 2 tokens, and any of them may be meant.',
    ],
    [
      'several, one of them certain',
      { judged: [token({}, { place: cookie('a') }), token({ exp: T - 60 }, { place: cookie('b') })] },
      "Refused with 401: it had expired 1 min before the request left, by this device's clock.",
    ],
    [
      'several, one of which is for somebody else, which is not certain',
      {
        judged: [token({ aud: 'x' }, { place: cookie('a') }), token({ jti: '2' }, { place: cookie('b') })],
        accepted: [accepted(token({}, { place: cookie('a') }))],
      },
      'Refused with 401. The request carried 2 tokens, and any of them may be meant.',
    ],
  ]);

  it('tells of a time that cannot be read, and calls it no reason', () => {
    expect(told({ judged: [token({ exp: 'soon' })] })).toEqual([
      'exp is no readable time, and libraries differ in what they make of that.',
    ]);
    expect(told({ judged: [token({ iat: 'soon' })] })).toEqual([]);
  });

  it('lists what was looked at, and nothing else', () => {
    expect(ask({ judged: [token({ exp: undefined })] })?.checked).toEqual(['form']);
    expect(
      ask({
        judged: [token({ scope: 'a' }, { signature: VERIFIED })],
        status: 403,
        accepted: [accepted(token({ scope: 'a' }))],
        decision: { decision: 'accept', checks: [] },
      })?.checked,
    ).toEqual(['form', 'time', 'issuer', 'audience', 'signature', 'scope', 'claims', 'policy']);
    const own = { ...VERIFIED, key: { id: 'jwk', format: 'jwk', provenance: 'token' } } as const;
    expect(ask({ judged: [token({}, { signature: own })] })?.checked).toEqual(['form', 'time']);
    expect(ask({ judged: [token({ exp: 1 }, { sealed: true })] })?.checked).toEqual(['form']);
  });

  it('names the one of several that it is about', () => {
    const judged = [token({}, { place: cookie('a') }), token({ exp: T - 60 }, { place: cookie('b') })];
    expect(ask({ judged })?.token).toBe(judged[1]?.id);
    expect(told({ judged })).toContain('The request carried 2 tokens; this is about the one in b.');
  });
});

describe('taken, although', () => {
  const taken = (claims: object, change: Parameters<typeof token>[1] = {}, asked: Asked = {}): Asked => ({
    status: 200,
    judged: [token(claims, change)],
    ...asked,
  });
  check([
    [
      'expired',
      taken({ exp: T - 50 }, {}, { clock }),
      "Accepted with 200, although it had expired 40 s before the request left, by the server's clock.",
    ],
    [
      'not yet valid',
      taken({ nbf: T + 50 }),
      'Accepted with 200, although the request left 50 s before the token became valid.',
    ],
    [
      'unsecured',
      { status: 204, judged: [token({}, {}, { alg: 'none' })] },
      'Accepted with 204, although the token has no signature (alg none).',
    ],
    [
      'of another signature',
      taken({}, { signature: mismatch({ kid: 'a1' }) }),
      'Accepted with 200, although its signature does not match the key a1.',
    ],
    [
      'against the policy',
      taken({}, {}, { decision: rejecting('audience', 'audience_fail', 'api', 'b') }),
      "Accepted with 200, although it is against this API's policy: it is for api; accepted: b.",
    ],
  ]);

  test.each<[string, Asked]>([
    ['alive', taken({})],
    ['on the brink', taken({ exp: T })],
    ['a cookie that may not be looked at', taken({ exp: 1 }, { place: cookie('sid') })],
    ['one of several', { status: 200, judged: [token({ exp: 1 }), token({ jti: '2' })] }],
    ['nobody saw it leave', taken({ exp: 1 }, {}, { exchange: { startUnknown: true } })],
    ['of another signature than the key that came along', taken({}, { signature: mismatch({ provenance: 'token' }) })],
    ['redirected', { ...taken({ exp: 1 }), status: 302 }],
    ['a server error', { ...taken({ exp: 1 }), status: 500 }],
    ['never answered', taken({ exp: 1 }, {}, { exchange: { status: undefined } })],
    [
      'not well-formed, which a server may read all the same',
      { status: 200, judged: [raw('eyJhbGciOiJIUzI1NiJ9.e30')] },
    ],
  ])('nothing where it is %s', (_, asked) => {
    expect(ask(asked)).toBeUndefined();
  });

  it('tells of the leeway that servers grant', () => {
    expect(told(taken({ exp: T - 60 }))).toContain('Servers often grant some minutes at either end.');
    expect(told(taken({ exp: T - 600 }))).not.toContain('Servers often grant some minutes at either end.');
  });
});

describe('order of strength', () => {
  const before = [accepted(token({ tenant: 'a', scope: 'a' })), accepted(token({ tenant: 'b', scope: 'a', jti: '2' }))];
  /** Each row has all the defects of the rows below it too. */
  const worse = [
    ['unsecured', {}, { alg: 'none' }],
    ['expired', { exp: T - 50 }],
    ['wrong_issuer', { iss: 'x' }],
    ['wrong_audience', { aud: 'x' }],
    ['signature_mismatch', {}],
    ['missing_scope', { scope: '' }],
    ['missing_claim', {}],
  ] as const;
  it.each(worse.map(([code], index) => [code, index] as const))('%s comes before all that is weaker', (code, index) => {
    const below = worse.slice(index);
    const claims = Object.assign({}, ...below.map(([, change]) => change));
    const header = Object.assign({}, ...below.map((one) => one[2] ?? {}));
    const isSigned = below.some(([name]) => name === 'signature_mismatch');
    const judged = [token({ scope: 'a', ...claims }, isSigned ? { signature: mismatch() } : {}, header)];
    expect(ask({ judged, status: 403, accepted: before })?.code).toBe(code);
  });

  it("puts the server's own word before all of them, and quotes it", () => {
    const judged = [token({ exp: T - 50, iss: 'x' }, { signature: mismatch() })];
    const challenge = 'Bearer error="insufficient_scope", error_description="no"';
    expect(ask({ judged, challenge, accepted: before })?.code).toBe('missing_scope');
    expect(told({ judged, challenge })).toEqual(['The server says: “no”.']);
  });
});
