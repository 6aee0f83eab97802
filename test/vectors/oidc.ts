/** OpenID Connect Core appendix A, `spec-examples/oidc-core-A.json`. */
import * as v from 'valibot';
import { checkHashes } from '../../src/core/judge/oidc.ts';
import { loginsIn } from '../../src/core/judge/oidc-logins.ts';
import { decode } from '../../src/core/token/decode.ts';
import { createVerifier } from '../../src/core/trust/verify.ts';
import { exchangeOf } from '../fixtures/exchange.ts';
import { givenKeys, say } from './given.ts';
import type { Outcome, Runner } from './outcome.ts';

const vectors = v.object({
  keys: v.array(v.looseObject({ kid: v.string() })),
  tokens: v.array(
    v.object({
      ...{ id: v.string(), jwt: v.string() },
      ...{ access_token: v.optional(v.string()), at_hash: v.optional(v.string()) },
      ...{ code: v.optional(v.string()), c_hash: v.optional(v.string()) },
    }),
  ),
});

/** Of the examples of section 3.2.2.1. */
const STATE = 'af0ifjsldkj';
const REDIRECT = 'https://client.example.org/cb';

const exchange = (id: string, url: string, location?: string) =>
  exchangeOf({ id, url, ...(location !== undefined && { location }) });

/** The login that brought these parameters: the request, and the redirect with the answer in its fragment. */
const loginWith = (nonce: string, parameters: Readonly<Record<string, string>>) => {
  const asked = new URLSearchParams({ response_type: 'id_token', client_id: 's6BhdRkqt3', redirect_uri: REDIRECT });
  const request = `https://server.example.com/authorize?${asked}&state=${STATE}&nonce=${nonce}`;
  const answer = `${REDIRECT}#${new URLSearchParams({ ...parameters, state: STATE })}`;
  return loginsIn([exchange('1', request), exchange('2', 'https://server.example.com/consent', answer)]);
};

/**
 * Each token verified with the set of A.7; as the answer to its login; then with another token or code, and with a nonce
 * that was not asked for.
 */
export const oidcVectors: Runner = async ({ content }) => {
  const { keys, tokens } = v.parse(vectors, content);
  const outcomes: Outcome[] = [];
  for (const { id, jwt, access_token, at_hash, code, c_hash } of tokens) {
    const token = decode(jwt);
    const signature = await createVerifier()(token, givenKeys([{ keys }]));
    const verified = `${say(signature)} ${signature.key?.kid}`;
    outcomes.push({ name: `${id}, signature`, ok: verified === `verified ${keys[0]?.kid}`, got: verified });
    const nonce = `${token.payload?.nonce}`;
    const parameters = { id_token: jwt, ...(access_token && { access_token }), ...(code && { code }) };
    const hash = at_hash ? 'at_hash' : c_hash ? 'c_hash' : undefined;
    const check = async (name: string, asked: string, given: Readonly<Record<string, string>>, expected: string) => {
      const checks = await checkHashes({ token, logins: loginWith(asked, given) });
      const got = checks.map((one) => `${one.name} ${one.state} ${one.expected ?? ''}`.trim()).join(', ');
      outcomes.push({ name: `${id}${name}`, ok: got === expected, got });
    };
    const agrees = hash ? `${hash} ok ${at_hash ?? c_hash}, ` : '';
    await check('', nonce, parameters, `${agrees}oidc_nonce ok`);
    await check(', another nonce', 'n-other', parameters, `${agrees}oidc_nonce mismatch n-other`);
    if (!hash) continue;
    const changed = { ...parameters, ...(access_token && { access_token: 'x' }), ...(code && { code: 'x' }) };
    // The left half of the SHA-256 of `x`.
    await check(', another value', nonce, changed, `${hash} mismatch LXEWQrcmsEQBYnyp-6wy9Q, oidc_nonce ok`);
    await check(', alone', nonce, { id_token: jwt }, `${hash} unknown, oidc_nonce ok`);
  }
  return outcomes;
};
