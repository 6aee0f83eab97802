import type { JWK } from 'jose';
import { SOFTWARE_CURVES } from './algorithms.ts';
import type { PublicKey } from './key.ts';

export type Octets = Uint8Array<ArrayBuffer>;

/** Whether a signature holds over the signing input, with one key and one algorithm. Takes its copy of both before it returns. */
export type Check = (signature: Octets, input: Octets) => boolean | Promise<boolean>;

/** One signature scheme in JavaScript. What the platform would refuse, a point off the curve or a wrong length, throws. */
export interface Scheme {
  /** The public key's octets out of a JWK's members, or out of PKCS#8 (RFC 5958). */
  publicKey(material: JWK | Octets): Uint8Array;
  verify(signature: Octets, input: Octets, publicKey: Uint8Array): boolean;
  /** What `sign` takes, out of a private JWK or PKCS#8. */
  privateKey(material: JWK | Octets): Uint8Array;
  /** The signature as JWS has it. It is the same each time: randomness is not at hand here, and none of the schemes needs it. */
  sign(input: Octets, privateKey: Uint8Array): Uint8Array;
}

const mlDsa = (name: 'ML-DSA-44' | 'ML-DSA-65' | 'ML-DSA-87') => async (): Promise<Scheme> =>
  (await import('./software-ml-dsa.ts')).mlDsa[name];

/** Each loads when the first key of its kind comes. */
const SCHEMES: ReadonlyMap<string, () => Promise<Scheme>> = new Map([
  ['secp256k1', async () => (await import('./software-es256k.ts')).es256k],
  ['Ed448', async () => (await import('./software-ed448.ts')).ed448],
  ...(['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'] as const).map((name) => [name, mlDsa(name)] as const),
]);

/**
 * A task of its own. A signature takes one to four milliseconds here, and a thousand of them must not be one long task;
 * a promise alone does not break it, and a timer would wait four milliseconds.
 */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

/** Does one work after the other, each in a turn of its own; rejects as the work throws. */
export const createTurns = (): (<T>(work: () => T) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(turn).then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
};

/** A chunk that does not load leaves the platform as it is: it lacks the algorithm. */
export const loadScheme = (variant: string): Promise<Scheme> | undefined =>
  SCHEMES.get(variant)?.().catch(() => {
    throw new DOMException(variant, 'NotSupportedError');
  });

/** Whether no browser computes signatures of this key's curve, so that there is no need to ask it. */
export const isSoftwareOnly = ({ variant = '' }: PublicKey): boolean => SOFTWARE_CURVES.has(variant);

/**
 * What @noble computes where the platform does not: ES256K and Ed448 everywhere, ML-DSA in Firefox and Node 20.
 * The verb gives the check for a key; undefined where there is none for its kind. It rejects for a key that is none
 * (not on its curve, of a wrong length). Checks run one after the other, each in a turn of its own.
 */
export const createSoftware = (): ((key: PublicKey) => Promise<Check> | undefined) => {
  const inTurn = createTurns();
  return ({ variant = '', material }) =>
    loadScheme(variant)?.then((scheme): Check => {
      const publicKey = scheme.publicKey(material);
      return (signature, input) => {
        // The caller's octets are only there until this returns.
        const [own, message] = [signature.slice(), input.slice()];
        return inTurn(() => scheme.verify(own, message, publicKey));
      };
    });
};
