import type { Algorithm } from './algorithms.ts';
import type { KeyCandidate } from './key.ts';
import type { SignatureAnswer } from './signature.ts';
import type { Trial } from './trials.ts';

/** The key of a trial, as an answer names it. A secret's reading that did not verify is one guess of several, and not told. */
export const keyOf = ({ given, candidate }: Trial, holds: boolean): SignatureAnswer['key'] => ({
  id: given.id,
  format: candidate.format,
  provenance: given.provenance,
  kid: candidate.kid,
  reading: holds && candidate.kty === 'oct' ? candidate.reading : undefined,
  fromPrivate: candidate.kty === 'oct' ? undefined : candidate.fromPrivate,
});

/** What of the key would have forbidden what the mathematics allowed: RFC 7517 sections 4.2 to 4.4, RFC 4055 section 1.2. */
const disagreements = (key: KeyCandidate, alg: Algorithm): readonly string[] | undefined => {
  const { alg: own = alg.name, use = 'sig', key_ops = ['verify'] } = key.intent ?? {};
  const names = [
    ...(own === alg.name ? [] : ['alg']),
    ...(use === 'sig' ? [] : ['use']),
    ...(key_ops.includes('verify') || key_ops.includes('sign') ? [] : ['key_ops']),
    ...(key.kty === 'RSA' && key.pssOnly && alg.parameters === 'RSASSA-PKCS1-v1_5' ? ['id-RSASSA-PSS'] : []),
  ];
  return names.length > 0 ? names : undefined;
};

/** The answer that a trial which holds gives, the same one for every token: thousands are verified with one key. */
export const createVerified = (): ((trial: Trial, alg: Algorithm) => SignatureAnswer) => {
  const made = new WeakMap<Trial, Map<string, SignatureAnswer>>();
  return (trial, alg) => {
    const byAlg = made.get(trial) ?? new Map<string, SignatureAnswer>();
    const known = byAlg.get(alg.name);
    if (known) return known;
    const disagrees = disagreements(trial.candidate, alg);
    const answer = { alg: alg.name, state: 'verified', reason: 'ok', key: keyOf(trial, true), disagrees } as const;
    made.set(trial, byAlg.set(alg.name, answer));
    return answer;
  };
};
