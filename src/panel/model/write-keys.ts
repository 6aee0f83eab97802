/** Keys of the ring, written down again. What writes them is part of the chunk that loads with the first token. */
import type { KeyCandidate, KeyReading, SecretKey } from '../../core/trust/key.ts';
import type { RingKey, SecretReading } from '../../core/trust/signature.ts';
import { nextTask } from './slices.ts';

const loadTrust = () => import('../../core/trust/trust.ts');

/** Keys read in one go: some ms, also of large RSA keys. */
const BATCH = 100;

/** A form in which a key can be copied. */
export interface Form {
  readonly name: 'JWK' | 'JWKS' | 'PEM';
  readonly text: string;
  /** Of a secret that can be read in several ways: which one it is. */
  readonly reading?: SecretReading;
}

export interface Written {
  readonly forms: readonly Form[];
  /** RFC 7638, of one public key; '' for a set, and for a secret: out of its hash a short secret can be guessed. */
  readonly thumbprint: string;
}

const inLines = (value: unknown): string => JSON.stringify(value, undefined, 2);

const writeSecret = (keys: readonly SecretKey[], jwkOf: (key: SecretKey) => unknown): Written => ({
  forms: keys.map((key) => ({
    name: 'JWK',
    text: inLines(jwkOf(key)),
    reading: keys.length > 1 ? key.reading : undefined,
  })),
  thumbprint: '',
});

/** All the forms that a key of the ring can be copied in: of a private one the public half, of a secret the secret. */
export const writeKey = async (reading: KeyReading): Promise<Written> => {
  if ('error' in reading) return { forms: [], thumbprint: '' };
  const { publicSet, thumbprint, toJwk, toPem, withPublicHalf } = await loadTrust();
  const secrets = reading.candidates.filter((key) => key.kty === 'oct');
  const [first, ...others] = reading.candidates;
  if (!first || secrets.length === reading.candidates.length) return writeSecret(secrets, toJwk);
  if (others.length > 0) {
    return { forms: [{ name: 'JWKS', text: await publicSet(reading.candidates) }], thumbprint: '' };
  }
  const whole = await withPublicHalf(first);
  const jwk = toJwk(whole);
  const pem = toPem(whole);
  return {
    forms: [
      ...(jwk ? [{ name: 'JWK', text: inLines(jwk) } as const] : []),
      ...(pem ? [{ name: 'PEM', text: pem } as const] : []),
    ],
    thumbprint: (await thumbprint(whole)) ?? '',
  };
};

/**
 * The public keys of the ring as a JWK set (RFC 7517 section 5): no secret, of private keys the public half. Undefined
 * where there is none.
 */
export const publicKeysOf = async (keys: readonly RingKey[]): Promise<string | undefined> => {
  const { readKey, publicSet } = await loadTrust();
  const candidates: KeyCandidate[] = [];
  for (const [index, { text }] of keys.entries()) {
    if (index % BATCH === BATCH - 1) await nextTask();
    const reading = readKey(text);
    if (!('error' in reading)) candidates.push(...reading.candidates.filter(({ kty }) => kty !== 'oct'));
  }
  return candidates.length === 0 ? undefined : publicSet(candidates);
};
