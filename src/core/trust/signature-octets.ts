import type { Decoded } from '../token/decoded.ts';

const BASE64URL = { alphabet: 'base64url' } as const;

/** Octets: those of RSA 8192. ML-DSA has more, and takes so long that an allocation does not matter. */
const ROOM = 1024;
const room = new Uint8Array(ROOM);

/**
 * The octets of a JWS signature, trailing bits passed over. They hold until the next call, since the room is one for all.
 * Undefined where the segment is not base64url, which the decoder tells.
 */
export const signatureOctets = ({ segments }: Decoded): Uint8Array<ArrayBuffer> | undefined => {
  const segment = segments[2] ?? '';
  try {
    return segment.length > ROOM
      ? Uint8Array.fromBase64(segment, BASE64URL)
      : room.subarray(0, room.setFromBase64(segment, BASE64URL).written);
  } catch {
    return;
  }
};
