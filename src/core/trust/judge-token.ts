import type { Decoded, JsonObject } from '../token/decoded.ts';
import { answerWithoutKey } from './answer-without-key.ts';
import type { Failure } from './fit.ts';
import { createImporter, explain } from './import-key.ts';
import { issuerOf } from './issuer.ts';
import { type Failed, mostTelling } from './most-telling.ts';
import { isForeign, type Nearness, nearness } from './nearness.ts';
import type { SignatureAnswer } from './signature.ts';
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

const BAD_SIGNATURE: Failure = { state: 'mismatch', reason: 'bad_signature' };
const NO_KEY_FITS: Failure = { state: 'no_key', reason: 'no_key_fits' };
const DETACHED: Failure = { state: 'cannot_be_checked', reason: 'payload_detached' };

/**
 * Whether the keys known have decided, so that what the token brought along has no say: the key with the token's `kid` did
 * not verify (that it does not even fit is no excuse, since whoever forges a token chooses its algorithm), or another key
 * of its issuer denies the signature.
 */
const hasDecided = (failed: readonly Failed[], issuer: string): boolean =>
  failed.some(
    ({ nearness: near, failure }) =>
      near === 'kid' || (near === 'issuer' && issuer !== '' && failure.state === 'mismatch'),
  );

/**
 * Checks tokens, each with the keys that are handed in; a key is imported once per algorithm. Gives one of the seven states
 * with its reason (RFC 7515 section 5.2); never rejects.
 */
export const createJudge = (): Judge => {
  const ready = createImporter();
  const verified = createVerified();

  return async (decoded, keys, options) => {
    const name = options?.alg ?? decoded.header?.alg;
    const forced = options?.alg === undefined ? undefined : true;
    const checkable = answerWithoutKey(decoded, name);
    if ('state' in checkable) return { alg: typeof name === 'string' ? name : undefined, forced, ...checkable };

    const { alg, signature } = checkable;
    const input = signingOctets(decoded, options?.payload);
    const kid = decoded.header?.kid;
    const { tries, unreadable } = keys.trials(kid);
    let issuer: string | undefined;
    const failed: Failed[] = [];
    const put = (trial: Trial, near: Nearness, why: Failure | false) => {
      const isElsewhere = options?.payload === undefined && (decoded.detached || !decoded.segments[1]);
      const unheld = isElsewhere ? DETACHED : near === 'neither' ? NO_KEY_FITS : BAD_SIGNATURE;
      failed.push({ failure: why || unheld, nearness: near, key: keyOf(trial, false) });
    };

    for (const own of [false, true]) {
      if (own && hasDecided(failed, issuer ?? '')) break;
      for (const trial of own ? keys.embedded(decoded.header ?? {}) : tries) {
        let result: boolean | Failure;
        try {
          // Not awaited where it is there already: a turn for each token.
          const pending = ready(trial.candidate, alg);
          const check = pending instanceof Promise ? await pending : pending;
          result = typeof check === 'function' ? await check(signature, input) : check;
        } catch (error) {
          result = explain(error, alg.name);
        }
        if (result === true) return forced ? { ...verified(trial, alg), forced } : verified(trial, alg);
        issuer ??= issuerOf(decoded);
        // The token itself names it: it is as near as a key can be, once it fits.
        if (own) put(trial, result ? 'neither' : 'kid', result);
        else if (isForeign(trial.given, issuer)) put(trial, 'neither', NO_KEY_FITS);
        else {
          const hasKid = kid !== undefined && trial.candidate.kid === kid;
          put(trial, nearness(trial.given, issuer, hasKid), trial.otherwise ?? result);
        }
      }
    }
    for (const { given, failure } of unreadable) {
      const near = nearness(given, issuerOf(decoded), false);
      failed.push({ failure, nearness: near });
    }
    const { failure, key } = mostTelling(failed);
    return { alg: alg.name, forced, ...failure, key };
  };
};
