/** RFC 9449's own examples, `spec-examples/dpop-rfc9449.json`. */
import * as v from 'valibot';
import { findTokens } from '../../src/core/capture/find.ts';
import { boundTo, checkProof } from '../../src/core/judge/dpop.ts';
import { decode } from '../../src/core/token/decode.ts';
import type { Check } from '../../src/core/trust/check.ts';
import { createVerifier } from '../../src/core/trust/verify.ts';
import { say } from './given.ts';
import type { Outcome, Runner } from './outcome.ts';

const vectors = v.object({
  proofs: v.array(
    v.object({
      ...{ id: v.string(), htm: v.string(), htu: v.string(), jwt: v.string() },
      access_token: v.optional(v.string()),
    }),
  ),
  bound_access_token: v.object({ jkt: v.string(), jwt: v.string() }),
  lookalikes_not_jwt: v.array(v.string()),
});

const stateOf = (check: Check | undefined): string => (check ? `${check.name} ${check.state}` : 'nothing');
const outcome = (name: string, got: string, expected: string): Outcome => ({ name, ok: got === expected, got });

/**
 * Each proof verified with the key inside it, and against its request; the token bound to the key of all of them; and what
 * only looks like a token.
 */
export const dpopVectors: Runner = async ({ content }) => {
  const { proofs, bound_access_token, lookalikes_not_jwt } = v.parse(vectors, content);
  const outcomes: Outcome[] = [];
  const bound = decode(bound_access_token.jwt);
  for (const { id, htm, htu, jwt, access_token } of proofs) {
    const proof = decode(jwt);
    const signature = await createVerifier()(proof, []);
    outcomes.push(outcome(`${id}, signature`, `${say(signature)} ${signature.key?.provenance}`, 'verified token'));
    const exchange = { method: htm, url: `${htu}?and=more#here`, start: Number(proof.payload?.iat) * 1000 };
    const opaque = access_token === undefined ? undefined : decode(access_token);
    const own = await checkProof({ proof, exchange, ...(opaque && { accessToken: opaque }) });
    const base = 'dpop_jwk ok, htm ok, htu ok, dpop_iat ok, jti ok';
    outcomes.push(outcome(id, own.map(stateOf).join(', '), opaque ? `${base}, ath ok, jkt unknown` : base));
    const other = await checkProof({ proof, exchange, accessToken: bound });
    const ath = opaque ? 'mismatch' : 'missing';
    outcomes.push(outcome(`${id}, with the bound token`, other.map(stateOf).join(', '), `${base}, ath ${ath}, jkt ok`));
    const { expected } = other.find(({ name }) => name === 'jkt') ?? {};
    outcomes.push(outcome(`${id}, its key`, `${expected}`, bound_access_token.jkt));
    outcomes.push(outcome(`the bound token with ${id}`, stateOf(await boundTo(bound, [proof])), 'jkt ok'));
  }
  outcomes.push(outcome('the bound token alone', stateOf(await boundTo(bound, [])), 'jkt missing'));
  for (const text of lookalikes_not_jwt) outcomes.push(outcome(text, `${findTokens(text).length}`, '0'));
  return outcomes;
};
