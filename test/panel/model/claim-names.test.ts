import { expect, test } from 'vitest';
import { isPersonal } from '../../../src/panel/model/claim-names.ts';

test('who somebody is, in the names of several makers', () => {
  const dotNet = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress';
  for (const claim of ['email', 'https://acme.test/email', 'cognito:username', dotNet]) {
    expect(isPersonal(claim), claim).toBe(true);
  }
  for (const claim of ['sub', 'iss', 'https://acme.test/roles', 'email_verified', 'name_id', '']) {
    expect(isPersonal(claim), claim).toBe(false);
  }
});
