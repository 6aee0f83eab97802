/** Characters of an address; a longer text is none that a person means to ask. */
const MAX_ADDRESS = 2000;

/** Whether a text is an http or https address and nothing else: an issuer's, or that of a JWK set. */
export const isAddress = (text: string): boolean => {
  const bare = text.trim();
  return bare.length <= MAX_ADDRESS && /^https?:\/\/[^\s]+$/i.test(bare) && URL.canParse(bare);
};
