/** The JWS of the cookbook, `../shared/vectors/cookbook/{jws,rfc7797,curve25519}/*.json`. Runs in Node and in browsers. */
import { decode } from '../../src/core/token/decode.ts';
import '../../src/core/token/json-serialization.ts';
import type { Decoded } from '../../src/core/token/decoded.ts';
import type { RingKey, SignatureAnswer } from '../../src/core/trust/signature.ts';
import { createVerifier } from '../../src/core/trust/verify.ts';
import type { Outcome } from './outcome.ts';

export interface JwsVector {
  readonly title: string;
  readonly input: { readonly key: unknown; readonly payload?: string };
  readonly output: { readonly compact?: string; readonly json?: unknown; readonly json_flat?: unknown };
}

/** All that is not plain `verified`, by title, with its reason. */
const DEVIATIONS: Readonly<Record<string, string>> = {
  // Its header leaves `crit` out, so it must be refused (RFC 7797 section 6).
  "'b64'=false JSON only": 'malformed b64_not_critical',
};

const ringKey = (jwk: unknown, index: number): RingKey => {
  const text = JSON.stringify(jwk);
  return { id: `${index} ${text}`, text, provenance: 'given', issuer: '', addedAt: index };
};

const say = ({ state, reason }: SignatureAnswer): string => (state === 'verified' ? state : `${state} ${reason}`);

/**
 * Every example in every serialisation that it has, each signature by itself, with all keys of the example; and the same
 * with the first character of each signature changed, which must not verify. A payload that is detached is handed in.
 * @param vectors by file name, each parsed
 */
export const jwsVectors = async (vectors: Readonly<Record<string, JwsVector>>): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const [file, { title, input, output }] of Object.entries(vectors)) {
    const keys = (Array.isArray(input.key) ? input.key : [input.key]).map(ringKey);
    const check = (decoded: Decoded): Promise<SignatureAnswer> =>
      createVerifier()(decoded, keys, decoded.detached ? { payload: input.payload ?? '' } : {});
    const expected = DEVIATIONS[title] ?? 'verified';
    for (const [name, form] of Object.entries(output)) {
      const decoded = decode(typeof form === 'string' ? form : JSON.stringify(form));
      const parts = decoded.parts ?? [decoded];
      for (const [index, part] of parts.entries()) {
        const got = say(await check(part));
        const where = `${file}, ${name}${parts.length > 1 ? ` ${index + 1}` : ''}`;
        outcomes.push({ name: where, ok: got === expected, got });
        const signature = part.segments[2] ?? '';
        const changed = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
        const refused = await check({ ...part, segments: part.segments.with(2, changed) });
        outcomes.push({ name: `${where}, changed`, ok: refused.state !== 'verified', got: say(refused) });
      }
    }
  }
  return outcomes;
};
