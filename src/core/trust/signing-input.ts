import type { Decoded } from '../token/decoded.ts';
import { isUnencoded } from './critical.ts';

const ENCODER = new TextEncoder();
const BASE64URL = { alphabet: 'base64url', omitPadding: true } as const;

/** Octets; nearly every token has less. To allocate for each costs as much as half an HMAC. */
const ROOM = 16_384;
const room = new Uint8Array(ROOM);
/** UTF-8 takes as many octets, at the most, for one unit of UTF-16. */
const OCTETS_PER_UNIT = 3;

const encode = (text: string): Uint8Array<ArrayBuffer> =>
  text.length * OCTETS_PER_UNIT > ROOM
    ? ENCODER.encode(text)
    : room.subarray(0, ENCODER.encodeInto(text, room).written);

/**
 * What a JWS signature is computed over: `BASE64URL(header) || '.' || BASE64URL(payload)` (RFC 7515 section 5.1),
 * exactly as it stands in the token. Missing segments count as empty. With `b64: false` (RFC 7797 section 3) the payload's
 * segment is the payload itself.
 */
export const signingInput = (decoded: Decoded): string => `${decoded.segments[0] ?? ''}.${decoded.segments[1] ?? ''}`;

/**
 * The same as octets, and for a detached token (RFC 7515 appendix F) with the payload that was signed: text, or octets.
 * They hold until the next call, since the room is one for all.
 */
export const signingOctets = (decoded: Decoded, payload?: string | Uint8Array): Uint8Array<ArrayBuffer> => {
  if (payload === undefined || decoded.segments[1]) return encode(signingInput(decoded));
  const octets = typeof payload === 'string' ? ENCODER.encode(payload) : payload;
  const head = ENCODER.encode(`${decoded.segments[0] ?? ''}.`);
  const body = isUnencoded(decoded) ? octets : ENCODER.encode(octets.toBase64(BASE64URL));
  const input = new Uint8Array(head.length + body.length);
  input.set(head);
  input.set(body, head.length);
  return input;
};
