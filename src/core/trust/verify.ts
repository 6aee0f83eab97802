import type { Decoded } from '../token/decoded.ts';
import type { Algorithm } from './algorithms.ts';
import { answerWithoutKey, type Checkable } from './answer-without-key.ts';
import { type Failure, misfit } from './fit.ts';
import { explain, importKey } from './import-key.ts';
import type { KeyCandidate, KeyReading } from './key.ts';
import { readKey } from './read-key.ts';
import type { GivenKey, SignatureAnswer, SignatureReason } from './signature.ts';
import { signingInput } from './signing-input.ts';
import { type Trial, type Trials, trials } from './trials.ts';

export interface VerifyOptions {
  /** Another algorithm than the header's, to watch it fail. */
  readonly alg?: string;
}

/** Never rejects: what goes wrong is the answer. */
export type Verify = (decoded: Decoded, keys: readonly GivenKey[], options?: VerifyOptions) => Promise<SignatureAnswer>;

/** Of several keys that all failed, the failure that tells most: how near the key came to deciding. */
const TELLING: readonly SignatureReason[] = [
  'bad_signature',
  'payload_detached',
  'alg_unsupported_here',
  'rsa_too_small',
  'secret_empty',
  'wrong_curve',
  'wrong_key_type',
  'secret_for_public_alg',
  'not_a_key',
  'no_key_with_kid',
];

/** Tokens may name any `kid` they like; issuers have a handful. */
const MAX_KIDS = 100;

/** Once it is here it is had without waiting: one turn less for each token. */
type Imported = Promise<CryptoKey | Failure> | CryptoKey | Failure;

type Failed = { readonly failure: Failure; readonly key?: SignatureAnswer['key'] };

const mostTelling = (failed: readonly Failed[]): Failed =>
  failed.reduce(
    (best, one) => (TELLING.indexOf(one.failure.reason) < TELLING.indexOf(best.failure.reason) ? one : best),
    failed[0] ?? { failure: { state: 'no_key', reason: 'no_key_given' } },
  );

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
  let ringId = '';
  let ring: readonly { readonly given: GivenKey; readonly reading: KeyReading }[] = [];
  let known: readonly GivenKey[] = [];
  const byKid = new Map<unknown, Trials>();
  // A forced algorithm is tried by hand, and not remembered.
  let answers = new WeakMap<Decoded, Promise<SignatureAnswer>>();
  const imported = new WeakMap<KeyCandidate, Map<string, Imported>>();

  const useKeys = (keys: readonly GivenKey[]): void => {
    if (keys === known) return;
    known = keys;
    const id = keys.map((key) => `${key.id} ${key.provenance} ${key.addedAt}`).join();
    if (id === ringId) return;
    const readings = new Map(ring.map(({ given, reading }) => [given.id, reading]));
    ring = keys.map((given) => ({ given, reading: readings.get(given.id) ?? readKey(given.text) }));
    ringId = id;
    byKid.clear();
    answers = new WeakMap();
  };

  const trialsFor = (kid: unknown): Trials => {
    const known = byKid.get(kid) ?? trials(ring, typeof kid === 'string' ? kid : undefined);
    if (byKid.size < MAX_KIDS) byKid.set(kid, known);
    return known;
  };

  const importOnce = (candidate: KeyCandidate, alg: Algorithm): Imported => {
    const byAlg = imported.get(candidate) ?? new Map<string, Imported>();
    const known = byAlg.get(alg.name);
    if (known) return known;
    const key = importKey(candidate, alg);
    imported.set(candidate, byAlg.set(alg.name, key));
    key.then((settled) => byAlg.set(alg.name, settled));
    return key;
  };

  /** Whether it holds, or why that cannot be known. */
  const attempt = async (candidate: KeyCandidate, { alg, signature }: Checkable, input: Uint8Array<ArrayBuffer>) => {
    const unfit = misfit(candidate, alg);
    if (unfit) return unfit;
    const known = importOnce(candidate, alg);
    const key = known instanceof Promise ? await known : known;
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

    const { tries, unreadable } = trialsFor(decoded.header?.kid);
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
    useKeys(keys);
    if (options?.alg !== undefined) return check(decoded, options.alg);
    const answer = answers.get(decoded) ?? check(decoded);
    answers.set(decoded, answer);
    return answer;
  };
};
