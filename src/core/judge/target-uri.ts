/** Letters, digits and `-._~` need no escape (RFC 3986 section 2.3); other escapes are the same in capital letters. */
const UNRESERVED = /^[\w.~-]$/;

const normalEscape = (escaped: string): string => {
  const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
  return UNRESERVED.test(character) ? character : escaped.toUpperCase();
};

/**
 * The target URI of a request as DPoP compares it (RFC 9449 section 4.3): without query and fragment, after syntax- and
 * scheme-based normalisation (RFC 3986 sections 6.2.2 and 6.2.3). Undefined for what is no absolute URI: `URL` forgives
 * white space and `\`, and servers need not.
 */
export const targetUri = (uri: string): string | undefined => {
  if (/[\s\\]/.test(uri) || !URL.canParse(uri)) return undefined;
  const url = new URL(uri);
  url.search = '';
  url.hash = '';
  return url.href.replace(/%[\da-f]{2}/gi, normalEscape);
};
