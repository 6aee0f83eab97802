/** The programs, run: each takes the good token, and none of the others. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { KeySource } from '../../../../src/core/report/snippets/demands.ts';
import { type Library, snippetFor } from '../../../../src/core/report/snippets/snippet.ts';
import { decode } from '../../../../src/core/token/decode.ts';
import { pairFor, publicJwk } from '../../../fixtures/keys.ts';
import { runProgram } from '../../../fixtures/programs.ts';
import { findPython } from '../../../fixtures/python.ts';
import { hmacToken, SECRET, signedToken } from '../../../fixtures/tokens.ts';
import { type Listening, listen } from '../../../site/listen.ts';
import { CLAIMS, HEADER, publicSource, sampleToken, tokensFor } from './tokens.ts';

/** Programs start slowly where many tests run at once. */
vi.setConfig({ testTimeout: 120_000 });

const PYTHON = findPython();

let server: Listening;
beforeAll(async () => {
  server = await listen('127.0.0.1', 0);
  server.serve(({ url = '' }, response) => {
    const [alg = '', only] = url.slice(1).split('?');
    const jwk = publicJwk(pairFor(alg), only === 'nameless' ? {} : { kid: 'a1', use: 'sig' });
    // A set of two, so that a key must be chosen.
    const other = publicJwk(pairFor('ES384'), { kid: 'b2', use: 'sig' });
    response
      .setHeader('Content-Type', 'application/json')
      .end(JSON.stringify({ keys: only === undefined ? [other, jwk] : [jwk] }));
  });
});
afterAll(() => server.close());

const codeFor = (library: Library, token: string, key: KeySource, withToken = false): string => {
  const snippet = snippetFor(library, decode(token), key, withToken);
  if ('lack' in snippet) throw new Error(snippet.lack);
  return snippet.code;
};

const run = (library: Library, code: string, args: readonly string[], secret = SECRET) => {
  const env = { JWT_SECRET: secret };
  return library === 'pyjwt'
    ? runProgram(PYTHON, ['-', ...args], { input: code, env })
    : runProgram(process.execPath, ['--input-type=module', '-', ...args], { input: code, env });
};

/** The last line of the program, made to take any number of tokens. */
const LOOPS: Readonly<Record<string, readonly [string, string]>> = {
  node: [
    'console.log(await verify(process.argv[2]));',
    'for (const token of process.argv.slice(2)) console.log(await verify(token).then(({ sub }) => sub, () => "refused"));',
  ],
  python: [
    '    print(verify(sys.argv[1]))',
    [
      '    for token in sys.argv[1:]:',
      '        try:',
      '            print(verify(token)["sub"])',
      '        except jwt.PyJWTError:',
      '            print("refused")',
    ].join('\n'),
  ],
};

const judge = async (library: Library, alg: string, key: KeySource) => {
  const tokens = await tokensFor(alg);
  const [last, loop] = LOOPS[library === 'pyjwt' ? 'python' : 'node'] ?? ['', ''];
  const code = codeFor(library, await sampleToken(alg), key);
  expect(code).toContain(last);
  const { stdout, stderr } = await run(
    library,
    code.replace(last, () => loop),
    [...tokens.values()],
  );
  expect(stderr).toBe('');
  const said = stdout.trim().split('\n');
  return Object.fromEntries([...tokens.keys()].map((name, index) => [name, said[index]]));
};

const expected = async (alg: string) =>
  Object.fromEntries([...(await tokensFor(alg)).keys()].map((name) => [name, name === 'valid' ? 'alice' : 'refused']));

const RUNS: readonly (readonly [Library, string, KeySource['kind']])[] = [
  ...(['RS256', 'PS256', 'ES256', 'EdDSA'] as const).map((alg) => ['jose', alg, 'jwks'] as const),
  ...(['RS256', 'ES512', 'Ed25519'] as const).map((alg) => ['jose', alg, 'public'] as const),
  ['jose', 'HS256', 'secret'],
  ...(['RS256', 'PS384', 'ES256'] as const).map((alg) => ['jsonwebtoken', alg, 'seen'] as const),
  ...(['RS512', 'ES512'] as const).map((alg) => ['jsonwebtoken', alg, 'public'] as const),
  ['jsonwebtoken', 'HS512', 'secret'],
  ...(['RS256', 'ES256', 'EdDSA'] as const).map((alg) => ['pyjwt', alg, 'jwks'] as const),
  ...(['PS256', 'ES512', 'EdDSA'] as const).map((alg) => ['pyjwt', alg, 'public'] as const),
  ['pyjwt', 'HS256', 'secret'],
];

test.each(RUNS)('%s, %s, key: %s', async (library, alg, kind) => {
  const key: KeySource =
    kind === 'public'
      ? publicSource(alg)
      : kind === 'secret'
        ? { kind, reading: 'text' }
        : { kind: kind === 'seen' ? 'seen' : 'jwks', url: `${server.origin}/${alg}` };
  expect(await judge(library, alg, key)).toEqual(await expected(alg));
});

const OCTETS = Buffer.from(SECRET);
const READINGS = [
  ['text', SECRET],
  ['base64', OCTETS.toString('base64')],
  ['base64url', OCTETS.toString('base64url')],
  ['hex', OCTETS.toString('hex')],
] as const;

for (const library of ['jose', 'jsonwebtoken', 'pyjwt'] as const) {
  test(`${library} takes the token out of the code, and the secret as it was given`, async () => {
    const token = hmacToken(SECRET, { payload: CLAIMS });
    for (const [reading, given] of READINGS) {
      const code = codeFor(library, token, { kind: 'secret', reading }, true);
      expect(code).toContain(token);
      expect(code).not.toContain(given);
      const { code: end, stdout } = await run(library, code, [], given);
      expect([reading, end]).toEqual([reading, 0]);
      expect(stdout).toContain('alice');
    }
  });

  test(`${library} verifies nothing with an empty secret, or one of which nothing is left`, async () => {
    const token = hmacToken('', { payload: CLAIMS });
    for (const [reading, given] of [['text', ''] as const, ['base64', '='] as const]) {
      const code = codeFor(library, token, { kind: 'secret', reading }, true);
      const { code: end, stdout, stderr } = await run(library, code, [], given);
      expect(end).not.toBe(0);
      expect(stdout).toBe('');
      expect(stderr).toContain('JWT_SECRET');
    }
  });

  test(`${library} asks of a plain token no more than it has`, async () => {
    const token = hmacToken(SECRET, { payload: { sub: 'alice' } });
    const { code, stderr, stdout } = await run(library, codeFor(library, token, { kind: 'unknown' }), [token]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('alice');
  });

  test(`${library} takes a token whose claims are of other types than they should be`, async () => {
    const payload = { ...CLAIMS, sub: 7, jti: 8, aud: 9 };
    const token = hmacToken(SECRET, { payload });
    const { code, stderr, stdout } = await run(library, codeFor(library, token, { kind: 'unknown' }), [token]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/sub'?: 7/);
  });
}

test.each(['jose', 'jsonwebtoken', 'pyjwt'] as const)(
  '%s: a token that names no key has the one of the set',
  async (library) => {
    const { kid: _, ...header } = HEADER;
    const token = await signedToken('RS256', { header, payload: CLAIMS });
    for (const only of ['only', 'nameless']) {
      const key = { kind: 'jwks', url: `${server.origin}/RS256?${only}` } as const;
      const { code, stderr, stdout } = await run(library, codeFor(library, token, key), [token]);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(stdout).toContain('alice');
    }
  },
);
