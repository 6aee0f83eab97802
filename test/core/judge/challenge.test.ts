import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Challenge, MAX_CHALLENGE, MAX_CHALLENGES, parseChallenges } from '../../../src/core/judge/challenge.ts';
import { processorTime } from '../../fixtures/processor-time.ts';

const plain = (challenges: readonly Challenge[]) =>
  challenges.map(({ scheme, token68, parameters, problem }) => [
    scheme,
    token68 ?? Object.fromEntries(parameters),
    ...(problem ? [`${problem.code} ${problem.value}:${problem.offset}`] : []),
  ]);
const read = (...values: readonly string[]) => plain(parseChallenges(values));

describe('by the grammar of RFC 9110', () => {
  it.each<[string, readonly unknown[]]>([
    ['Bearer', [['Bearer', {}]]],
    ['', []],
    [' , ,\t,', []],
    ['Bearer realm="a", error=invalid_token', [['Bearer', { realm: 'a', error: 'invalid_token' }]]],
    ['bearer REALM = "a" ,\tError\t=x', [['bearer', { realm: 'a', error: 'x' }]]],
    [',Bearer ,, realm="a",,error="b",', [['Bearer', { realm: 'a', error: 'b' }]]],
    ['Bearer realm="say \\"hi\\", \\\\ you"', [['Bearer', { realm: 'say "hi", \\ you' }]]],
    ['Bearer realm=""', [['Bearer', { realm: '' }]]],
    [
      'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""',
      [
        ['Basic', { realm: 'simple' }],
        ['Newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }],
      ],
    ],
    ['Bearer realm="Basic realm=\\"b\\", Digest"', [['Bearer', { realm: 'Basic realm="b", Digest' }]]],
    [
      'Negotiate, NTLM',
      [
        ['Negotiate', {}],
        ['NTLM', {}],
      ],
    ],
    ['Negotiate YIIJvw+/x-._~==', [['Negotiate', 'YIIJvw+/x-._~==']]],
    [
      'NTLM TlRMTVNTUAAC=, Basic realm=x',
      [
        ['NTLM', 'TlRMTVNTUAAC='],
        ['Basic', { realm: 'x' }],
      ],
    ],
    ['DPoP algs="ES256 PS256", error="use_dpop_nonce"', [['DPoP', { algs: 'ES256 PS256', error: 'use_dpop_nonce' }]]],
    // An empty scheme before the comma, as some write it.
    ['Bearer, error="invalid_token"', [['Bearer', { error: 'invalid_token' }]]],
  ])('%s', (value, expected) => {
    expect(read(value)).toEqual(expected);
  });

  it('reads several headers in order', () => {
    expect(read('Bearer error="x"', 'DPoP algs="ES256"')).toEqual([
      ['Bearer', { error: 'x' }],
      ['DPoP', { algs: 'ES256' }],
    ]);
  });

  it('keeps names that objects have', () => {
    const [challenge] = parseChallenges(['Bearer __proto__="a", constructor=b, realm=c']);
    expect([...(challenge?.parameters ?? [])]).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['realm', 'c'],
    ]);
  });
});

describe('broken, what could be read and where it breaks', () => {
  it.each<[string, readonly unknown[]]>([
    ['Bearer realm="a", realm="b", error=c', [['Bearer', { realm: 'a', error: 'c' }, 'parameter_twice 0:18']]],
    [
      'Bearer error_description="no end, really',
      [['Bearer', { error_description: 'no end, really' }, 'quote_open 0:25']],
    ],
    ['Bearer error_description="ends in \\', [['Bearer', { error_description: 'ends in ' }, 'quote_open 0:25']]],
    ['realm="a"', [['', { realm: 'a' }, 'scheme_missing 0:0']]],
    ['Bearer error=x, realm=, scope=y', [['Bearer', { error: 'x', realm: '', scope: 'y' }, 'character 0:22']]],
    ['Bearer error="x" (really), realm=a', [['Bearer', { error: 'x', realm: 'a' }, 'character 0:17']]],
    ['Bearer error="the "aud" is wrong", realm=a', [['Bearer', { error: 'the ', realm: 'a' }, 'character 0:19']]],
    ['"Bearer', [['', {}, 'character 0:0']]],
  ])('%s', (value, expected) => {
    expect(read(value)).toEqual(expected);
  });

  it('says in which header', () => {
    expect(read('Bearer', 'Basic realm="x')[1]).toEqual(['Basic', { realm: 'x' }, 'quote_open 1:12']);
  });

  it('stops at its bounds', () => {
    const long = `Bearer error="x", error_description="${'y'.repeat(MAX_CHALLENGE)}", scope="z"`;
    const [one] = parseChallenges([long]);
    expect(one?.parameters.get('error')).toBe('x');
    expect(one?.parameters.get('error_description')?.length).toBeLessThan(MAX_CHALLENGE);
    expect(one?.problem?.code).toBe('quote_open');
    expect(parseChallenges([`Bearer a="b"${' '.repeat(MAX_CHALLENGE)}`])[0]?.problem?.code).toBe('too_long');
    expect(parseChallenges(Array.from({ length: 200 }, () => 'A, B, C'))).toHaveLength(MAX_CHALLENGES);
    const many = Array.from({ length: 500 }, (_, index) => `p${index}=v`).join(',');
    expect(parseChallenges([`Bearer ${many}`])[0]?.parameters.size).toBe(MAX_CHALLENGES);
  });
});

/** As the servers send them, by their documentation, their source or the issues of their users. */
describe('of real servers', () => {
  it.each<[string, string, readonly unknown[]]>([
    [
      'Spring Security',
      'Bearer error="invalid_token", error_description="An error occurred while attempting to decode the Jwt: Jwt expired at 2026-11-21T14:02:11Z", error_uri="https://tools.ietf.org/html/rfc6750#section-3.1"',
      [
        [
          'Bearer',
          {
            error: 'invalid_token',
            error_description:
              'An error occurred while attempting to decode the Jwt: Jwt expired at 2026-11-21T14:02:11Z',
            error_uri: 'https://tools.ietf.org/html/rfc6750#section-3.1',
          },
        ],
      ],
    ],
    [
      'ASP.NET Core',
      `Bearer error="invalid_token", error_description="The audience 'api://a' is invalid"`,
      [['Bearer', { error: 'invalid_token', error_description: "The audience 'api://a' is invalid" }]],
    ],
    [
      'express-oauth2-jwt-bearer',
      'Bearer realm="api", error="insufficient_scope", error_description="Insufficient Scope", scope="orders:read orders:write"',
      [
        [
          'Bearer',
          {
            realm: 'api',
            error: 'insufficient_scope',
            error_description: 'Insufficient Scope',
            scope: 'orders:read orders:write',
          },
        ],
      ],
    ],
    [
      'Keycloak',
      'Bearer realm="master", error="invalid_token", error_description="Token verification failed"',
      [['Bearer', { realm: 'master', error: 'invalid_token', error_description: 'Token verification failed' }]],
    ],
    [
      'AWS API Gateway, without commas',
      'Bearer scope="" error="invalid_token" error_description="the token does not have a valid audience"',
      [
        [
          'Bearer',
          { scope: '', error: 'invalid_token', error_description: 'the token does not have a valid audience' },
          'comma_missing 0:16',
        ],
      ],
    ],
    [
      'Kong 3.9, without commas',
      'Bearer realm="service" error="invalid_token"',
      [['Bearer', { realm: 'service', error: 'invalid_token' }, 'comma_missing 0:23']],
    ],
    [
      'Envoy',
      'Bearer realm="http://app.test:7070/orders", error="invalid_token"',
      [['Bearer', { realm: 'http://app.test:7070/orders', error: 'invalid_token' }]],
    ],
    [
      'nginx',
      'Bearer realm="closed site",error="invalid_token"',
      [['Bearer', { realm: 'closed site', error: 'invalid_token' }]],
    ],
    ['GitHub', 'Basic realm="GitHub"', [['Basic', { realm: 'GitHub' }]]],
    [
      'Microsoft Graph, a claims challenge',
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ=="',
      [
        [
          'Bearer',
          {
            realm: '',
            authorization_uri: 'https://login.microsoftonline.com/common/oauth2/authorize',
            error: 'insufficient_claims',
            claims: 'eyJhY2Nlc3NfdG9rZW4iOnt9fQ==',
          },
        ],
      ],
    ],
    [
      'GitLab, for Docker',
      'Bearer realm="https://gitlab.com/jwt/auth",service="container_registry",scope="registry:catalog:*",error="insufficient_scope"',
      [
        [
          'Bearer',
          {
            realm: 'https://gitlab.com/jwt/auth',
            service: 'container_registry',
            scope: 'registry:catalog:*',
            error: 'insufficient_scope',
          },
        ],
      ],
    ],
    [
      'MCP servers, RFC 9728',
      'Bearer resource_metadata="https://api.test/.well-known/oauth-protected-resource"',
      [['Bearer', { resource_metadata: 'https://api.test/.well-known/oauth-protected-resource' }]],
    ],
    [
      'RFC 9470',
      'Bearer error="insufficient_user_authentication", error_description="A different authentication level is required", acr_values="myACR", max_age="5"',
      [
        [
          'Bearer',
          {
            error: 'insufficient_user_authentication',
            error_description: 'A different authentication level is required',
            acr_values: 'myACR',
            max_age: '5',
          },
        ],
      ],
    ],
  ])('%s', (_, value, expected) => {
    expect(read(value)).toEqual(expected);
  });
});

interface Written {
  readonly scheme: string;
  readonly token68: string | undefined;
  readonly parameters: readonly (readonly [string, string])[];
}

describe('for any text', () => {
  const token = fc.stringMatching(/^[!#$%&'*+.^_`|~\w-]{1,12}$/);
  const text = fc.string({ maxLength: 20 });
  const written: fc.Arbitrary<Written> = fc.record({
    scheme: token,
    token68: fc.option(fc.stringMatching(/^[\w.~+/-]{1,12}={0,2}$/), { nil: undefined }),
    parameters: fc.uniqueArray(fc.tuple(token, text), { selector: ([name]) => name.toLowerCase(), maxLength: 5 }),
  });

  it('what is written is read back', () => {
    const write = ({ scheme, token68, parameters }: Written, gap: string): string => {
      if (token68 !== undefined) return `${scheme} ${token68}`;
      const members = parameters.map(([name, value], index) =>
        index % 2 === 0 || !/^[!#$%&'*+.^_`|~\w-]+$/.test(value)
          ? `${name}${gap}=${gap}"${value.replaceAll(/["\\]/g, '\\$&')}"`
          : `${name}=${value}`,
      );
      return members.length === 0 ? scheme : `${scheme} ${members.join(`${gap},${gap}`)}`;
    };
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 4 }), fc.constantFrom('', ' ', '\t '), (all, gap) => {
        const challenges = parseChallenges([all.map((one) => write(one, gap)).join(', ')]);
        expect(plain(challenges)).toEqual(
          all.map(({ scheme, token68, parameters }) => [
            scheme,
            token68 ?? Object.fromEntries(parameters.map(([name, value]) => [name.toLowerCase(), value])),
          ]),
        );
      }),
    );
  });

  it('nothing is thrown, and problems stand in the text', () => {
    const any = fc.oneof(fc.string(), fc.stringMatching(/^[a-c=", \\]*$/), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(any), (values) => {
        for (const { problem } of parseChallenges(values)) {
          if (!problem) continue;
          expect(problem.offset).toBeLessThanOrEqual(values[problem.value]?.length ?? -1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each(['error_description="', 'a b ', 'a=', '"\\', ' = ', 'a="b" ', 'a===, '])(
    '%s, over and over, takes no time',
    (part) => {
      const flood = Array.from({ length: 50 }, () => part.repeat(100_000));
      expect(processorTime(() => parseChallenges(flood))).toBeLessThan(500);
    },
  );
});
