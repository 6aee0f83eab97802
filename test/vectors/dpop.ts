/** RFC 9449's own examples, `../shared/vectors/spec-examples/dpop-rfc9449.json`. Runs in Node and in browsers. */
import { findTokens } from '../../src/core/capture/find.ts';
import { boundTo, checkProof } from '../../src/core/judge/dpop.ts';
import { decode } from '../../src/core/token/decode.ts';
import type { Check } from '../../src/core/trust/check.ts';
import type { Outcome } from './outcome.ts';

export interface DpopVectors {
  readonly proofs: readonly {
    readonly id: string;
    readonly htm: string;
    readonly htu: string;
    readonly jwt: string;
    readonly access_token?: string;
  }[];
  readonly bound_access_token: { readonly jkt: string; readonly jwt: string };
  readonly lookalikes_not_jwt: readonly string[];
}

const stateOf = (check: Check | undefined): string => (check ? `${check.name} ${check.state}` : 'nothing');
const outcome = (name: string, got: string, expected: string): Outcome => ({ name, ok: got === expected, got });

/** Each proof against its request, the token bound to the key of all of them, and what only looks like a token. */
export const dpopVectors = async (vectors: DpopVectors): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  const bound = decode(vectors.bound_access_token.jwt);
  for (const { id, htm, htu, jwt, access_token } of vectors.proofs) {
    const proof = decode(jwt);
    const exchange = { method: htm, url: `${htu}?and=more#here`, start: Number(proof.payload?.iat) * 1000 };
    const opaque = access_token === undefined ? undefined : decode(access_token);
    const own = await checkProof({ proof, exchange, ...(opaque && { accessToken: opaque }) });
    const base = 'dpop_jwk ok, htm ok, htu ok, dpop_iat ok, jti ok';
    outcomes.push(outcome(id, own.map(stateOf).join(', '), opaque ? `${base}, ath ok, jkt unknown` : base));
    const other = await checkProof({ proof, exchange, accessToken: bound });
    const ath = opaque ? 'mismatch' : 'missing';
    outcomes.push(outcome(`${id}, with the bound token`, other.map(stateOf).join(', '), `${base}, ath ${ath}, jkt ok`));
    const { expected } = other.find(({ name }) => name === 'jkt') ?? {};
    outcomes.push(outcome(`${id}, its key`, `${expected}`, vectors.bound_access_token.jkt));
    outcomes.push(outcome(`the bound token with ${id}`, stateOf(await boundTo(bound, [proof])), 'jkt ok'));
  }
  outcomes.push(outcome('the bound token alone', stateOf(await boundTo(bound, [])), 'jkt missing'));
  for (const text of vectors.lookalikes_not_jwt) outcomes.push(outcome(text, `${findTokens(text).length}`, '0'));
  return outcomes;
};
