/** Policies and tokens of any kind, for properties. */
import fc from 'fast-check';
import { isPolicyOrigin } from '../../../src/core/judge/parse-policy.ts';
import type { ClaimRule, Policy } from '../../../src/core/judge/policy.ts';
import type { JudgedToken } from '../../../src/core/judge/policy-token.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { compact } from '../../fixtures/tokens.ts';

const NAMES = ['iss', 'aud', 'scope', 'roles', 'realm_access.roles', '__proto__', 'constructor', 'a.b.c', 'toString'];
const entry = fc.oneof(
  fc.constantFrom(...NAMES, 'HS256', 'none', 'x*y', '*'),
  fc.string({ minLength: 1, maxLength: 30 }),
);
const list = fc.array(entry, { maxLength: 4 });

const rule: fc.Arbitrary<ClaimRule> = fc.oneof(
  fc.record({ claim: entry, test: fc.constant('present' as const), values: fc.constant([]) }),
  fc.record({
    claim: entry,
    test: fc.constantFrom('equals' as const, 'contains' as const, 'matches' as const),
    values: fc.tuple(entry),
  }),
  fc.record({
    claim: entry,
    test: fc.constant('one_of' as const),
    values: fc.array(entry, { minLength: 1, maxLength: 3 }),
  }),
);

export const anyPolicy: fc.Arbitrary<Policy> = fc.record(
  {
    origin: fc.oneof(
      fc.constant('*'),
      fc
        .webUrl()
        .map((url) => new URL(url).origin)
        .filter(isPolicyOrigin),
    ),
    algorithms: list,
    issuers: list,
    audiences: list,
    types: list,
    leeway: fc.integer({ min: 0, max: 3600 }),
    maxAge: fc.integer({ min: 0, max: 100_000 }),
    claims: fc.array(rule, { maxLength: 4 }),
    scopes: list,
    roles: list,
    denied: list,
  },
  {
    requiredKeys: [
      ...([
        'origin',
        'algorithms',
        'issuers',
        'audiences',
        'types',
        'leeway',
        'claims',
        'scopes',
        'roles',
        'denied',
      ] as const),
    ],
  },
);

const claims = fc.dictionary(
  fc.oneof(
    fc.constantFrom(...NAMES, 'exp', 'nbf', 'iat', 'jti', 'scp', 'resource_access', 'realm_access'),
    fc.string(),
  ),
  fc.oneof(fc.jsonValue(), fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }), entry, list),
  { maxKeys: 8 },
);

const text = fc.oneof(
  fc.string(),
  fc
    .tuple(fc.constantFrom('HS256', 'none', 'RS256'), claims)
    .map(([alg, payload]) => compact({ alg }, payload, 'c2ln')),
  fc.tuple(fc.jsonValue(), fc.jsonValue()).map(([header, payload]) => compact(header, payload)),
);

export const anyToken: fc.Arbitrary<JudgedToken> = fc
  .record({
    text,
    state: fc.constantFrom('verified', 'mismatch', 'no_key', 'unsecured', 'malformed', undefined),
    sealed: fc.boolean(),
  })
  .map(({ text, state, sealed }) => {
    const decoded = decode(text);
    return {
      decoded,
      claims: decoded,
      ...(state && { signature: { state, reason: 'ok' as const } }),
      ...(sealed && { sealed: true as const }),
    };
  });
