import type { Decoded } from '../token/decoded.ts';
import type { Algorithm } from './algorithms.ts';
import { answerWithoutKey, type Checkable } from './answer-without-key.ts';
import { type Failure, misfit } from './fit.ts';
import { createImporter, explain } from './import-key.ts';
import type { KeyCandidate } from './key.ts';
import { createKnownKeys } from './known-keys.ts';
import { type Failed, mostTelling } from './most-telling.ts';
import type { GivenKey, SignatureAnswer } from './signature.ts';
import { signingInput } from './signing-input.ts';
import type { Trial } from './trials.ts';

export interface VerifyOptions {
  /** Another algorithm than the header's, to watch it fail. */
  readonly alg?: string;
}

/** Never rejects: what goes wrong is the answer. */
export type Verify = (decoded: Decoded, keys: readonly GivenKey[], options?: VerifyOptions) => Promise<SignatureAnswer>;

const keyOf = ({ given, candidate }: Trial, fits: boolean): SignatureAnswer['key'] => ({
  id: given.id,
  format: candidate.format,
  provenance: given.provenance,
  kid: candidate.kid,
  // A reading that did not fit is one guess of several.
  reading: fits && candidate.kty === 'oct' ? candidate.reading : undefined,
  fromPrivate: candidate.kty === 'oct' ? undefined : candidate.fromPrivate,
});

/** RFC 7517 sections 4.2 to 4.4: members of the JWK that would have forbidden what the mathematics allowed. */
const disagreements = ({ intent }: KeyCandidate, alg: Algorithm): readonly string[] | undefined => {
  const { alg: own = alg.name, use = 'sig', key_ops = ['verify'] } = intent ?? {};
  const names = [
    ...(own === alg.name ? [] : ['alg']),
    ...(use === 'sig' ? [] : ['use']),
    ...(key_ops.includes('verify') || key_ops.includes('sign') ? [] : ['key_ops']),
  ];
  return names.length > 0 ? names : undefined;
};

/**
 * A verifier, which remembers: each key is read once, imported once per algorithm, and each token (by identity of its
 * `Decoded`) is checked once until the set of keys changes.
 *
 * The verb takes the token, the keys known and, to watch it fail, another algorithm; it gives one of the seven states with
 * its reason (RFC 7515 section 5.2). The mathematics alone decides: `alg`, `use` and `key_ops` of a JWK are reported beside.
 * Keys are imported by jose; `subtle.verify` is called directly, since jose checks every key again for every token.
 */
export const createVerifier = (): Verify => {
  const known = createKnownKeys();
  const importOnce = createImporter();
  // A forced algorithm is tried by hand, and not remembered.
  let answers = new WeakMap<Decoded, Promise<SignatureAnswer>>();

  /** Whether it holds, or why that cannot be known. */
  const attempt = async (candidate: KeyCandidate, { alg, signature }: Checkable, input: Uint8Array<ArrayBuffer>) => {
    const unfit = misfit(candidate, alg);
    if (unfit) return unfit;
    const imported = importOnce(candidate, alg);
    const key = imported instanceof Promise ? await imported : imported;
    if ('state' in key) return key;
    try {
      return await crypto.subtle.verify(alg.parameters ?? alg.name, key, signature, input);
    } catch (error) {
      return explain(error, alg.name);
    }
  };

  const check = async (decoded: Decoded, forced?: string): Promise<SignatureAnswer> => {
    const name = forced ?? decoded.header?.alg;
    const base = { alg: typeof name === 'string' ? name : undefined, forced: forced === undefined ? undefined : true };
    const checkable = answerWithoutKey(decoded, name);
    if ('state' in checkable) return { ...base, ...checkable };

    const { tries, unreadable } = known.trials(decoded.header?.kid);
    const input = new TextEncoder().encode(signingInput(decoded));
    const mismatch: Failure = decoded.segments[1]
      ? { state: 'mismatch', reason: 'bad_signature' }
      : { state: 'cannot_be_checked', reason: 'payload_detached' };
    const failed: Failed[] = [];
    for (const trial of tries) {
      const result = await attempt(trial.candidate, checkable, input);
      if (result === true) {
        const disagrees = disagreements(trial.candidate, checkable.alg);
        return { ...base, state: 'verified', reason: 'ok', key: keyOf(trial, true), disagrees };
      }
      failed.push({ failure: trial.otherwise ?? (result || mismatch), key: keyOf(trial, false) });
    }
    failed.push(...unreadable);
    const { failure, key } = mostTelling(failed);
    return { ...base, ...failure, key };
  };

  return (decoded, keys, options) => {
    if (known.use(keys)) answers = new WeakMap();
    if (options?.alg !== undefined) return check(decoded, options.alg);
    const answer = answers.get(decoded) ?? check(decoded);
    answers.set(decoded, answer);
    return answer;
  };
};
