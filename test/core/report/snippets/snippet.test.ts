import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { demandsOf, type KeySource } from '../../../../src/core/report/snippets/demands.ts';
import { LIBRARY_CODES, type Library, snippetFor } from '../../../../src/core/report/snippets/snippet.ts';
import { decode } from '../../../../src/core/token/decode.ts';
import '../../../../src/core/token/json-serialization.ts';
import { ALGORITHMS } from '../../../../src/core/trust/algorithms.ts';
import { pairFor, publicJwk, publicPem } from '../../../fixtures/keys.ts';
import { hasProgram, runProgram } from '../../../fixtures/programs.ts';
import { compact, encodeSegment } from '../../../fixtures/tokens.ts';
import { hostile } from '../copy-as-arbitrary.ts';
import { AUDIENCES, CLAIMS, HEADER, ISSUER, publicSource } from './tokens.ts';

/** Programs start slowly where many tests run at once. */
vi.setConfig({ testTimeout: 120_000 });

const UNKNOWN: KeySource = { kind: 'unknown' };
const token = (alg: string, payload: unknown = CLAIMS, header: object = HEADER) =>
  decode(compact({ alg, ...header }, payload, 'c2ln'));
const codeOf = (library: Library, alg: string, key: KeySource = UNKNOWN, withToken = false) => {
  const snippet = snippetFor(library, token(alg), key, withToken);
  return 'lack' in snippet ? snippet.lack : snippet.code;
};

test('what is demanded is what the token says of itself', () => {
  expect(demandsOf(token('RS256'), UNKNOWN)).toEqual({
    alg: 'RS256',
    issuer: ISSUER,
    audiences: AUDIENCES,
    typ: 'at+jwt',
    expires: true,
    odd: [],
    hasKid: true,
    key: UNKNOWN,
  });
  expect(
    demandsOf(token('ES256', { iss: 7, aud: [1, 'a', 'a', ''], exp: 'x' }, { typ: 'JWT', kid: 1 }), UNKNOWN),
  ).toEqual({
    alg: 'ES256',
    audiences: ['a'],
    expires: false,
    odd: [],
    hasKid: false,
    key: UNKNOWN,
  });
  expect(demandsOf(token('ES256', { sub: 7, aud: { a: 'b' }, jti: null }), UNKNOWN)).toMatchObject({
    audiences: [],
    odd: ['sub', 'aud', 'jti'],
  });
});

test('HMAC has a secret for its key, and nothing else has', () => {
  const secret = { kind: 'secret', reading: 'hex' } as const;
  expect(demandsOf(token('HS256'), secret)).toMatchObject({ key: secret });
  expect(demandsOf(token('HS256'), publicSource('RS256'))).toMatchObject({ key: { kind: 'secret', reading: 'text' } });
  expect(demandsOf(token('RS256'), secret)).toMatchObject({ key: UNKNOWN });
});

test('what no library takes for a JWT is told', () => {
  const lackOf = (text: string) => demandsOf(decode(text), UNKNOWN);
  expect(lackOf(compact({ alg: 'none' }, CLAIMS))).toBe('unsecured');
  expect(lackOf(compact({ alg: 'dir', enc: 'A256GCM' }, '', 'a.b.c'))).toBe('encrypted');
  expect(lackOf(`${compact({ alg: 'ES256' }, CLAIMS, 'c2ln')}~`)).toBe('sd_jwt');
  expect(lackOf(compact({ alg: 'ES256', crit: ['b64'], b64: false }, CLAIMS, 'c2ln'))).toBe('critical');
  expect(lackOf(compact({ alg: 'ES256' }, '', 'c2ln'))).toBe('detached');
  expect(lackOf(compact({ alg: 'ES256' }, 'no JSON', 'c2ln'))).toBe('malformed');
  expect(lackOf(compact({ alg: 7 }, CLAIMS, 'c2ln'))).toBe('malformed');
  expect(lackOf(JSON.stringify({ protected: encodeSegment({ alg: 'ES256' }), payload: 'e30', signature: 'YQ' }))).toBe(
    'json',
  );
});

test('each library says which algorithms it has not', () => {
  const lacking = (library: Library) =>
    [...ALGORITHMS.keys()].filter((alg) => alg !== 'none' && codeOf(library, alg) === 'algorithm');
  const dilithium = ['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'];
  expect(lacking('jose')).toEqual(['ES256K', 'Ed448']);
  expect(lacking('jsonwebtoken')).toEqual(['ES256K', 'EdDSA', 'Ed25519', 'Ed448', ...dilithium]);
  expect(lacking('pyjwt')).toEqual(['Ed25519', 'Ed448', ...dilithium]);
  expect(lacking('java_jwt')).toEqual(['ES256K', 'EdDSA', 'Ed25519', 'Ed448', ...dilithium]);
  expect(lacking('golang_jwt')).toEqual(['ES256K', 'Ed25519', 'Ed448', ...dilithium]);
  expect(lacking('identity_model')).toEqual(['ES256K', 'EdDSA', 'Ed25519', 'Ed448']);
});

test('what not every version has is told in the code', () => {
  const versions: readonly (readonly [Library, string, string])[] = [
    ['jose', 'ML-DSA-44', 'Node.js 24.7'],
    ['java_jwt', 'PS384', 'version 4.6'],
    ['golang_jwt', 'RS256', 'v5.3'],
    ['identity_model', 'ML-DSA-65', 'version 8.19'],
    ['identity_model', 'HS384', 'none of fewer than 48 bytes'],
  ];
  for (const [library, alg, told] of versions) expect(codeOf(library, alg)).toContain(told);
  expect(codeOf('java_jwt', 'RS256')).not.toContain('4.6');
});

test('EdDSA with a key of Ed448 is for those that know its curve', () => {
  const pair = pairFor('Ed448');
  const key: KeySource = { kind: 'public', jwk: publicJwk(pair), pem: publicPem(pair) };
  const having = LIBRARY_CODES.filter((library) => codeOf(library, 'EdDSA', key) !== 'algorithm');
  expect(having).toEqual(['pyjwt']);
});

const SOURCES: readonly (readonly [string, KeySource])[] = [
  ['RS256', { kind: 'jwks', url: 'https://login.test/"+exit()+"/jwks' }],
  ['ES384', { kind: 'seen', url: 'https://login.test/jwks' }],
  ['RS512', UNKNOWN],
  ['PS256', UNKNOWN],
  ...(['RS256', 'ES256', 'EdDSA'] as const).map((alg) => [alg, publicSource(alg)] as const),
  ...(['text', 'base64', 'base64url', 'hex'] as const).map(
    (reading) => ['HS256', { kind: 'secret', reading }] as const,
  ),
];
const bareOf = (library: Library): string => {
  const snippet = snippetFor(library, token('RS256', { sub: 7 }), UNKNOWN);
  return 'lack' in snippet ? snippet.lack : snippet.code;
};
const programs = (library: Library): readonly string[] =>
  SOURCES.flatMap(([alg, key]) => [false, true].map((withToken) => codeOf(library, alg, key, withToken)))
    .filter((code) => code !== 'algorithm')
    .concat(bareOf(library));

test('programs are visible ASCII, and name their key source', () => {
  for (const library of LIBRARY_CODES) {
    for (const code of programs(library)) expect(code).toMatch(/^[\x20-\x7e\t\n]+$/);
    expect(codeOf(library, 'RS256')).toContain('PLACEHOLDER: put in');
    expect(codeOf(library, 'ES256', { kind: 'seen', url: 'https://a.test/' })).toContain('Seen in traffic: make sure');
    expect(codeOf(library, 'HS256')).toContain('JWT_SECRET');
    const { compact: whole } = token('RS256');
    expect(codeOf(library, 'RS256')).not.toContain(whole);
    expect(codeOf(library, 'RS256', UNKNOWN, true)).toContain(whole);
  }
});

test('what a token gives no reason to demand is told in the code', () => {
  const told = ['names no issuer', 'names no audience', 'has no expiry'];
  for (const library of LIBRARY_CODES) {
    for (const gap of told) {
      expect(bareOf(library)).toContain(gap);
      expect(codeOf(library, 'RS256')).not.toContain(gap);
    }
  }
});

test('comments hold nothing of the token', () => {
  const mark = 'zqx';
  const payload = { ...CLAIMS, iss: mark, aud: [`${mark}1`, `${mark}2`] };
  for (const library of LIBRARY_CODES) {
    const snippet = snippetFor(library, token('RS256', payload, { kid: mark, typ: `${mark}+jwt` }), UNKNOWN);
    if ('lack' in snippet) throw new Error(snippet.lack);
    const lines = snippet.code.split('\n').filter((line) => /^\s*(?:\/\/|#)/.test(line));
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.join('\n')).not.toContain(mark);
  }
});

test('any header and any claims: a program or a reason, and never a throw', () => {
  const value = fc.oneof(hostile, fc.jsonValue({ maxDepth: 2 }));
  const record = fc.record(
    { iss: value, aud: fc.oneof(value, fc.array(value, { maxLength: 3 })), exp: value, sub: value },
    { requiredKeys: [] },
  );
  const header = fc.record({ alg: fc.oneof(value, fc.constantFrom(...ALGORITHMS.keys())), typ: value, kid: value });
  fc.assert(
    fc.property(
      header,
      record,
      fc.constantFrom(...LIBRARY_CODES),
      fc.boolean(),
      (head, payload, library, withToken) => {
        const snippet = snippetFor(library, decode(compact(head, payload, 'c2ln')), UNKNOWN, withToken);
        if ('code' in snippet) expect(snippet.code).toMatch(/^[\x20-\x7e\t\n]+$/);
        else expect(snippet.lack).toMatch(/^\w+$/);
      },
    ),
    { numRuns: 300 },
  );
});

if (hasProgram('javac', '-version')) {
  test('Java: the compiler parses the programs', async () => {
    const parse = async (input: string) => {
      const { stdout, stderr } = await runProgram('java', ['test/fixtures/parse-java.java'], { input });
      return (stdout + stderr).trim();
    };
    expect(await parse('class A { void a() { int b = ; } }')).toContain('illegal start of expression');
    // One after the other in one file: imports in between are no error of any of them.
    const all = programs('java_jwt').map((code, index) => code.replaceAll('VerifyToken', `Verify${index}`));
    const imports = all.flatMap((code) => code.match(/^import .*;$/gm) ?? []);
    const classes = all.map((code) => code.replace(/^import .*;$/gm, ''));
    expect(await parse([...imports, ...classes].join('\n'))).toBe('');
  });
} else test('Java: not checked, there is no JDK on this machine', () => {});

if (hasProgram('gofmt', '-l')) {
  test('Go: gofmt parses the programs, and has nothing to change', async () => {
    for (const input of programs('golang_jwt')) {
      expect(await runProgram('gofmt', ['-d', '-e'], { input })).toEqual({ code: 0, stdout: '', stderr: '' });
    }
  });
} else test('Go: not checked, there is no gofmt on this machine', () => {});

// The compiler of C# wants a project with the library in it.
test('C#: not checked by a compiler', () => {
  for (const code of programs('identity_model')) expect(code).toContain('handler.ValidateToken(');
});
