import type { Algorithm } from './algorithms.ts';
import { signatureAlgorithm } from './answer-without-key.ts';
import { type Failure, misfit } from './fit.ts';
import { explain, isUnsupported } from './import-key.ts';
import { importPrivateMaterial } from './import-private.ts';
import type { KeyCandidate, PublicKey, SecretKey } from './key.ts';
import { createOncePerKey } from './once-per-key.ts';
import { withPublicHalf } from './public-half.ts';
import { base64url } from './public-key.ts';
import type { Sign } from './signing.ts';
import { createTurns, isSoftwareOnly, loadScheme, type Octets } from './software.ts';

/** Signs octets with one key and one algorithm. */
type Signer = (input: Octets) => Promise<Uint8Array | ArrayBuffer>;
type PrivateKey = PublicKey & Required<Pick<PublicKey, 'privateMaterial'>>;

const unfit = (reason: Failure['reason'], ...detail: readonly string[]): Failure => ({
  state: 'key_does_not_fit',
  reason,
  detail,
});

const isPrivate = (key: PublicKey): key is PrivateKey => key.privateMaterial !== undefined;

/** Why this key signs nothing by this algorithm; of what does not verify either, what the verifier says of it. */
const signingMisfit = (key: KeyCandidate, alg: Algorithm): Failure | undefined => {
  if (key.kty === 'oct') return alg.kty === 'oct' ? undefined : unfit('secret_for_private_alg', alg.name);
  const failure = misfit(key, alg);
  if (failure || isPrivate(key)) return failure;
  // A private key whose numbers are not all there: WebCrypto makes no RSA key without its primes.
  return key.fromPrivate
    ? unfit('not_a_key', 'member', key.kty === 'RSA' ? 'p' : 'd')
    : unfit('no_private_half', alg.name);
};

const platformSigner = (imported: CryptoKey | Uint8Array, { name, parameters = name }: Algorithm): Signer => {
  if (!(imported instanceof CryptoKey)) throw new TypeError(name);
  return (input) => crypto.subtle.sign(parameters, imported, input);
};

const secretSigner = async ({ bytes }: SecretKey, alg: Algorithm): Promise<Signer> => {
  const { hash = 'SHA-256' } = alg;
  if (bytes.length > 0)
    return platformSigner(await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, ['sign']), alg);
  // People test whether a server takes the blank secret, and no browser imports one.
  const { hmacOf } = await import('./software-hmac.ts');
  return async (input) => hmacOf(hash, bytes, input);
};

/**
 * Signs by every algorithm of ALGORITHMS: on WebCrypto, and with @noble what the platform lacks (ES256K and Ed448
 * everywhere, ML-DSA in Firefox), each signature of that in a task of its own. A key is made ready once per algorithm.
 *
 * No worker: the first signature by ML-DSA takes some 60 ms, while the engine still interprets, and those after it 3 to 15, of
 * Ed448 9 and 2. That is less than a person sees, and a worker would have the private key too.
 *
 * The failures are the verifier's, and `secret_for_private_alg` and `no_private_half`. A blank secret signs.
 */
export const createSigner = (): Sign => {
  const inTurn = createTurns();

  const pairSigner = async (key: PrivateKey, alg: Algorithm): Promise<Signer> => {
    try {
      if (!isSoftwareOnly(key)) return platformSigner(await importPrivateMaterial(key.privateMaterial, alg.name), alg);
    } catch (error) {
      if (!isUnsupported(error)) throw error;
    }
    const scheme = await loadScheme(key.variant ?? '');
    if (!scheme) throw new DOMException(alg.name, 'NotSupportedError');
    const own = await inTurn(() => scheme.privateKey(key.privateMaterial));
    return (input) => inTurn(() => scheme.sign(input, own));
  };

  const make = async (key: KeyCandidate, name: string): Promise<Signer | Failure> => {
    if (name === '') return { state: 'malformed', reason: 'alg_missing' };
    const alg = signatureAlgorithm(name);
    if ('state' in alg) return alg;
    const failure = signingMisfit(key, alg);
    if (failure) return failure;
    try {
      // With both halves, as every platform takes it.
      const whole = await withPublicHalf(key);
      if (whole.kty === 'oct') return await secretSigner(whole, alg);
      return isPrivate(whole) ? await pairSigner(whole, alg) : unfit('no_private_half', name);
    } catch (error) {
      return explain(error, name);
    }
  };

  const ready = createOncePerKey(make);

  return async (input, name, key) => {
    const signer = await ready(key, name);
    if (typeof signer !== 'function') return signer;
    try {
      return base64url(new Uint8Array(await signer(new TextEncoder().encode(input))));
    } catch (error) {
      return explain(error, name);
    }
  };
};
