/** JWE of the cookbook, of RFC 7516 and 7519, and of Wycheproof, through the decoder and the opener. */
import * as v from 'valibot';
import { decode } from '../../src/core/token/decode.ts';
import '../../src/core/token/json-serialization.ts';
import { createOpener } from '../../src/core/trust/open.ts';
import { givenKeys, say } from './given.ts';
import type { Outcome, Runner } from './outcome.ts';
import { SERIALIZATIONS, textOf, token } from './serializations.ts';

interface Vector {
  readonly name: string;
  /** Compact, or JSON text. */
  readonly token: string;
  readonly keys: readonly unknown[];
  /** It must decrypt to this. With `issuer` and `isNested` absent too, it must not decrypt. */
  readonly plaintext?: string;
  readonly issuer?: string;
  /** What it holds is a signed token, and one of the keys verifies it. */
  readonly isNested?: true;
  /** The recipient whose key alone is given. */
  readonly recipient?: number;
  /** As the decoder has to call it. */
  readonly serialization?: string;
}

const jwk = v.looseObject({ kty: v.string() });

const cookbook = v.object({
  input: v.object({
    plaintext: v.string(),
    key: v.optional(v.union([v.array(jwk), jwk])),
    pwd: v.optional(v.string()),
  }),
  output: v.record(v.picklist(['compact', 'json', 'json_flat']), token),
});
const nesting = v.object({ sign: v.object({ input: v.object({ key: jwk }) }), encrypt: cookbook });
const rfc = v.object({
  vectors: v.array(
    v.object({
      id: v.string(),
      key: jwk,
      verifyKey: v.optional(jwk),
      pt: v.optional(v.string()),
      iss: v.optional(v.string()),
      jwe: token,
    }),
  ),
});
const wycheproof = v.object({
  testGroups: v.array(
    v.object({
      private: jwk,
      tests: v.array(
        v.object({
          ...{ tcId: v.number(), comment: v.string(), jwe: token, pt: v.optional(v.string()) },
          result: v.picklist(['valid', 'invalid']),
        }),
      ),
    }),
  ),
});

/** With all keys together and, where there are several, with each of them alone. */
const ofCookbook = ({ input, output }: v.InferOutput<typeof cookbook>): readonly Vector[] => {
  const keys = [input.pwd ?? input.key].flat();
  const { plaintext } = input;
  return Object.entries(output).flatMap(([name, form]) => {
    const token = textOf(form);
    return [
      { name, token, keys, plaintext, serialization: SERIALIZATIONS[name] ?? '' },
      ...(keys.length > 1
        ? keys.map((key, recipient) => ({
            name: `${name}, key ${recipient + 1} alone`,
            token,
            keys: [key],
            plaintext,
            recipient,
          }))
        : []),
    ];
  });
};

const ofNesting = ({ sign, encrypt }: v.InferOutput<typeof nesting>): readonly Vector[] =>
  ofCookbook(encrypt).map((one) => ({ ...one, keys: [...one.keys, sign.input.key], isNested: true }));

const ofRfc = ({ vectors }: v.InferOutput<typeof rfc>): readonly Vector[] =>
  vectors.map(({ id, key, verifyKey, pt, iss, jwe }) => ({
    name: id,
    token: textOf(jwe),
    keys: verifyKey ? [key, verifyKey] : [key],
    ...(pt !== undefined && { plaintext: pt }),
    ...(iss !== undefined && { issuer: iss }),
    ...(verifyKey && { isNested: true as const }),
  }));

const fromHex = (hex: string): string => new TextDecoder().decode(Uint8Array.fromHex(hex));

const ofWycheproof = ({ testGroups }: v.InferOutput<typeof wycheproof>): readonly Vector[] =>
  testGroups.flatMap(({ private: key, tests }) =>
    tests.map(({ tcId, comment, jwe, pt = '', result }) => ({
      name: `${tcId} ${comment}`,
      token: textOf(jwe),
      keys: [key],
      ...(result === 'valid' && { plaintext: fromHex(pt) }),
    })),
  );

/** Whichever of the four shapes a file has. */
const vectors = v.union([
  v.pipe(nesting, v.transform(ofNesting)),
  v.pipe(cookbook, v.transform(ofCookbook)),
  v.pipe(rfc, v.transform(ofRfc)),
  v.pipe(wycheproof, v.transform(ofWycheproof)),
]);

const run = async (vector: Vector): Promise<readonly Outcome[]> => {
  const { name, token, keys, plaintext, issuer, isNested, recipient, serialization } = vector;
  const outer = decode(token);
  const { layers } = await createOpener()(outer, givenKeys(keys));
  const [{ decoded, decryption, signature, parts = [] }, inner] = layers;
  const answer = recipient === undefined ? (decryption ?? signature) : parts[recipient];
  const got = answer ? say(answer) : 'unanswered';
  const isDecrypted = got === 'decrypted';
  const isWanted = plaintext !== undefined || issuer !== undefined || isNested === true;
  const isRight =
    isDecrypted &&
    (plaintext === undefined || decoded.payloadText === plaintext) &&
    (issuer === undefined || decoded.payload?.iss === issuer) &&
    (!isNested || inner?.signature?.state === 'verified');
  const outcome = { name, ok: isWanted ? isRight : !isDecrypted, got };
  if (serialization === undefined) return [outcome];
  const is = outer.serialization ?? 'compact';
  return [outcome, { name: `${name} is`, ok: is === serialization, got: is }];
};

/**
 * Decrypted to the very plaintext, with the key or password that the vector has, or refused, as the vector wants it.
 * One after the other: a PBES2 key takes a processor for long.
 */
export const jweVectors: Runner = async ({ content }) => {
  const outcomes: Outcome[] = [];
  for (const vector of v.parse(vectors, content)) outcomes.push(...(await run(vector)));
  return outcomes;
};
