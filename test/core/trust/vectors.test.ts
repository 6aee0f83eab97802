/** Vectors that no one here wrote: RFC 7515 appendix A, and the cookbook (RFC 7520, RFC 8037) beside the checkout. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { JWK } from 'jose';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import '../../../src/core/token/json-serialization.ts';
import type { SignatureReason, SignatureState } from '../../../src/core/trust/signature.ts';
import { createVerifier } from '../../../src/core/trust/verify.ts';
import { given } from '../../fixtures/keys.ts';

const COOKBOOK = '../shared/vectors/cookbook';
const SPECIFICATIONS = '../shared/vectors/spec-examples';

const check = (token: string, key: JWK, payload?: string) => createVerifier()(decode(token), [given(key)], { payload });

describe('RFC 7515 appendix A', () => {
  const PAYLOAD = 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';

  test('A.1, HS256', async () => {
    const k = 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow';
    const token = `eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.${PAYLOAD}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk`;
    expect(await check(token, { kty: 'oct', k })).toMatchObject({ state: 'verified', alg: 'HS256' });
  });

  test('A.3, ES256', async () => {
    const key = {
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    };
    const signature = 'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q';
    expect(await check(`eyJhbGciOiJFUzI1NiJ9.${PAYLOAD}.${signature}`, key)).toMatchObject({ state: 'verified' });
  });

  test('A.5, unsecured', async () => {
    expect(await check(`eyJhbGciOiJub25lIn0.${PAYLOAD}.`, { kty: 'oct', k: 'AAAA' })).toMatchObject({
      state: 'unsecured',
    });
  });
});

interface Vector {
  readonly input: { readonly key: JWK | readonly JWK[]; readonly payload: string };
  readonly output: { readonly compact?: string; readonly json?: object; readonly json_flat?: object };
}

/** All that is not plain `verified`, by file. */
const DEVIATIONS: Readonly<Record<string, readonly [SignatureState, SignatureReason]>> = {
  '4_5.signature_with_detached_content.json': ['cannot_be_checked', 'payload_detached'],
};

/** The files under `jws`, `rfc7797` and `curve25519` that hold a compact JWS. */
const vectors = ['jws', 'rfc7797', 'curve25519'].flatMap((folder) => {
  const path = `${COOKBOOK}/${folder}`;
  const files = existsSync(path) ? readdirSync(path).filter((file) => file.endsWith('.json')) : [];
  return files.flatMap((file) => {
    const { input, output }: Vector = JSON.parse(readFileSync(`${path}/${file}`, 'utf8'));
    return output.compact?.split('.').length === 3 && !Array.isArray(input.key)
      ? [{ file, token: output.compact, key: input.key as JWK, payload: input.payload }]
      : [];
  });
});

test.runIf(existsSync(COOKBOOK))('the cookbook is there and gives tokens', () => {
  expect(vectors.map(({ file }) => file).sort()).toEqual([
    '4_1.rsa_v15_signature.json',
    '4_2.rsa-pss_signature.json',
    '4_3.ecdsa_signature.json',
    '4_4.hmac-sha2_integrity_protection.json',
    '4_5.signature_with_detached_content.json',
    'hmac-sha2_b64_false.json',
    'jws.json',
  ]);
});

describe.runIf(existsSync(COOKBOOK))('the cookbook', () => {
  test.each(vectors)('$file', async ({ file, token, key }) => {
    const [state, reason] = DEVIATIONS[file] ?? ['verified', 'ok'];
    expect(await check(token, key)).toMatchObject({ state, reason });
  });

  test('detached content, with what was signed', async () => {
    const detached = vectors.find(({ file }) => file.startsWith('4_5')) ?? { token: '', key: {}, payload: '' };
    expect(await check(detached.token, detached.key, detached.payload)).toMatchObject({ state: 'verified' });
  });

  test('b64 false without crit must be refused (RFC 7797 section 6)', async () => {
    const { input, output }: Vector = JSON.parse(
      readFileSync(`${COOKBOOK}/rfc7797/4.2.hmac-sha2_b64_false.json`, 'utf8'),
    );
    for (const form of [output.json, output.json_flat]) {
      const answer = await check(JSON.stringify(form), input.key as JWK);
      expect(answer).toMatchObject({ state: 'malformed', reason: 'b64_not_critical' });
    }
  });
});

describe.runIf(existsSync(SPECIFICATIONS))('the examples of the specifications', () => {
  const read = (file: string) => JSON.parse(readFileSync(`${SPECIFICATIONS}/${file}`, 'utf8'));

  test('OpenID Connect Core appendix A, with the set of A.7', async () => {
    const { keys, tokens }: { keys: readonly JWK[]; tokens: readonly { jwt: string }[] } = read('oidc-core-A.json');
    const answers = await Promise.all(tokens.map(({ jwt }) => createVerifier()(decode(jwt), [given({ keys })])));
    expect(answers.map(({ state, key }) => [state, key?.kid])).toEqual(tokens.map(() => ['verified', '1e9gdk7']));
    expect(tokens.length).toBeGreaterThan(1);
  });

  test('the proofs of RFC 9449, with the key inside them', async () => {
    const { proofs }: { proofs: readonly { jwt: string }[] } = read('dpop-rfc9449.json');
    for (const { jwt } of proofs) {
      const decoded = decode(jwt);
      const answer = await createVerifier()(decoded, []);
      expect(answer).toMatchObject({ state: 'verified', key: { id: 'jwk', provenance: 'token' } });
    }
    expect(proofs).toHaveLength(3);
  });
});

if (!existsSync(COOKBOOK)) console.warn(`SKIPPED: no ${COOKBOOK}, so the cookbook's vectors were not tried`);
