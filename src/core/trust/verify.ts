import type { Decoded } from '../token/decoded.ts';
import type { Algorithm } from './algorithms.ts';
import { answerWithoutKey, type Checkable } from './answer-without-key.ts';
import { type Failure, misfit } from './fit.ts';
import { createImporter, explain } from './import-key.ts';
import { issuerOf } from './issuer.ts';
import type { KeyCandidate } from './key.ts';
import { createKnownKeys } from './known-keys.ts';
import { type Failed, mostTelling, type Nearness } from './most-telling.ts';
import type { RingKey, SignatureAnswer } from './signature.ts';
import { signingInput } from './signing-input.ts';
import type { Trial } from './trials.ts';

export interface VerifyOptions {
  /** Another algorithm than the header's, to watch it fail. */
  readonly alg?: string;
}

/** Never rejects: what goes wrong is the answer. */
export type Verify = (decoded: Decoded, keys: readonly RingKey[], options?: VerifyOptions) => Promise<SignatureAnswer>;

const keyOf = ({ given, candidate }: Trial, fits: boolean): SignatureAnswer['key'] => ({
  id: given.id,
  format: candidate.format,
  provenance: given.provenance,
  kid: candidate.kid,
  // A reading that did not fit is one guess of several.
  reading: fits && candidate.kty === 'oct' ? candidate.reading : undefined,
  fromPrivate: candidate.kty === 'oct' ? undefined : candidate.fromPrivate,
});

/** What of the key would have forbidden what the mathematics allowed: RFC 7517 sections 4.2 to 4.4, RFC 4055 section 1.2. */
const disagreements = (key: KeyCandidate, alg: Algorithm): readonly string[] | undefined => {
  const { alg: own = alg.name, use = 'sig', key_ops = ['verify'] } = key.intent ?? {};
  const names = [
    ...(own === alg.name ? [] : ['alg']),
    ...(use === 'sig' ? [] : ['use']),
    ...(key_ops.includes('verify') || key_ops.includes('sign') ? [] : ['key_ops']),
    ...(key.kty === 'RSA' && key.pssOnly && alg.parameters === 'RSASSA-PKCS1-v1_5' ? ['id-RSASSA-PSS'] : []),
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
    const issuer = issuerOf(decoded);
    const nearnessOf = (given: RingKey, kid?: string): Nearness =>
      kid !== undefined && kid === decoded.header?.kid ? 'kid' : given.issuer === issuer ? 'issuer' : 'neither';
    // Any key of a type fits every algorithm of it, so that the key of another issuer fails and accuses nobody.
    const unheld = (nearness: Nearness): Failure => {
      if (!decoded.segments[1]) return { state: 'cannot_be_checked', reason: 'payload_detached' };
      return nearness === 'neither'
        ? { state: 'no_key', reason: 'no_key_fits' }
        : { state: 'mismatch', reason: 'bad_signature' };
    };
    const failed: Failed[] = [];
    for (const trial of tries) {
      const result = await attempt(trial.candidate, checkable, input);
      if (result === true) {
        const disagrees = disagreements(trial.candidate, checkable.alg);
        return { ...base, state: 'verified', reason: 'ok', key: keyOf(trial, true), disagrees };
      }
      const nearness = nearnessOf(trial.given, trial.candidate.kid);
      failed.push({ failure: trial.otherwise ?? (result || unheld(nearness)), nearness, key: keyOf(trial, false) });
    }
    failed.push(...unreadable.map(({ given, failure }) => ({ failure, nearness: nearnessOf(given) })));
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
