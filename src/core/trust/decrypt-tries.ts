import { authjsRecipes, isAuthjs, type Recipe } from './authjs.ts';
import type { DecryptionFailure, Encrypted } from './decrypt-check.ts';
import { decryptionMisfit } from './decrypt-fit.ts';
import type { KeyCandidate, SecretKey } from './key.ts';
import type { RingKey } from './signature.ts';
import type { Trial, Trials } from './trials.ts';

/** One key to try on a token: as it was given, or as a recipe makes it out of a secret. */
export interface Try {
  readonly given: RingKey;
  readonly candidate: KeyCandidate;
  readonly made?: { readonly from: SecretKey; readonly recipe: Recipe };
  /** What it means when it fails, where that is not just a wrong key. */
  readonly otherwise?: DecryptionFailure;
}

/** A key that need not be tried. */
export interface Unfit {
  readonly given: RingKey;
  readonly candidate?: KeyCandidate;
  readonly failure: DecryptionFailure;
}

export interface DecryptionTries {
  readonly tries: readonly Try[];
  readonly unfit: readonly Unfit[];
}

/** Public keys of issuers fill the ring; of them only one with the token's own `kid` says anything of a decryption. */
const concerns = ({ given, candidate }: Trial, kid: unknown): boolean =>
  given.provenance === 'given' ||
  candidate.kty === 'oct' ||
  candidate.privateMaterial !== undefined ||
  (candidate.kid !== undefined && candidate.kid === kid);

/** The keys that Auth.js would make of a secret, which is typed as text. */
const madeOf = ({ given, candidate }: Trial, { alg, enc }: Encrypted, told: readonly string[]): readonly Try[] => {
  if (alg.family !== 'dir' || candidate.kty !== 'oct' || candidate.reading !== 'text') return [];
  return authjsRecipes(enc.name, told).map((recipe) => ({ given, candidate, made: { from: candidate, recipe } }));
};

const triesOf = (
  trial: Trial,
  encrypted: Encrypted,
  cookies: readonly string[],
  named: string | undefined,
): DecryptionTries => {
  const { given, candidate } = trial;
  const told = named === undefined ? cookies : [named, ...cookies];
  const made = madeOf(trial, encrypted, told);
  const otherwise: DecryptionFailure | undefined = trial.otherwise && {
    state: 'no_key',
    reason: 'no_key_with_kid',
    detail: trial.otherwise.detail,
  };
  const failure = decryptionMisfit(candidate, encrypted);
  if (!failure) return { tries: [{ given, candidate }, ...made].map((one) => ({ ...one, otherwise })), unfit: [] };
  // Nobody said that it is one of Auth.js: that its keys fail says less than that the secret itself has the wrong length.
  const guess = named === undefined && !cookies.some(isAuthjs) ? failure : undefined;
  return {
    tries: made.map((one) => ({ ...one, otherwise: otherwise ?? guess })),
    // That a set lacks the `kid` is told by its keys that fit: one that cannot open the token was not meant by anybody.
    unfit: made.length > 0 ? [] : [{ given, candidate, failure }],
  };
};

/**
 * The keys to try on a token, in the order of `trials`, and why the others need not be tried.
 * @param cookies names under which the token was seen
 * @param cookieOf the name that a person gave with a key, by its id
 */
export const decryptionTries = (
  { tries, unreadable }: Trials,
  encrypted: Encrypted,
  cookies: readonly string[],
  cookieOf: ReadonlyMap<string, string | undefined>,
): DecryptionTries => {
  const { kid } = encrypted.header;
  const each = tries
    .filter((trial) => concerns(trial, kid))
    .map((trial) => triesOf(trial, encrypted, cookies, cookieOf.get(trial.given.id)));
  const unread = unreadable
    .filter(({ given }) => given.provenance === 'given')
    .map(
      ({ given, failure: { detail } }): Unfit => ({
        given,
        failure: { state: 'key_does_not_fit', reason: 'not_a_key', detail },
      }),
    );
  return { tries: each.flatMap((one) => one.tries), unfit: [...each.flatMap((one) => one.unfit), ...unread] };
};
