import type { Decoded } from '../token/decoded.ts';
import { MAX_NESTING } from '../token/nested.ts';
import { createDecrypter, type DecryptOptions } from './decrypt.ts';
import type { Layer, Opened } from './opened.ts';
import type { RingKey, SignatureAnswer } from './signature.ts';
import { createVerifier, type Verify } from './verify.ts';

type VerifyOptions = NonNullable<Parameters<Verify>[2]>;

/** `alg` and `payload` are for the outermost token alone. */
export interface OpenOptions extends VerifyOptions, DecryptOptions {}

/** At once where the answer is known. Never rejects: what goes wrong is an answer. */
export type Open = (decoded: Decoded, keys: readonly RingKey[], options?: OpenOptions) => Opened | Promise<Opened>;

/** Nothing but a signature: nearly every token. */
const isPlain = ({ form, parts, inner, disclosures }: Decoded): boolean =>
  form !== 'jwe' && parts === undefined && inner === undefined && disclosures === undefined;

const plainly = (decoded: Decoded, signature: SignatureAnswer): Opened => ({ layers: [{ decoded, signature }] });

/**
 * Opens a token with all that keys open of it: a signature is verified, an encryption decrypted, and what either holds
 * opened in turn (RFC 7519 section 7.2), down to MAX_NESTING layers.
 *
 * What the verifier and the decrypter remember is not done again. The verb gives one layer for each token, the outermost
 * first; a last one beyond the bound says `nested_too_deep`.
 */
export const createOpener = (): Open => {
  const verify = createVerifier();
  const decrypt = createDecrypter();

  const answerFor = (decoded: Decoded, keys: readonly RingKey[], options: OpenOptions | undefined) =>
    decoded.form === 'jwe' ? decrypt(decoded, keys, options) : verify(decoded, keys, options);

  const layerOf = async (
    decoded: Decoded,
    keys: readonly RingKey[],
    options: OpenOptions | undefined,
  ): Promise<Layer> => {
    const parts = decoded.parts && (await Promise.all(decoded.parts.map((part) => answerFor(part, keys, options))));
    const more = { ...(parts && { parts }) };
    if (decoded.form === 'jwe') {
      const decryption = await decrypt(decoded, keys, options);
      return { decoded: decryption.content ?? decoded, decryption, ...more };
    }
    const signature = await verify(decoded, keys, options);
    return { decoded, signature, ...more };
  };

  const openAll = async (
    decoded: Decoded,
    keys: readonly RingKey[],
    options: OpenOptions | undefined,
  ): Promise<Opened> => {
    const first = await layerOf(decoded, keys, options);
    const layers: [Layer, ...Layer[]] = [first];
    const within = options && { cookies: options.cookies, slow: options.slow };
    for (let { inner } = first.decoded; inner; ) {
      if (layers.length === MAX_NESTING) {
        const detail = [String(MAX_NESTING)];
        layers.push({
          decoded: inner,
          decryption: { state: 'cannot_be_checked', reason: 'nested_too_deep', detail },
        });
        break;
      }
      const layer = await layerOf(inner, keys, within);
      layers.push(layer);
      inner = layer.decoded.inner;
    }
    return { layers };
  };

  return (decoded, keys, options) => {
    if (!isPlain(decoded)) return openAll(decoded, keys, options);
    const signature = verify(decoded, keys, options);
    return signature instanceof Promise
      ? signature.then((answer) => plainly(decoded, answer))
      : plainly(decoded, signature);
  };
};
