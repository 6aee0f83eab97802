/** The SD-JWTs of RFC 9901, `../shared/vectors/spec-examples/sd-jwt-compact.json`. Runs in Node and in browsers. */
import { decode } from '../../src/core/token/decode.ts';
import { readSd } from '../../src/core/trust/sd-jwt.ts';
import type { Outcome } from './outcome.ts';

export interface SdJwtVector {
  /** Where it stands in the specification's text. */
  readonly line: number;
  readonly value: string;
  readonly disclosures: number;
  readonly kb: boolean;
}

/**
 * Each vector holds when every disclosure finds its digest, and the key binding, where there is one, verifies with the
 * key in `cnf` and has the right `sd_hash`.
 * @param vectors `spec-examples/sd-jwt-compact.json`, parsed
 */
export const sdJwtVectors = async (vectors: readonly SdJwtVector[]): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const { line, value, disclosures, kb } of vectors) {
    const decoded = decode(value);
    const { disclosures: read, keyBinding } = await readSd(decoded);
    const states = read.map(({ state }) => state);
    const checks = keyBinding?.checks.map(({ name, state }) => `${name} ${state}`).join(', ');
    const isBound = keyBinding
      ? keyBinding.signature.state === 'verified' &&
        checks === 'kb_typ ok, sd_hash ok, kb_nonce unknown, kb_aud unknown, kb_iat unknown'
      : !kb;
    const isClean = decoded.form === 'jws' && decoded.problems.length === 0;
    outcomes.push({
      name: `SD-JWT, line ${line}`,
      ok: isClean && isBound && states.length === disclosures && states.every((state) => state === 'disclosed'),
      got: JSON.stringify({ form: decoded.form, problems: decoded.problems, states, keyBinding }),
    });
  }
  return outcomes;
};
