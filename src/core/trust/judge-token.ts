import type { Decoded, JsonObject } from '../token/decoded.ts';
import type { Algorithm } from './algorithms.ts';
import { answerWithoutKey, BROKEN } from './answer-without-key.ts';
import { hasEntraNonce } from './entra-nonce.ts';
import type { Failure } from './fit.ts';
import { createImporter, explain, type Ready } from './import-key.ts';
import { issuerOf } from './issuer.ts';
import { type Failed, mostTelling } from './most-telling.ts';
import { isForeign, nearness } from './nearness.ts';
import type { SignatureAnswer } from './signature.ts';
import { signatureOctets } from './signature-octets.ts';
import { signingOctets } from './signing-input.ts';
import type { Trial, Trials } from './trials.ts';
import { createVerified, keyOf } from './verified.ts';
import type { VerifyOptions } from './verify.ts';

/** The keys to try on one token. */
interface Keys {
  /** Those that are known, for a `kid` of any JSON type. */
  trials(kid: unknown): Trials;
  /** Those that the token's header brought along. */
  embedded(header: JsonObject): readonly Trial[];
}

type Judge = (decoded: Decoded, keys: Keys, options?: VerifyOptions) => Promise<SignatureAnswer>;
type Payload = VerifyOptions['payload'];
type Outcome = boolean | Failure;

const NO_HEADER: JsonObject = {};
const NO_OPTIONS: VerifyOptions = {};
const BAD_SIGNATURE: Failure = { state: 'mismatch', reason: 'bad_signature' };
const NO_KEY_FITS: Failure = { state: 'no_key', reason: 'no_key_fits' };
const ENTRA_NONCE: Failure = { state: 'cannot_be_checked', reason: 'entra_nonce' };
const DETACHED: Failure = { state: 'cannot_be_checked', reason: 'payload_detached' };

/** Of a token without `kid` every key of the ring may be the one; pages can fill the ring, and each try costs up to a ms. */
const MAX_TRIES = 200;

/** The tries of one token, those with keys of other issuers last, and no more than MAX_TRIES. */
const bounded = (tries: readonly Trial[], issuer: string): readonly Trial[] => {
  if (tries.length <= MAX_TRIES) return tries;
  const last = ({ given }: Trial): number => (isForeign(given, issuer) ? 1 : 0);
  return tries.toSorted((a, b) => last(a) - last(b)).slice(0, MAX_TRIES);
};

/** The octets are read right before they are checked, since their room is one for all tokens. */
const run = (check: Exclude<Ready, Promise<unknown>>, decoded: Decoded, payload: Payload) => {
  if (typeof check !== 'function') return check;
  const signature = signatureOctets(decoded);
  return signature ? check(signature, signingOctets(decoded, payload)) : BROKEN;
};

/** What it says that a key did not verify. */
const failureOf = (
  decoded: Decoded,
  trial: Trial,
  isOwn: boolean,
  outcome: false | Failure,
  { payload, onlyKnown, alg }: VerifyOptions,
): Failed => {
  const isAsked = onlyKnown || alg !== undefined;
  const issuer = issuerOf(decoded);
  const { given, candidate, otherwise } = trial;
  const key = keyOf(trial, false);
  if (!isOwn && isForeign(given, issuer)) return { failure: NO_KEY_FITS, nearness: 'neither', key };
  const hasKid = candidate.kid !== undefined && candidate.kid === decoded.header?.kid;
  // A key that the token itself names is as near as a key can be, once it fits.
  const near = isOwn ? (outcome ? 'neither' : 'kid') : nearness(given, issuer, hasKid);
  const isElsewhere = payload === undefined && (decoded.detached || !decoded.segments[1]);
  // That a key does not fit which has nothing to do with the token is no one's fault; nor that both name no issuer.
  const isStray = !isOwn && !isAsked && (near === 'neither' || (near === 'issuer' && issuer === ''));
  if (isStray && outcome && outcome.state === 'key_does_not_fit') return { failure: NO_KEY_FITS, nearness: near, key };
  const denied = hasEntraNonce(decoded) ? ENTRA_NONCE : BAD_SIGNATURE;
  const unheld = isElsewhere ? DETACHED : near === 'neither' ? NO_KEY_FITS : denied;
  // What somebody else's set does not have is missing nowhere.
  const lacks = otherwise && near === 'neither' ? { ...otherwise, elsewhere: true as const } : otherwise;
  return { failure: lacks ?? (outcome || unheld), nearness: near, key };
};

/**
 * Whether the keys known have decided, so that what the token brought along has no say: the key with the token's `kid` did
 * not verify (that it does not even fit is no excuse, since whoever forges a token chooses its algorithm), or another key
 * of its issuer denies the signature.
 */
const hasDecided = (failed: readonly Failed[], decoded: Decoded): boolean =>
  failed.some(
    ({ nearness: near, failure }) =>
      near === 'kid' || (near === 'issuer' && failure.state === 'mismatch' && issuerOf(decoded) !== ''),
  );

/**
 * Checks tokens, each with the keys that are handed in; a key is imported once per algorithm. Gives one of the seven states
 * with its reason (RFC 7515 section 5.2); never rejects.
 */
export const createJudge = (): Judge => {
  const ready = createImporter();
  const verified = createVerified();

  /** Waited for only where there is something to wait for: a turn less for each token. */
  const attempt = (trial: Trial, alg: Algorithm, decoded: Decoded, payload: Payload): Outcome | Promise<Outcome> => {
    const check = ready(trial.candidate, alg);
    return check instanceof Promise ? check.then((made) => run(made, decoded, payload)) : run(check, decoded, payload);
  };

  return async (decoded, keys, options = NO_OPTIONS) => {
    const name = options.alg ?? decoded.header?.alg;
    const forced = options.alg === undefined ? undefined : true;
    const alg = answerWithoutKey(decoded, name);
    if ('state' in alg) return { alg: typeof name === 'string' ? name : undefined, forced, ...alg };

    const { tries, unreadable } = keys.trials(decoded.header?.kid);
    const failed: Failed[] = [];
    let isOwn = false;
    for (let round = bounded(tries, issuerOf(decoded)); ; round = keys.embedded(decoded.header ?? NO_HEADER)) {
      for (const trial of round) {
        let outcome: Outcome;
        try {
          outcome = await attempt(trial, alg, decoded, options.payload);
        } catch (error) {
          outcome = explain(error, alg.name);
        }
        if (outcome === true) return forced ? { ...verified(trial, alg), forced } : verified(trial, alg);
        failed.push(failureOf(decoded, trial, isOwn, outcome, options));
      }
      if (isOwn || hasDecided(failed, decoded)) break;
      isOwn = true;
    }
    for (const { given, failure } of unreadable) {
      failed.push({ failure, nearness: nearness(given, issuerOf(decoded), false) });
    }
    const { failure, key } = mostTelling(failed);
    return { alg: alg.name, forced, ...failure, key };
  };
};
