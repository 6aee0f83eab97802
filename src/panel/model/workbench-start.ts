/** What the workbench begins with: the texts of a copied token and what of it cannot be typed, or a blank one. Pure. */
import '../../core/token/json-serialization.ts';
import { readBase64url } from '../../core/token/base64url.ts';
import { decode } from '../../core/token/decode.ts';
import type { Decoded } from '../../core/token/decoded.ts';
import { tailStart } from '../../core/token/sd-tail.ts';
import { readUtf8 } from '../../core/token/utf8.ts';
import { isUnencoded } from '../../core/trust/critical.ts';
import type { Opened } from '../../core/trust/opened.ts';
import { settingsOf } from './workbench-outer.ts';
import type { Part, SignatureMode } from './workbench-shape.ts';

/** A token as it was captured, for what is not typed anew: its octets need not be those that its texts encode to. */
export interface Captured {
  /** The JWS, or a JWE that no key opened. */
  readonly compact: string;
  readonly decoded: Decoded;
  /** Its segments. */
  readonly header: string;
  readonly payload: string;
  /** The payload's segment is the payload itself (RFC 7797). */
  readonly isPlain: boolean;
  /** Undefined of a JWE. */
  readonly signature?: string;
  /** Disclosures and key binding of an SD-JWT, from the first tilde on; they go along as they are. */
  readonly tail: string;
  /** Of a JWE that no key opened: all behind its header, with the period. */
  readonly sealed?: string;
}

export interface Beginning {
  readonly header: string;
  readonly payload: string;
  /** The payload may be any text, since that of the original is no JSON. */
  readonly isText: boolean;
  /** Of the original, octets that are not UTF-8: U+FFFD stands for them in the text. */
  readonly wasReplaced: Readonly<Record<Part, boolean>>;
  readonly mode: SignatureMode;
  readonly captured?: Captured;
  /** How the original was encrypted. */
  readonly encryption?: ReturnType<typeof settingsOf>;
}

/** Close together, as every library writes it: what is typed goes into the token to the letter, and so does this. */
const BLANK_HEADER = '{"alg":"HS256","typ":"JWT"}';
const NONE_REPLACED = { header: false, payload: false };
const MS_PER_SECOND = 1000;
const HOUR = 3600;

/** Issued now, for an hour. `now` in ms since the epoch. */
export const blank = (now: number): Beginning => {
  const iat = Math.floor(now / MS_PER_SECOND);
  const claims = { sub: '1234567890', name: 'Jane Doe', admin: true, iat, exp: iat + HOUR };
  return {
    header: BLANK_HEADER,
    payload: JSON.stringify(claims),
    isText: false,
    wasReplaced: NONE_REPLACED,
    mode: 'key',
  };
};

/** Whether a text is meant to be JSON: an object or an array, or what else JSON.parse takes. */
const isJson = (text: string): boolean => {
  if (/^\s*[{[]/.test(text)) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const hasUtf8Problem = ({ problems }: Decoded, part: Part): boolean =>
  problems.some(({ code, segment }) => code === 'utf8' && segment === part);

/** Of a token too long for the decoder the segment itself is read. */
const payloadOf = (decoded: Decoded): { readonly payload: string; readonly wasReplaced: boolean } => {
  const { payloadText, segments, problems } = decoded;
  if (payloadText !== undefined) return { payload: payloadText, wasReplaced: hasUtf8Problem(decoded, 'payload') };
  if (!problems.some(({ code }) => code === 'too_large')) return { payload: '', wasReplaced: false };
  const { text: payload, invalidAt } = readUtf8(readBase64url(segments[1] ?? '', 'payload', 0).bytes);
  return { payload, wasReplaced: invalidAt !== undefined };
};

const ofJws = (decoded: Decoded, encryption: Beginning['encryption']): Beginning => {
  const { compact, serialization, segments, headerText = '' } = decoded;
  const { payload, wasReplaced } = payloadOf(decoded);
  const start = serialization ? undefined : tailStart(compact);
  const [header = '', middle = '', ...rest] = segments;
  return {
    header: headerText,
    payload,
    isText: !isJson(payload),
    wasReplaced: { header: hasUtf8Problem(decoded, 'header'), payload: wasReplaced },
    mode: 'original',
    captured: {
      // A JSON serialisation is copied as the compact one that it would be.
      compact: serialization ? segments.join('.') : compact,
      decoded,
      // Of what has more segments than a JWS, all that follow.
      ...{ header, payload: middle, signature: rest.join('.') },
      isPlain: isUnencoded(decoded),
      tail: start === undefined ? '' : compact.slice(start),
    },
    ...(encryption && { encryption }),
  };
};

const ofSealed = (decoded: Decoded): Beginning => {
  const { compact, segments, headerText = '' } = decoded;
  const [header = '', ...rest] = segments;
  const sealed = `.${rest.join('.')}`;
  const captured = { compact, decoded, header, payload: '', isPlain: false, tail: '', sealed };
  const wasReplaced = { header: hasUtf8Problem(decoded, 'header'), payload: false };
  return { header: headerText, payload: '', isText: true, wasReplaced, mode: 'original', captured };
};

/** Claims that were encrypted and not signed, as Auth.js has them, stand under a header of their own from here on. */
const ofContent = (decoded: Decoded, encryption: Beginning['encryption']): Beginning => {
  const { payload, wasReplaced } = payloadOf(decoded);
  return {
    ...{ header: BLANK_HEADER, payload, isText: !isJson(payload), mode: 'key' },
    wasReplaced: { header: false, payload: wasReplaced },
    ...(encryption && { encryption }),
  };
};

/**
 * A copy of a token. Of an encrypted one the outermost JWS that keys opened in it, else the claims that were encrypted, else
 * the JWE itself, of which the header alone can be read. Of a JSON serialisation the first signature, as a compact token.
 * Takes any text; never throws.
 * @param opened what keys opened of it, as far as is known
 */
export const copied = (compact: string, opened: Opened | undefined): Beginning => {
  const outer = decode(compact);
  if (outer.form !== 'jwe') return ofJws(outer, undefined);
  const inside = opened?.layers.map(({ decoded }) => decoded) ?? [];
  const signed = inside.find(({ form }) => form !== 'jwe');
  const content = inside.findLast(({ payloadText }) => payloadText !== undefined);
  const cookie = opened?.layers[0].decryption?.key?.cookie;
  const encryption = settingsOf(outer.header ?? {}, signed ? 'token' : 'payload', cookie);
  if (signed) return ofJws(signed, encryption);
  return content ? ofContent(content, encryption) : ofSealed(outer);
};
