/** Logins by redirect (RFC 6749, OpenID Connect Core), as far as an address tells of them. */

/** Whether it asks an authorization server for a login (RFC 6749 section 4.1.1): its `state` and `nonce` are evidence. */
export const asksForLogin = (url: string): boolean => /[?&]response_type=/.test(url) && /[?&]client_id=/.test(url);
