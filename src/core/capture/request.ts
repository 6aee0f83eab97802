import { readCookies, tokensInCookies } from './cookies.ts';
import { distinct } from './distinct.ts';
import type { Header, Message } from './headers.ts';
import type { Found } from './records.ts';
import { urlCredentials } from './url.ts';
import { tokensInValue } from './value.ts';
import { websocketTokens } from './websocket-protocol.ts';

/** What one side of an exchange carried. */
export interface Captured {
  readonly found: readonly Found[];
  /** Credentials that are not JWTs, one entry each: `authorization Bearer`. Never the credential itself. */
  readonly opaque: readonly string[];
}

/** An authentication scheme and what follows it (RFC 9110 section 11.4). Longer words are credentials, not schemes. */
const SCHEME = /^([a-z][\w-]{0,31})[ \t]+(?=\S)/i;

const inAuthorization = (name: string, value: string): Captured => {
  const credentials = value.trim();
  const [prefix = '', scheme] = SCHEME.exec(credentials) ?? [];
  const found = tokensInValue(credentials.slice(prefix.length)).map(({ compact, path }) => ({
    compact,
    place: { kind: 'request_header' as const, name, ...(scheme && { scheme }), ...(path && { path }) },
  }));
  const isOpaque = found.length === 0 && credentials !== '';
  return { found, opaque: isOpaque ? [scheme ? `${name} ${scheme}` : name] : [] };
};

const inHeader = (header: Header): Captured => {
  const name = header.name.toLowerCase();
  const { value } = header;
  switch (name) {
    case 'authorization':
    case 'proxy-authorization':
      return inAuthorization(name, value);
    case 'cookie':
      return {
        found: tokensInCookies(readCookies(value)).map(({ compact, ...place }) => ({
          compact,
          place: { kind: 'cookie', ...place },
        })),
        opaque: [],
      };
    case 'sec-websocket-protocol': {
      const { compacts, opaque } = websocketTokens(value);
      return {
        found: compacts.map((compact) => ({ compact, place: { kind: 'websocket_protocol', name } })),
        opaque: opaque ? [name] : [],
      };
    }
    default:
      return {
        found: tokensInValue(value).map(({ compact, ...place }) => ({
          compact,
          place: { kind: 'request_header', name, ...place },
        })),
        opaque: [],
      };
  }
};

/**
 * Every token a request carries, in its URL and its headers, and its opaque credentials (Basic among them). The same
 * token at two places is told twice, at one place once. Never throws; linear in the message.
 */
export const captureRequest = ({ url, headers }: Message): Captured => {
  const parts = [urlCredentials(url), ...headers.map(inHeader)];
  return {
    found: distinct(parts.flatMap(({ found }) => found)),
    opaque: parts.flatMap(({ opaque }) => opaque),
  };
};
