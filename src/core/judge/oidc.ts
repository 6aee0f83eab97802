/** An ID token against what came with it: OpenID Connect Core sections 3.1.3.6, 3.2.2.10 and 3.3.2.11, FAPI for `s_hash`. */
import type { Decoded } from '../token/decoded.ts';
import { type HashName, hashOf } from '../token/hash.ts';
import { shown } from '../token/shown.ts';
import { ALGORITHMS } from '../trust/algorithms.ts';
import type { Check, CheckName } from '../trust/check.ts';
import type { LoginRequest, LoginResponse, Logins } from './oidc-logins.ts';

/** Values hashed for one claim, the latest; each is a call of WebCrypto. */
const MAX_TRIED = 50;
/** Characters of a `state` that tells logins apart; some applications have one word for all. */
const MIN_STATE = 8;
/** Characters of an Ed25519 signature; `EdDSA` may be Ed448 as well, whose hash (SHAKE256) WebCrypto lacks. */
const ED25519_SIGNATURE = 86;

/** One ID token, and where to look for what it must agree with. */
export interface IdTokenUse {
  /** The signed token; of an encrypted one what was inside. */
  readonly token: Decoded;
  /** The token as it travelled, where that is not `token.compact`: encrypted. */
  readonly sentAs?: string;
  readonly logins: Logins;
  /** Access tokens that the same response brought otherwise than in an address: in cookies, in its body. */
  readonly beside?: readonly string[];
  /** Access tokens of the same issuer and client from anywhere: they can agree, and no more. */
  readonly elsewhere?: readonly string[];
}

/** What a hash may be of. */
interface Sources {
  /** From the same address as the token. */
  readonly sure: readonly string[];
  /** From the same response, otherwise. */
  readonly beside: readonly string[];
  readonly elsewhere: readonly string[];
  /** The token must have the hash where something is sure. */
  readonly required: boolean;
}

const HASHES: readonly (readonly [
  CheckName & `${string}_hash`,
  keyof LoginResponse & ('accessToken' | 'code' | 'state'),
])[] = [
  ['at_hash', 'accessToken'],
  ['c_hash', 'code'],
  ['s_hash', 'state'],
];

/** The hash of the algorithm that signed the token; undefined where none is defined, or WebCrypto has it not. */
const hashFor = ({ header, segments }: Decoded): HashName | undefined => {
  const { alg } = header ?? {};
  if (alg === 'Ed25519' || (alg === 'EdDSA' && segments[2]?.length === ED25519_SIGNATURE)) return 'SHA-512';
  return typeof alg === 'string' ? ALGORITHMS.get(alg)?.hash : undefined;
};

const distinct = (values: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(values.filter((value) => value !== undefined))].slice(-MAX_TRIED);

const checkHash = async (
  name: CheckName,
  claim: unknown,
  hash: HashName | undefined,
  { sure, beside, elsewhere, required }: Sources,
): Promise<readonly Check[]> => {
  const hashes = (values: readonly string[]) =>
    hash ? Promise.all(values.map((value) => hashOf(hash, value, true))) : Promise.resolve([]);
  const [expected] = await hashes(sure);
  if (claim === undefined) {
    return required && sure.length > 0 ? [{ name, state: 'missing', ...(expected && { expected }) }] : [];
  }
  const found = shown(claim);
  const agreed = async (values: readonly string[]) => (await hashes(values)).find((value) => value === claim);
  // What came in the same address decides; another token that agrees would be no comfort.
  const agreeing = await agreed(sure.length > 0 ? sure : [...beside, ...elsewhere]);
  if (agreeing !== undefined) return [{ name, state: 'ok', found, expected: agreeing }];
  const [other] = sure.length === 0 && beside.length === 1 ? await hashes(beside) : [];
  const wanted = expected ?? other;
  return [
    wanted === undefined ? { name, state: 'unknown', found } : { name, state: 'mismatch', found, expected: wanted },
  ];
};

const audienceOf = ({ payload }: Decoded): readonly unknown[] =>
  Array.isArray(payload?.aud) ? payload.aud : [payload?.aud];

/**
 * The request whose login this surely is: that which was answered with the token at once, or the only one before it with
 * its `state`, if no other login has that.
 */
const surelyAsked = (mine: readonly LoginResponse[], { requests, responses }: Logins): LoginRequest | undefined => {
  const atOnce = requests.find(({ exchange }) => mine.some((response) => response.exchange.id === exchange.id));
  if (atOnce) return atOnce;
  const [state = '', ...others] = distinct(mine.map((response) => response.state));
  if (state.length < MIN_STATE || others.length > 0) return undefined;
  const [asked, ...again] = requests.filter((request) => request.state === state);
  const answers = distinct(responses.map((response) => (response.state === state ? response.idToken : undefined)));
  const isOne = answers.length === 1 && again.every(({ nonce }) => nonce === asked?.nonce);
  const isBefore = mine.every(({ exchange }) => asked && asked.exchange.start <= exchange.start);
  return isOne && isBefore ? asked : undefined;
};

const checkNonce = (token: Decoded, mine: readonly LoginResponse[], logins: Logins): readonly Check[] => {
  const name = 'oidc_nonce';
  const nonce = token.payload?.nonce;
  const asked = surelyAsked(mine, logins);
  if (asked && !asked.sealed) {
    if (nonce === asked.nonce) return nonce === undefined ? [] : [{ name, state: 'ok', found: shown(nonce) }];
    const expected = shown(asked.nonce ?? '–');
    return [
      nonce === undefined
        ? { name, state: 'missing', expected }
        : { name, state: 'mismatch', found: shown(nonce), expected },
    ];
  }
  if (nonce === undefined) return [];
  const audience = audienceOf(token);
  const isMine = ({ clientId, target }: LoginRequest): boolean =>
    audience.includes(clientId) && (mine.length === 0 || mine.some((response) => response.target === target));
  const agrees = logins.requests.some((request) => request.nonce === nonce && isMine(request));
  return [{ name, state: agrees ? 'ok' : 'unknown', found: shown(nonce) }];
};

/**
 * Checks an ID token against the login that it came with: `at_hash`, `c_hash`, `s_hash`, `oidc_nonce`, in this order.
 * A mismatch is told only of what came in the same address or response, and of the request that surely began the same
 * login; what was seen elsewhere can only agree, and is else `unknown`. `missing` is a hash that OpenID Connect wants in a
 * token that came by redirect with what it is of. Left out is what the token lacks and need not have. Never rejects.
 */
export const checkHashes = async ({
  token,
  sentAs = token.compact,
  logins,
  beside = [],
  elsewhere = [],
}: IdTokenUse): Promise<readonly Check[]> => {
  const { payload } = token;
  if (!payload) return [];
  const mine = logins.responses.filter(({ idToken }) => idToken === sentAs);
  const hash = hashFor(token);
  const checks = await Promise.all(
    HASHES.map(([name, member]) => {
      const isToken = member === 'accessToken';
      const sources = {
        sure: distinct(mine.map((response) => response[member])),
        beside: isToken ? distinct(beside) : [],
        elsewhere: distinct(isToken ? elsewhere : logins.responses.map((response) => response[member])),
        required: member !== 'state',
      };
      return checkHash(name, payload[name], hash, sources);
    }),
  );
  return [...checks.flat(), ...checkNonce(token, mine, logins)];
};
