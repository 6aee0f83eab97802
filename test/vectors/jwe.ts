/** The JWE vectors of `../shared/vectors`, run through the decoder and the opener. Imports nothing of Node: it runs in browsers too. */
import * as v from 'valibot';
import { decode } from '../../src/core/token/decode.ts';
import { createOpener } from '../../src/core/trust/open.ts';
import type { RingKey } from '../../src/core/trust/signature.ts';

export interface VectorFile {
  /** Its path under `../shared/vectors`. */
  readonly path: string;
  /** What JSON.parse made of it. */
  readonly content: unknown;
}

export interface VectorResult {
  readonly name: string;
  /** Decrypted to the very plaintext, or refused, as the vector wants it. */
  readonly ok: boolean;
  /** `decrypted`, else state and reason. */
  readonly got: string;
}

interface Vector {
  readonly name: string;
  /** Compact, or JSON text. */
  readonly token: string;
  /** As a person would paste them. */
  readonly keys: readonly string[];
  /** Absent: it must not decrypt. */
  readonly plaintext?: string;
  readonly issuer?: string;
  /** What it holds is a signed token, and one of the keys verifies it. */
  readonly nested?: true;
}

const token = v.union([v.string(), v.looseObject({})]);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const jwk = v.looseObject({ kty: v.string() });

const cookbook = v.object({
  input: v.object({
    plaintext: v.string(),
    key: v.optional(v.union([jwk, v.array(jwk)])),
    pwd: v.optional(v.string()),
  }),
  output: v.looseObject({ compact: v.optional(token), json: v.optional(token), json_flat: v.optional(token) }),
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
        v.object({ tcId: v.number(), comment: v.string(), jwe: token, pt: v.optional(v.string()), result: v.string() }),
      ),
    }),
  ),
});

const ofCookbook = (path: string, { input, output }: v.InferOutput<typeof cookbook>): readonly Vector[] => {
  const key = input.pwd ?? JSON.stringify(Array.isArray(input.key) ? { keys: input.key } : input.key);
  return (['compact', 'json', 'json_flat'] as const).flatMap((form) =>
    output[form] === undefined
      ? []
      : [{ name: `${path} ${form}`, token: textOf(output[form]), keys: [key], plaintext: input.plaintext }],
  );
};

const fromHex = (hex: string): string =>
  new TextDecoder().decode(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));

/** The vectors of one file, whichever of the four shapes it has; none where it holds no JWE. */
const vectorsOf = ({ path, content }: VectorFile): readonly Vector[] => {
  const nested = v.safeParse(nesting, content);
  if (nested.success) {
    const { sign, encrypt } = nested.output;
    const inner = JSON.stringify(sign.input.key);
    return ofCookbook(path, encrypt).map((one) => ({ ...one, keys: [...one.keys, inner], nested: true }));
  }
  const example = v.safeParse(cookbook, content);
  if (example.success) return ofCookbook(path, example.output);
  const quoted = v.safeParse(rfc, content);
  if (quoted.success) {
    return quoted.output.vectors.map(({ id, key, verifyKey, pt, iss, jwe }) => ({
      name: id,
      token: textOf(jwe),
      keys: [key, verifyKey].flatMap((one) => (one ? [JSON.stringify(one)] : [])),
      ...(pt !== undefined && { plaintext: pt }),
      ...(iss !== undefined && { issuer: iss }),
      ...(verifyKey && { nested: true as const }),
    }));
  }
  const cases = v.safeParse(wycheproof, content);
  if (!cases.success) return [];
  return cases.output.testGroups.flatMap(({ private: key, tests }) =>
    tests.map(({ tcId, comment, jwe, pt = '', result }) => ({
      name: `wycheproof ${tcId} ${comment}`,
      token: textOf(jwe),
      keys: [JSON.stringify(key)],
      ...(result === 'valid' && { plaintext: fromHex(pt) }),
    })),
  );
};

const given = (text: string, index: number): RingKey => ({
  id: String(index),
  text,
  provenance: 'given',
  issuer: '',
  addedAt: index,
});

const run = async ({ name, token, keys, plaintext, issuer, nested }: Vector): Promise<VectorResult> => {
  const { layers } = await createOpener()(decode(token), keys.map(given));
  const [{ decoded, decryption, signature }, inner] = layers;
  const { state, reason } = decryption ?? signature ?? { state: 'unanswered', reason: '' };
  const got = state === 'decrypted' ? state : `${state} ${reason}`;
  if (plaintext === undefined && issuer === undefined && !nested) return { name, ok: state !== 'decrypted', got };
  const isRight =
    state === 'decrypted' &&
    (plaintext === undefined || decoded.payloadText === plaintext) &&
    (issuer === undefined || decoded.payload?.iss === issuer) &&
    (!nested || inner?.signature?.state === 'verified');
  return { name, ok: isRight, got };
};

/** RSAES-PKCS1-v1_5 is in neither jose nor WebCrypto. */
const RSA1_5 = 'cannot_be_checked unsupported_here';

/**
 * What differs from the vectors everywhere, by the beginning of the name, and what comes instead.
 * - A key is tried for what it can do, not for what its `alg` says; that is told beside a signature, and here nobody is deceived.
 * - Wycheproof wants a parser of compact tokens to refuse JSON; this one reads both.
 */
export const DEVIATIONS: Readonly<Record<string, string>> = {
  'cookbook/jwe/5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2.json': RSA1_5,
  'RFC7516 A.2 ': RSA1_5,
  'RFC7519 A.1 ': RSA1_5,
  'RFC7519 A.2 ': RSA1_5,
  'wycheproof 22 ': 'decrypted',
  ...Object.fromEntries([100, 101, 102, 103, 104, 105, 112, 128].map((id) => [`wycheproof ${id} `, RSA1_5] as const)),
  ...Object.fromEntries([106, 107, 108, 109].map((id) => [`wycheproof ${id} `, 'decrypted'] as const)),
};

/** What differs in addition where WebCrypto takes no AES key of 192 bits, as in Chromium. */
export const DEVIATIONS_WITHOUT_AES_192: Readonly<Record<string, string>> = Object.fromEntries(
  [28, 31, 53, 56, 60, 61, 70, 72, 77, 80, 83, 86, 89, 92].map(
    (id) => [`wycheproof ${id} `, 'cannot_be_checked unsupported_here'] as const,
  ),
);

/** What of the results no deviation explains, and deviations that came true no more; both are to be empty. */
export const unexpectedJwe = (results: readonly VectorResult[], { aes192 }: { readonly aes192: boolean }) => {
  const deviations = { ...DEVIATIONS, ...(aes192 ? {} : DEVIATIONS_WITHOUT_AES_192) };
  const beginnings = Object.keys(deviations);
  const deviationOf = (name: string) => beginnings.find((beginning) => name.startsWith(beginning));
  const found = new Set(results.map(({ name }) => deviationOf(name)));
  return {
    results: results.filter(({ name, ok, got }) => {
      const deviation = deviationOf(name);
      return deviation === undefined ? !ok : ok || got !== deviations[deviation];
    }),
    deviations: beginnings.filter((name) => !found.has(name)),
  };
};

/** Runs every vector of the files, one after the other. */
export async function* runJweVectors(files: readonly VectorFile[]): AsyncGenerator<VectorResult> {
  for (const file of files) for (const vector of vectorsOf(file)) yield run(vector);
}
