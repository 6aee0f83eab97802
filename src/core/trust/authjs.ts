import type { SecretKey } from './key.ts';

type Octets = Uint8Array<ArrayBuffer>;

/**
 * The cookies of a session under their default names: Auth.js (@auth/core `lib/utils/cookie.js`) and next-auth 4, each
 * with its prefix over https; and what Auth.js has for a salt where there is no cookie, the `state` of a login.
 */
const WELL_KNOWN = [
  'authjs.session-token',
  '__Secure-authjs.session-token',
  'next-auth.session-token',
  '__Secure-next-auth.session-token',
  'encodedState',
];

/** Of the library's own, whatever a person renamed. */
const ITS_OWN = /(?:^|\.|-)(?:authjs|next-auth)\./;

/** Names that a token was seen under; a page can set as many as it likes. */
const MAX_NAMES = 8;

/** Keys remembered of one secret; the names that they are made of are the page's to choose. */
const MAX_DERIVED = 100;

const CHUNK = /\.\d{1,3}$/;

/** Octets of the key by `enc`, as Auth.js has them (@auth/core `jwt.js`, getDerivedEncryptionKey); of others there is none. */
const LENGTHS: ReadonlyMap<string, number> = new Map([
  ['A256CBC-HS512', 64],
  ['A256GCM', 32],
]);

export interface Recipe {
  /** The cookie's name; absent where the key is made without one. */
  readonly cookie?: string;
  readonly salt: string;
  readonly info: string;
  /** Octets. */
  readonly length: number;
}

/** Whether a name tells that Auth.js or next-auth set the cookie. */
export const isAuthjs = (cookie: string): boolean => ITS_OWN.test(cookie);

/**
 * How Auth.js 5 and next-auth 4 make the key for `dir` out of a secret: HKDF with SHA-256 (RFC 5869). Auth.js salts with
 * the cookie's name; next-auth 4 salts a session with nothing, and other cookies with their names.
 * @param enc of the token; Auth.js seals with `A256CBC-HS512`, next-auth 4 with `A256GCM`
 * @param told names that the token was seen under, or that a person named; the well-known ones come after them, unless
 * one of these is of the library's own, which then says it all
 */
export const authjsRecipes = (enc: string, told: readonly string[]): readonly Recipe[] => {
  const length = LENGTHS.get(enc);
  if (length === undefined) return [];
  const named = [...new Set(told.map((name) => name.replace(CHUNK, '')))].slice(0, MAX_NAMES);
  const guessed = named.some(isAuthjs) ? [] : WELL_KNOWN;
  const current = [...new Set([...named, ...guessed])].map((cookie) => ({
    cookie,
    salt: cookie,
    info: `Auth.js Generated Encryption Key (${cookie})`,
    length,
  }));
  if (enc !== 'A256GCM') return current;
  const [session] = named;
  const older = 'NextAuth.js Generated Encryption Key';
  return [
    { ...(session !== undefined && { cookie: session }), salt: '', info: older, length },
    ...named.map((cookie) => ({ cookie, salt: cookie, info: `${older} (${cookie})`, length })),
    ...current,
  ];
};

/** Whether this is how a session of one of them is encrypted. */
export const isSealedByAuthjs = (alg: string, enc: string): boolean => alg === 'dir' && LENGTHS.has(enc);

/** The key that the recipe makes of the secret's octets. */
export const deriveSession = async (secret: Octets, { salt, info, length }: Recipe): Promise<Octets> => {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const [saltBytes, infoBytes] = [salt, info].map((text) => new TextEncoder().encode(text));
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: saltBytes, info: infoBytes };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, length * 8));
};

/** Makes the key of a recipe from a secret, once for each. */
export const createDeriver = (): ((secret: SecretKey, recipe: Recipe) => Promise<Octets>) => {
  const derived = new WeakMap<SecretKey, Map<string, Promise<Octets>>>();
  return (secret, recipe) => {
    const bySecret = derived.get(secret) ?? new Map<string, Promise<Octets>>();
    derived.set(secret, bySecret);
    const id = `${recipe.length} ${recipe.info}`;
    const key = bySecret.get(id) ?? deriveSession(secret.bytes, recipe);
    if (bySecret.size < MAX_DERIVED) bySecret.set(id, key);
    return key;
  };
};
