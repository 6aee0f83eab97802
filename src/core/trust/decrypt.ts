import { withContent } from '../token/content.ts';
import type { Decoded } from '../token/decoded.ts';
import { createAes192 } from './aes-192.ts';
import { createDeriver } from './authjs.ts';
import { attemptDecryption, checkEphemeralKey } from './decrypt-attempt.ts';
import {
  answerBeforeKey,
  type DecryptionFailure,
  type Encrypted,
  MAX_ITERATIONS,
  MAX_UNASKED_ITERATIONS,
} from './decrypt-check.ts';
import { type DecryptionFailed, mostTellingFailure } from './decrypt-telling.ts';
import { decryptionTries, type Try } from './decrypt-tries.ts';
import type { DecryptionAnswer } from './decryption.ts';
import { createPrivateImporter } from './import-private.ts';
import type { KeyCandidate } from './key.ts';
import { createKnownKeys } from './known-keys.ts';
import type { RingKey } from './signature.ts';

export interface DecryptOptions {
  /** Names of the cookies that the token was seen in: Auth.js makes its keys of them. */
  readonly cookies?: readonly string[];
  /** A person said yes to more than MAX_UNASKED_ITERATIONS. */
  readonly slow?: boolean;
}

/** Never rejects: what goes wrong is the answer. */
export type Decrypt = (
  decoded: Decoded,
  keys: readonly RingKey[],
  options?: DecryptOptions,
) => Promise<DecryptionAnswer>;

/** Keys times their readings that are tried on one token; an RSA key takes a millisecond or two. */
const MAX_TRIES = 200;

/** Iterations of PBES2 over all keys and readings: unasked half a second; asked, ten times the most that one may cost. */
const MAX_UNASKED_WORK = 10 * MAX_UNASKED_ITERATIONS;
const MAX_WORK = 10 * MAX_ITERATIONS;
/** And over all tokens, until a person gives another key: five seconds. A page sends as many tokens as it likes. */
const MAX_UNASKED_TOTAL = 100 * MAX_UNASKED_ITERATIONS;

/** Of a token with many recipients each has its share of these bounds, and this many tries at least. */
const MIN_TRIES = 10;

const keyOf = (given: RingKey, candidate: KeyCandidate, fits?: Try): DecryptionAnswer['key'] => ({
  id: given.id,
  format: candidate.format,
  provenance: given.provenance,
  kid: candidate.kid,
  // A reading that did not fit is one guess of several.
  ...(fits && candidate.kty === 'oct' && { reading: candidate.reading }),
  ...(fits?.made && { cookie: fits.made.recipe.cookie }),
});

/** The whole of a general serialisation, with what one of its recipients could read. */
const withContentOf = (decoded: Decoded, { payloadText, payload, inner, problems }: Decoded): Decoded => ({
  ...decoded,
  ...(payloadText !== undefined && { payloadText }),
  ...(payload && { payload }),
  ...(inner && { inner }),
  problems: [...decoded.problems, ...problems.filter(({ segment }) => segment === 'payload')],
});

interface Asked extends Required<DecryptOptions> {
  /** How many share the bounds. */
  readonly recipients: number;
}

interface Remembered {
  readonly generation: number;
  readonly cookies: string;
  readonly slow: boolean;
  readonly answer: Promise<DecryptionAnswer>;
  settled?: DecryptionAnswer;
}

/**
 * A decrypter, which remembers: each key is read and imported once, and each token (by identity of its `Decoded`) is
 * decrypted once; one that failed is tried again when the set of keys changes, or a person says yes to `slow`.
 *
 * The verb takes a JWE, compact or in JSON, and the keys known; it gives the content as decoded, or why there is none
 * (RFC 7516 section 5.2). Of a general serialisation the first recipient counts that a key fits. The mathematics alone
 * decides: `alg`, `use` and `key_ops` of a JWK forbid nothing.
 */
export const createDecrypter = (): Decrypt => {
  const known = createKnownKeys();
  const importOnce = createPrivateImporter();
  const deriveOnce = createDeriver();
  const takes192 = createAes192();
  const remembered = new WeakMap<Decoded, Remembered>();
  let given: readonly RingKey[] | undefined;
  let cookieOf: ReadonlyMap<string, string | undefined> = new Map();
  let generation = 0;
  // Of what a person gave: no set that is published has a password in it.
  let givenIds = '';
  let givenSince = 0;
  let unasked = 0;

  const use = (keys: readonly RingKey[]): void => {
    if (keys === given) return;
    given = keys;
    const before = cookieOf;
    cookieOf = new Map(keys.map(({ id, cookie }) => [id, cookie]));
    if (known.use(keys) || keys.some(({ id, cookie }) => before.get(id) !== cookie)) generation++;
    const ids = keys.flatMap(({ id, provenance }) => (provenance === 'given' ? id : [])).join();
    if (ids === givenIds) return;
    [givenIds, givenSince, unasked] = [ids, generation, 0];
  };

  /** What the platform cannot do of it, whatever the key. */
  const unsupported = async ({ alg, enc }: Encrypted): Promise<DecryptionFailure | undefined> => {
    for (const { name, aes192 } of [alg, enc]) {
      if (aes192 && !(await takes192(aes192)))
        return { state: 'cannot_be_checked', reason: 'unsupported_here', detail: [name] };
    }
    return;
  };

  const keyFor = ({ candidate, made }: Try, { alg }: Encrypted) => {
    if (made) return deriveOnce(made.from, made.recipe);
    return candidate.kty === 'oct' ? candidate.bytes : importOnce(candidate, alg.name);
  };

  const decrypt = async (decoded: Decoded, { cookies, slow, recipients }: Asked): Promise<DecryptionAnswer> => {
    const encrypted = answerBeforeKey(decoded);
    if ('state' in encrypted) return encrypted;
    const failure = (await unsupported(encrypted)) ?? (await checkEphemeralKey(encrypted));
    if (failure) return failure;
    const { kid } = encrypted.header;
    const { tries, unfit } = decryptionTries(known.trials(kid), encrypted, cookies, cookieOf);
    const isNamed = (candidate?: KeyCandidate): boolean => candidate?.kid !== undefined && candidate.kid === kid;
    const { iterations = 0 } = encrypted;
    const work = iterations * tries.length;
    const isLong = iterations > MAX_UNASKED_ITERATIONS || work * recipients > MAX_UNASKED_WORK;
    if ((isLong || unasked + work > MAX_UNASKED_TOTAL) && !slow && work > 0)
      return { state: 'asks', reason: 'iterations_ask', detail: [String(iterations)] };
    if (!slow) unasked += work;

    const failed: DecryptionFailed[] = unfit.map(({ given, candidate, failure }) => ({
      failure,
      isNamed: isNamed(candidate),
      key: candidate && keyOf(given, candidate),
    }));
    const most = Math.max(MIN_TRIES, MAX_TRIES / recipients);
    const affordable = iterations > 0 ? MAX_WORK / recipients / iterations : most;
    for (const one of tries.slice(0, Math.min(most, Math.max(1, affordable)))) {
      const key = await keyFor(one, encrypted);
      const result = 'state' in key ? key : await attemptDecryption(encrypted, key);
      if (result instanceof Uint8Array) {
        const key = keyOf(one.given, one.candidate, one);
        return { state: 'decrypted', reason: 'ok', key, content: withContent(decoded, result) };
      }
      const told = result.reason === 'wrong_key' ? (one.otherwise ?? result) : result;
      failed.push({ failure: told, isNamed: isNamed(one.candidate), key: keyOf(one.given, one.candidate) });
    }
    const told = mostTellingFailure(failed);
    return { ...told.failure, ...(told.key && { key: told.key }) };
  };

  const recall = (decoded: Decoded, asked: Asked): Promise<DecryptionAnswer> => {
    const { slow } = asked;
    const cookies = JSON.stringify(asked.cookies);
    const before = remembered.get(decoded);
    const opener = before?.settled?.key;
    const holds = opener && given?.some((one) => one.id === opener.id && one.provenance === opener.provenance);
    // What derives its key is not derived again because a page has brought public keys.
    const since = decoded.header?.p2c !== undefined && !decoded.parts ? givenSince : generation;
    const isSame = before && before.generation >= since && before.cookies === cookies && (before.slow || !slow);
    if (before && (holds || isSame)) return before.answer;
    const answer = decoded.parts ? decryptParts(decoded, decoded.parts, asked) : decrypt(decoded, asked);
    const entry: Remembered = { generation, cookies, slow, answer };
    remembered.set(decoded, entry);
    answer.then((settled) => {
      if (settled.state === 'decrypted') entry.settled = settled;
    });
    return answer;
  };

  /** RFC 7516 section 7.2.1: one content for all. Each recipient is answered, since each is shown. */
  const decryptParts = async (decoded: Decoded, parts: readonly Decoded[], asked: Asked): Promise<DecryptionAnswer> => {
    const failed: DecryptionFailed[] = [];
    let opened: DecryptionAnswer | undefined;
    for (const part of parts) {
      const { key, content, ...failure } = await recall(part, { ...asked, recipients: parts.length });
      if (content) opened ??= { ...failure, key, content: withContentOf(decoded, content) };
      else failed.push({ failure, key });
    }
    const { failure, key } = mostTellingFailure(failed);
    return opened ?? { ...failure, ...(key && { key }) };
  };

  return (decoded, keys, { cookies = [], slow = false } = {}) => {
    use(keys);
    return recall(decoded, { cookies, slow, recipients: 1 });
  };
};
