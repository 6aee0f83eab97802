/** Every algorithm of JWS, signed where the test runs, and verified here, in Node or in a browser. */
import type { JWK } from 'jose';
import { decode } from '../../src/core/token/decode.ts';
import { issuerOf } from '../../src/core/trust/issuer.ts';
import { createVerifier } from '../../src/core/trust/verify.ts';
import { givenKeys, say } from './given.ts';
import type { Outcome } from './outcome.ts';

export interface SignedToken {
  readonly name: string;
  readonly token: string;
  /** The secret, or the public key. */
  readonly key: JWK;
}

const BASE64URL = { alphabet: 'base64url', omitPadding: true } as const;
const SEGMENTS = ['header', 'payload', 'signature'] as const;
/** Of an octet: the highest and the lowest. */
const BITS = [7, 0];

/** The token with one bit of the octets of a segment flipped. */
const flip = (token: string, segment: number, at: number, bit: number): string => {
  const segments = token.split('.');
  const octets = Uint8Array.fromBase64(segments[segment] ?? '', BASE64URL);
  octets[at] = (octets[at] ?? 0) ^ (1 << bit);
  return segments.with(segment, octets.toBase64(BASE64URL)).join('.');
};

/** As in the panel, where the key is given beside the very token. */
const createCheck = (key: JWK) => {
  const verify = createVerifier();
  return async (token: string): Promise<string> => {
    const decoded = decode(token);
    return say(await verify(decoded, givenKeys([key], issuerOf(decoded))));
  };
};

/**
 * Each token verifies; with a bit flipped at the beginning, in the middle or at the end of its payload or signature it is a
 * mismatch, and in its header, which may be no header any more, at least not verified.
 */
export const verifyAll = async (tokens: readonly SignedToken[]): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const { name, token, key } of tokens) {
    const check = createCheck(key);
    const got = await check(token);
    outcomes.push({ name, ok: got === 'verified', got });
    for (const [segment, where] of SEGMENTS.entries()) {
      const { length } = Uint8Array.fromBase64(token.split('.')[segment] ?? '', BASE64URL);
      for (const at of [0, length >> 1, length - 1]) {
        for (const bit of BITS) {
          const refused = await check(flip(token, segment, at, bit));
          const ok = where === 'header' ? refused !== 'verified' : refused === 'mismatch bad_signature';
          outcomes.push({ name: `${name}, bit ${bit} of octet ${at} of the ${where} flipped`, ok, got: refused });
        }
      }
    }
  }
  return outcomes;
};
