/** Logins by redirect (RFC 6749, OpenID Connect Core), as far as an address tells of them. */

/** Whether it asks an authorization server for a login (RFC 6749 section 4.1.1): its `state` and `nonce` are evidence. */
export const asksForLogin = (url: string): boolean => /[?&]response_type=/.test(url) && /[?&]client_id=/.test(url);

/** Whether it brings the answer, in query or fragment (section 4.1.2, OpenID Connect Core section 3.3.2.5, JARM). */
export const answersLogin = (url: string): boolean =>
  /[?&#](?:code|id_token|access_token|response|state|error)=/.test(url);
