/** The JWS of the cookbook, `cookbook/{jws,rfc7797}/*.json`, `cookbook/curve25519/jws.json`, and what section 6 signs. */
import * as v from 'valibot';
import { decode } from '../../src/core/token/decode.ts';
import '../../src/core/token/json-serialization.ts';
import type { Decoded } from '../../src/core/token/decoded.ts';
import { issuerOf } from '../../src/core/trust/issuer.ts';
import type { SignatureAnswer } from '../../src/core/trust/signature.ts';
import { createVerifier } from '../../src/core/trust/verify.ts';
import { givenKeys, say } from './given.ts';
import type { Outcome, Runner } from './outcome.ts';
import { SERIALIZATIONS, textOf, token } from './serializations.ts';

const jwk = v.looseObject({ kty: v.string() });
const example = v.object({
  input: v.object({ key: v.union([v.array(jwk), jwk]), payload: v.string() }),
  output: v.record(v.picklist(['compact', 'json', 'json_flat']), token),
});
/** What section 6 signs has the names of what it encrypts. */
const nested = v.object({ sign: example });
const vectors = v.union([
  v.pipe(
    nested,
    v.transform(({ sign }) => ({ ...sign, prefix: 'signed, ' })),
  ),
  v.pipe(
    example,
    v.transform((one) => ({ ...one, prefix: '' })),
  ),
]);

/**
 * Every example in every serialisation that it has, each signature by itself, with all keys of the example; and the same
 * with the first character of each signature changed, which is a mismatch, unless it was refused before that. A payload
 * that is detached is handed in; without it nothing can be said.
 */
export const jwsVectors: Runner = async ({ content }) => {
  const { input, output, prefix } = v.parse(vectors, content);
  const keysFor = (decoded: Decoded) => givenKeys([input.key].flat(), issuerOf(decoded));
  const check = (decoded: Decoded): Promise<SignatureAnswer> =>
    createVerifier()(decoded, keysFor(decoded), decoded.detached ? { payload: input.payload } : {});
  const outcomes: Outcome[] = [];
  for (const [name, form] of Object.entries(output)) {
    const decoded = decode(textOf(form));
    const serialization = decoded.serialization ?? 'compact';
    outcomes.push({ name: `${prefix}${name} is`, ok: serialization === SERIALIZATIONS[name], got: serialization });
    const parts = decoded.parts ?? [decoded];
    for (const [index, part] of parts.entries()) {
      const where = `${prefix}${name}${parts.length > 1 ? ` ${index + 1}` : ''}`;
      const got = say(await check(part));
      outcomes.push({ name: where, ok: got === 'verified', got });
      const signature = part.segments[2] ?? '';
      const changed = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
      const refused = say(await check({ ...part, segments: part.segments.with(2, changed) }));
      const wanted = got === 'verified' ? 'mismatch bad_signature' : got;
      outcomes.push({ name: `${where}, changed`, ok: refused === wanted, got: refused });
      if (!part.detached) continue;
      const without = say(await createVerifier()(part, keysFor(part)));
      const ok = without === 'cannot_be_checked payload_detached';
      outcomes.push({ name: `${where}, without its payload`, ok, got: without });
    }
  }
  return outcomes;
};
