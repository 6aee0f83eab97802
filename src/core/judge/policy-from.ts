/** A policy out of a token: what a gateway would demand of others like it. */
import type { JsonObject } from '../token/decoded.ts';
import { textsOf } from './find-claim.ts';
import { MAX_ENTRIES, MAX_ENTRY } from './parse-policy.ts';
import type { Policy } from './policy.ts';
import { type JudgedToken, signedOf } from './policy-token.ts';

/** A policy that demands nothing but a sound signature and a time that is right. */
export const emptyPolicy = (origin: string): Policy => ({
  origin,
  algorithms: [],
  issuers: [],
  audiences: [],
  types: [],
  leeway: 0,
  claims: [],
  scopes: [],
  roles: [],
  denied: [],
});

/** What a policy can hold. */
const entries = (value: unknown): readonly string[] =>
  textsOf(value)
    .filter((text) => text !== '' && text.length <= MAX_ENTRY)
    .slice(0, MAX_ENTRIES);

/** Providers list themselves beside the API, for their own userinfo endpoint; a token for that alone is for no API. */
const audiencesOf = ({ aud, iss }: JsonObject): readonly string[] => {
  const all = entries(aud);
  const others = typeof iss === 'string' && iss !== '' ? all.filter((one) => !one.startsWith(iss)) : all;
  return others.length > 0 ? others : all;
};

/** `JWT` says nothing that would tell one kind of token from another (RFC 8725 section 3.11). */
const isTelling = (typ: string): boolean => !/^(?:application\/)?jwt$/i.test(typ);

/**
 * Algorithm, issuer, audience and explicit type of the token. Not its scopes and roles: they are one person's, and
 * demanding them would refuse others. Never `none`, which nobody wants to accept for having seen it once. Of a sealed
 * token nothing is known, and the policy is empty.
 */
export const policyFrom = (token: Pick<JudgedToken, 'decoded' | 'claims' | 'sealed'>, origin: string): Policy => {
  const { header = {}, form } = signedOf(token);
  const { payload } = token.claims;
  if (token.sealed || !payload) return emptyPolicy(origin);
  return {
    ...emptyPolicy(origin),
    algorithms: form === 'jws' ? entries(header.alg).slice(0, 1) : [],
    issuers: entries(payload.iss).slice(0, 1),
    audiences: audiencesOf(payload),
    types: entries(header.typ).slice(0, 1).filter(isTelling),
  };
};
