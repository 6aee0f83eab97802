/** What the workbench takes from outside: cryptography, which loads when it is first used, and randomness. */
import type { Failure } from '../../core/trust/fit.ts';
import type { KeyReading, SecretKey } from '../../core/trust/key.ts';
import type { Encrypt, GeneratedKey, Sign } from '../../core/trust/signing.ts';
import type { Verify } from '../../core/trust/verify.ts';

/** Each rejects where its chunk does not load. */
export interface Tools {
  read(text: string): Promise<KeyReading>;
  readonly sign: Sign;
  readonly verify: Verify;
  /** Another verifier, which remembers its own answer: that to the original. */
  readonly verifyOriginal: Verify;
  readonly encrypt: Encrypt;
  /** The key by which Auth.js seals a session with its secret. */
  sessionKey(secret: SecretKey, enc: string, cookie: string): Promise<SecretKey | undefined>;
  /** `enc` for a key of `dir`. */
  generate(alg: string, enc?: string): Promise<GeneratedKey | Failure>;
  uuid(): string;
}

/** Made at the first call, and once; a failure is not remembered. */
const once = <Value>(make: () => Promise<Value>): (() => Promise<Value>) => {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
};

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

const loadTrust = () => import('../../core/trust/trust.ts');

/** The browser's own. Signer, verifier and encrypter remember the keys that they made ready, as long as these tools live. */
export const createTools = (): Tools => {
  const signer = once(async () => (await import('../../core/trust/sign.ts')).createSigner());
  const verifier = once(async () => (await loadTrust()).createVerifier());
  const originalVerifier = once(async () => (await loadTrust()).createVerifier());
  const encrypter = once(async () => (await import('../../core/trust/encrypt.ts')).createEncrypter());
  return {
    read: async (text) => (await loadTrust()).readKey(text),
    sign: async (input, alg, key) => (await signer())(input, alg, key),
    verify: async (decoded, keys, options) => (await verifier())(decoded, keys, options),
    verifyOriginal: async (decoded, keys, options) => (await originalVerifier())(decoded, keys, options),
    encrypt: async (plaintext, header, key) => (await encrypter())(plaintext, header, key),
    sessionKey: async (secret, enc, cookie) =>
      (await import('../../core/trust/session-key.ts')).sessionKey(secret, enc, cookie),
    generate: async (alg, enc) => (await import('../../core/trust/generate-key.ts')).generateKey(alg, random, enc),
    uuid: () => crypto.randomUUID(),
  };
};
