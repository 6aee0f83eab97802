import { describe, expect, it } from 'vitest';
import { grantOf } from '../../../src/core/capture/grant.ts';

const FORM = 'application/x-www-form-urlencoded';

describe('grantOf', () => {
  it.each([
    [FORM, 'grant_type=refresh_token&refresh_token=x', 'refresh_token'],
    [
      FORM,
      'a=grant_type&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ],
    ['application/json', '{"grant_type":"authorization_code","code":"x"}', 'authorization_code'],
    ['application/json', '{"grant_type":["x"]}', undefined],
    ['application/json', '["grant_type"]', undefined],
    ['application/json', '{"grant_type":', undefined],
    [FORM, 'grant_type=', undefined],
    [FORM, `grant_type=${'x'.repeat(101)}`, undefined],
    [FORM, 'my_grant_type=x', undefined],
    ['text/plain', 'hello', undefined],
  ])('%s %s: %s', (type, text, expected) => {
    expect(grantOf(type, text)).toBe(expected);
  });
});
