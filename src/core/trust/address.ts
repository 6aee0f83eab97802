import type { FetchErrorCode } from './key-set.ts';

/** No address of keys comes near; a longer one is no address that a person could read before asking. */
const MAX_ADDRESS = 2048;

/** Whether a host, as URL.hostname writes it, is this device: RFC 6761 section 6.3, RFC 1122 section 3.2.1.3, RFC 4291. */
export const isLoopback = (hostname: string): boolean =>
  /^(?:.+\.)?localhost$/.test(hostname) || /^127(?:\.\d{1,3}){3}$/.test(hostname) || hostname === '[::1]';

/** Of loopback only what the content security policy can name (manifest.json): it knows no ranges and no IPv6. */
const mayBeAskedByHttp = (hostname: string): boolean =>
  isLoopback(hostname) && (hostname === '127.0.0.1' || hostname.endsWith('localhost'));

/** Whether what came from there is known to have come from that host: https, or this device. */
export const isAuthentic = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));

/** The address without its fragment, which is never sent, as the URL standard writes it; undefined if it is no URL. */
export const plainAddress = (text: string): string | undefined => {
  const url = text.length > MAX_ADDRESS ? null : URL.parse(text);
  if (!url) return;
  url.hash = '';
  return url.href;
};

/**
 * An address that may be asked for keys: https, or http on loopback, without user name and password.
 * @returns the URL without its fragment, or a closed code: `address`, `not_https`
 */
export const readAddress = (
  text: string,
): URL | { readonly error: Extract<FetchErrorCode, 'address' | 'not_https'> } => {
  const url = URL.parse(plainAddress(text.trim()) ?? '');
  if (!url || url.username || url.password || !/^https?:$/.test(url.protocol)) return { error: 'address' };
  return url.protocol === 'https:' || mayBeAskedByHttp(url.hostname) ? url : { error: 'not_https' };
};
