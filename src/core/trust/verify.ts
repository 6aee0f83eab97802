import type { Decoded } from '../token/decoded.ts';
import { createEmbedded } from './embedded.ts';
import { createJudge } from './judge-token.ts';
import { createKnownKeys } from './known-keys.ts';
import type { RingKey, SignatureAnswer } from './signature.ts';

export interface VerifyOptions {
  /** Another algorithm than the header's, to watch it fail. */
  readonly alg?: string;
  /** What was signed, of a token that does not hold it (RFC 7515 appendix F): text stands for its UTF-8. */
  readonly payload?: string | Uint8Array;
  /** To hear what keys say that are only being tried: the token's own is left out, and of any key it is told that it does not fit. */
  readonly onlyKnown?: true;
}

/** Never rejects: what goes wrong is the answer. */
export type Verify = (decoded: Decoded, keys: readonly RingKey[], options?: VerifyOptions) => Promise<SignatureAnswer>;

/**
 * A verifier, which remembers: each key is read once, imported once per algorithm, and each token (by identity of its
 * `Decoded`) is checked once until the set of keys changes.
 *
 * The verb takes the token, the keys known and, to watch it fail, another algorithm, or the payload of a token that does
 * not hold it; it gives one of the seven states with its reason (RFC 7515 section 5.2). The mathematics alone decides:
 * `alg`, `use` and `key_ops` of a JWK are reported beside. Where no key known decides, those that the token brought along
 * (`jwk`, `x5c`) are tried; such an answer names its key `jwk` or `x5c`, with the provenance `token`.
 */
export const createVerifier = (): Verify => {
  const { use, trials } = createKnownKeys();
  const keys = { trials, embedded: createEmbedded() };
  const judge = createJudge();
  const keysKnown = { trials, embedded: () => [] };
  // What differs from what the token says is tried by hand, and not remembered.
  let answers = new WeakMap<Decoded, Promise<SignatureAnswer>>();

  return (decoded, known, options) => {
    if (use(known)) answers = new WeakMap();
    if (options?.onlyKnown) return judge(decoded, keysKnown, options);
    if (options?.alg !== undefined || options?.payload !== undefined) return judge(decoded, keys, options);
    const answer = answers.get(decoded) ?? judge(decoded, keys);
    answers.set(decoded, answer);
    return answer;
  };
};
