/** SHA-2 as OpenID Connect, DPoP and SD-JWT use it: of text, in base64url. */
export type HashName = `SHA-${256 | 384 | 512}`;

/** The octets of text (UTF-8) as base64url without padding, of their hash the first half (`half`) or all. Never rejects. */
export const hashOf = async (name: HashName, text: string, half = false): Promise<string> => {
  const hash = new Uint8Array(await crypto.subtle.digest(name, new TextEncoder().encode(text)));
  const part = half ? hash.subarray(0, hash.length / 2) : hash;
  return part.toBase64({ alphabet: 'base64url', omitPadding: true });
};
