import type { Decoded } from '../token/decoded.ts';
import { MAX_NESTING } from '../token/nested.ts';
import { createDecrypter, type DecryptOptions } from './decrypt.ts';
import type { DecryptionAnswer } from './decryption.ts';
import type { Layer, Opened } from './opened.ts';
import { readSd } from './sd-jwt.ts';
import type { SdReading } from './sd-reading.ts';
import type { RingKey, SignatureAnswer } from './signature.ts';
import { createVerifier, type Verify } from './verify.ts';

type Opener = NonNullable<DecryptionAnswer['key']>;

/** A key that opened the envelope has done what it was given for: that it did not sign what is inside is no finding. */
const excused = (layer: Layer, openers: readonly Opener[]): Layer => {
  const { signature, decoded } = layer;
  const { state, key, alg } = signature ?? {};
  if ((state !== 'key_does_not_fit' && state !== 'mismatch') || !key) return layer;
  // A set has one id, and may hold one key to decrypt with and another to verify with.
  if (!openers.some(({ id, kid }) => id === key.id && kid === key.kid)) return layer;
  // What names this very key has to be signed with it.
  if (key.kid !== undefined && key.kid === decoded.header?.kid) return layer;
  return { ...layer, signature: { state: 'no_key', reason: 'no_key_fits', ...(alg !== undefined && { alg }) } };
};

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

  const partsOf = async (
    { form, parts }: Decoded,
    keys: readonly RingKey[],
    options: OpenOptions | undefined,
  ): Promise<Pick<Layer, 'parts'>> => {
    if (!parts) return {};
    const answer = form === 'jwe' ? decrypt : verify;
    return { parts: await Promise.all(parts.map((part) => answer(part, keys, options))) };
  };

  // What the disclosures say depends on no key but the one in the token.
  const readings = new WeakMap<Decoded, Promise<SdReading>>();
  const sdOf = (decoded: Decoded): Promise<SdReading> => {
    const reading = readings.get(decoded) ?? readSd(decoded);
    readings.set(decoded, reading);
    return reading;
  };

  const layerOf = async (
    decoded: Decoded,
    keys: readonly RingKey[],
    options: OpenOptions | undefined,
  ): Promise<Layer> => {
    // The whole first: its answer holds those of its parts.
    if (decoded.form === 'jwe') {
      const decryption = await decrypt(decoded, keys, options);
      return { decoded: decryption.content ?? decoded, decryption, ...(await partsOf(decoded, keys, options)) };
    }
    const signature = await verify(decoded, keys, options);
    const sd = decoded.disclosures && (await sdOf(decoded));
    return { decoded, signature, ...(await partsOf(decoded, keys, options)), ...(sd && { sd }) };
  };

  const openAll = async (
    decoded: Decoded,
    keys: readonly RingKey[],
    options: OpenOptions | undefined,
  ): Promise<Opened> => {
    const first = await layerOf(decoded, keys, options);
    const layers: [Layer, ...Layer[]] = [first];
    const openers: Opener[] = [];
    const within = options && { cookies: options.cookies, slow: options.slow };
    for (let { inner } = first.decoded; inner; ) {
      const opener = layers.at(-1)?.decryption?.key;
      if (opener) openers.push(opener);
      if (layers.length === MAX_NESTING) {
        const detail = [String(MAX_NESTING)];
        layers.push({
          decoded: inner,
          decryption: { state: 'cannot_be_checked', reason: 'nested_too_deep', detail },
        });
        break;
      }
      const layer = excused(await layerOf(inner, keys, within), openers);
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
