import { browser } from '../api.ts';

/** The host as a pattern; those take no port. */
const patternOf = (address: string): string | undefined => {
  const { protocol = '', hostname } = URL.parse(address) ?? {};
  return /^https?:$/.test(protocol) ? `${protocol}//${hostname}/*` : undefined;
};

/**
 * Asks for access to an address's host, from a click; the browser asks the person only where it is not granted yet.
 * @returns false if the person declined. True where nobody can tell: then the server decides, by CORS. So it is in
 * Firefox's panel, which has no permissions API, and when the click is too long ago, as for an issuer's second address.
 */
export const askForHost = async (address: string): Promise<boolean> => {
  const pattern = patternOf(address);
  if (!pattern || !browser.permissions) return true;
  try {
    return await browser.permissions.request({ origins: [pattern] });
  } catch {
    return true;
  }
};
