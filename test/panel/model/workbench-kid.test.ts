// @vitest-environment happy-dom
/** The `kid` of a key that was made, in the header. */
import { expect, test, vi } from 'vitest';
import '../one-slice.ts';
import { compact, hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { BUSY, builtOf, copyOf, openWorkbench } from '../workbench.ts';

test('goes in where there is none, and in place of that of the key before; the rest stays as it was typed', async () => {
  const { bench } = await copyOf(`${compact('{ "alg" : "ES256",  "n": 1.0 }')}c2ln`);
  for (const _ of ['one', 'another']) {
    await bench.generate('ES256');
    expect(bench.header.value).toBe(`{ "alg" : "ES256",  "n": 1.0,  "kid": "${bench.generated.value?.key.kid}" }`);
    expect((await builtOf(bench)).answer).toMatchObject({ state: 'verified' });
  }
});

test('of an issuer or of a person stays, until it is asked for', async () => {
  const { bench } = await copyOf(hmacToken(SECRET, { header: { kid: 'of the issuer' } }));
  expect(bench.writeKid()).toBe(false);
  await bench.generate('HS256');
  expect(bench.header.value).toContain('"kid":"of the issuer"');
  expect(bench.writeKid()).toBe(true);
  expect(JSON.parse(bench.header.value)).toEqual({ alg: 'HS256', typ: 'JWT', kid: bench.generated.value?.key.kid });
  await bench.generate('HS256');
  expect(JSON.parse(bench.header.value).kid).toBe(bench.generated.value?.key.kid);
  bench.type('header', '{');
  expect(bench.writeKid()).toBe(false);
});

test('of the key that a blank token begins with is nobody’s wish', async () => {
  const { bench } = openWorkbench();
  await vi.waitFor(() => expect(bench.generated.value).toBeDefined(), BUSY);
  expect(bench.header.value).toBe('{"alg":"HS256","typ":"JWT"}');
});

test('of a key that came when another algorithm was chosen stays out', async () => {
  const { bench } = await copyOf(hmacToken(SECRET));
  const late = bench.generate('ES256');
  bench.setAlg('HS384');
  await late;
  expect(JSON.parse(bench.header.value)).toEqual({ alg: 'HS384', typ: 'JWT' });
});
