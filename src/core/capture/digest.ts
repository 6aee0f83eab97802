/**
 * A string as SHA-256 in base64url without padding, as token-id.ts has it: by WebCrypto, for pages, where waiting costs
 * nothing and a hash of their own would be weight.
 */
export const digest = async (text: string): Promise<string> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toBase64({
    alphabet: 'base64url',
    omitPadding: true,
  });
