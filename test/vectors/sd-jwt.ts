/** The SD-JWTs of RFC 9901, `spec-examples/sd-jwt-compact.json`. */
import * as v from 'valibot';
import { decode } from '../../src/core/token/decode.ts';
import { readSd } from '../../src/core/trust/sd-jwt.ts';
import type { Outcome, Runner } from './outcome.ts';

/** `line`: where it stands in the specification's text. */
const vectors = v.array(v.object({ line: v.number(), value: v.string(), disclosures: v.number(), kb: v.boolean() }));

/**
 * Each vector holds when every disclosure finds its digest, and the key binding, where there is one, verifies with the
 * key in `cnf` and has the right `sd_hash`.
 */
export const sdJwtVectors: Runner = async ({ content }) => {
  const outcomes: Outcome[] = [];
  for (const { line, value, disclosures, kb } of v.parse(vectors, content)) {
    const decoded = decode(value);
    const { disclosures: read, keyBinding } = await readSd(decoded);
    const states = read.map(({ state }) => state);
    const checks = keyBinding?.checks.map(({ name, state }) => `${name} ${state}`).join(', ');
    const isBound = kb
      ? keyBinding?.signature.state === 'verified' &&
        checks === 'kb_typ ok, sd_hash ok, kb_nonce unknown, kb_aud unknown, kb_iat unknown'
      : keyBinding === undefined;
    const isClean = decoded.form === 'jws' && decoded.problems.length === 0;
    outcomes.push({
      name: `line ${line}`,
      ok: isClean && isBound && states.length === disclosures && states.every((state) => state === 'disclosed'),
      got: JSON.stringify({ form: decoded.form, problems: decoded.problems, states, keyBinding }),
    });
  }
  return outcomes;
};
