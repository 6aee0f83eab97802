/** What hostile tokens may cost where nobody said yes. */
import { afterEach, expect, test, vi } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { createDecrypter } from '../../../src/core/trust/decrypt.ts';
import { MAX_UNASKED_ITERATIONS } from '../../../src/core/trust/decrypt-check.ts';
import { ecPair, given, publicJwk } from '../../fixtures/keys.ts';
import { encodeSegment } from '../../fixtures/tokens.ts';

const HEADER = { alg: 'PBES2-HS256+A128KW', enc: 'A256GCM', p2s: 'A'.repeat(16) };
/** Sealed by nobody: what it takes to find that out is the point. */
const sealed = (p2c: number) =>
  decode(
    [encodeSegment({ ...HEADER, p2c }), 'A'.repeat(54), 'A'.repeat(16), 'AAAA', 'A'.repeat(21).concat('A')].join('.'),
  );
const password = given('correct horse battery staple!');
const seen = (kid: string) => given(publicJwk(ecPair('P-256'), { kid }), 'traffic');

const watch = () => vi.spyOn(crypto.subtle, 'deriveBits').mockRejectedValue(new DOMException('', 'OperationError'));
afterEach(() => vi.restoreAllMocks());

test('public keys that pass by have no password derived again, a key that is given has', async () => {
  const derive = watch();
  const decrypt = createDecrypter();
  const token = sealed(MAX_UNASKED_ITERATIONS);
  const first = await decrypt(token, [password]);
  expect(derive).toHaveBeenCalledOnce();
  expect(await decrypt(token, [password, seen('a')])).toBe(first);
  expect(await decrypt(token, [password, seen('b'), seen('c')])).toBe(first);
  expect(derive).toHaveBeenCalledOnce();
  await decrypt(token, [password, given('another password!'), seen('a')]);
  expect(derive).toHaveBeenCalledTimes(3);
});

test('any number of tokens have five seconds unasked, until another key is given', async () => {
  const derive = watch();
  const decrypt = createDecrypter();
  const states: string[] = [];
  for (let count = 0; count < 103; count++)
    states.push((await decrypt(sealed(MAX_UNASKED_ITERATIONS), [password])).state);
  expect(states.slice(0, 100)).not.toContain('asks');
  expect(states.slice(100)).toEqual(['asks', 'asks', 'asks']);
  expect(derive).toHaveBeenCalledTimes(100);
  const late = sealed(MAX_UNASKED_ITERATIONS);
  expect(await decrypt(late, [password, seen('a')])).toMatchObject({ state: 'asks', reason: 'iterations_ask' });
  expect((await decrypt(late, [password], { slow: true })).state).not.toBe('asks');
  expect((await decrypt(late, [password, given('another password!')])).state).not.toBe('asks');
});
