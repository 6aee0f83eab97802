import { readCookies, tokensInCookies } from './cookies.ts';
import { distinct } from './distinct.ts';
import type { Header, Message } from './headers.ts';
import type { Found } from './records.ts';
import { shorten } from './shorten.ts';
import { urlCredentials } from './url.ts';
import { tokensInValue } from './value.ts';
import { websocketTokens } from './websocket-protocol.ts';

/** What a part of a message carried. */
export interface Carried {
  readonly found: readonly Found[];
  /** Credentials that are not JWTs, one entry each: `authorization Bearer`. Never the credential itself. */
  readonly opaque: readonly string[];
}

/** What one side of an exchange carried. */
export interface Captured extends Carried {
  /** Tokens that were one too many. */
  readonly dropped: number;
}

/** An authentication scheme and what follows it (RFC 9110 section 11.4). Longer words are credentials, not schemes. */
const SCHEME = /^([a-z][\w-]{0,31})[ \t]+(?=\S)/i;

/** Before opaque credentials any other word may be a part of them: an API key and something behind it. */
export const KNOWN_SCHEME = new RegExp(
  '^(?:apikey|aws4-hmac-sha256|basic|bearer|concealed|digest|dpop|gnap|hawk|hoba|jwt|mutual|negotiate|ntlm|oauth|' +
    'privatetoken|scram-sha-(?:1|256)|token|vapid)$',
  'i',
);

const inAuthorization = (name: string, value: string): Carried => {
  const credentials = value.trim();
  const [prefix = '', scheme] = SCHEME.exec(credentials) ?? [];
  const found = tokensInValue(credentials.slice(prefix.length)).map(({ compact, path }) => ({
    compact,
    place: { kind: 'request_header' as const, name, ...(scheme && { scheme }), ...(path && { path }) },
  }));
  const isOpaque = found.length === 0 && credentials !== '';
  return { found, opaque: isOpaque ? [scheme && KNOWN_SCHEME.test(scheme) ? `${name} ${scheme}` : name] : [] };
};

const inHeader = (header: Header): Carried => {
  const name = shorten(header.name.toLowerCase());
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
 * token at two places is told twice, at one place once; MAX_TOKENS at most. Never throws; linear in the message.
 */
export const captureRequest = ({ url, headers }: Message): Captured => {
  const parts = [urlCredentials(url), ...headers.map(inHeader)];
  return {
    ...distinct(parts.flatMap(({ found }) => found)),
    opaque: parts.flatMap(({ opaque }) => opaque),
  };
};
