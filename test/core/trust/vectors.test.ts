/** RFC 7515 appendix A; the vectors beside the checkout are tried in test/core/vectors.test.ts. */
import type { JWK } from 'jose';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { createVerifier } from '../../../src/core/trust/verify.ts';
import { given } from '../../fixtures/keys.ts';

const check = (token: string, key: JWK) => createVerifier()(decode(token), [given(key)]);

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
