import {
  ALGORITHMS,
  CLAIMS,
  HEADER_PARAMETERS,
  PRIVATE_CLAIMS,
  SEALED_HEADER_PARAMETERS,
  TYPES,
} from './glossary-names.ts';

export interface Explanation {
  /** Of the sentence in `_locales`: `claim_iss`, `header_kid`, `claim_entra_oid`, `alg_rs256`, `typ_at_jwt`. */
  readonly key: string;
  /** Who defines it: `RFC 7519 4.1.1`, `Entra ID`. Not translated. */
  readonly reference: string;
}

const keyOf = (prefix: string, name: string): string => `${prefix}_${name.toLowerCase().replace(/[^a-z0-9]/g, '_')}`;

/** A map, so that a claim called `constructor` explains nothing. */
type Glossary = ReadonlyMap<string, Explanation>;

const read = (prefix: string, table: string): [string, Explanation][] =>
  table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [names = '', reference = '', provider] = line.split('|').reverse();
      const space = provider === undefined ? prefix : `${prefix}_${provider}`;
      return names.split(' ').map((name): [string, Explanation] => [name, { key: keyOf(space, name), reference }]);
    });

const HEADERS: Glossary = new Map(read('header', HEADER_PARAMETERS));
const SEALED_HEADERS: Glossary = new Map(read('header_jwe', SEALED_HEADER_PARAMETERS));
const CLAIM_NAMES: Glossary = new Map([...read('claim', PRIVATE_CLAIMS), ...read('claim', CLAIMS)]);
const ALGORITHM_NAMES: Glossary = new Map(read('alg', ALGORITHMS));
const TYPE_NAMES: Glossary = new Map(read('typ', TYPES));

/**
 * What a header parameter means (JOSE registry), in a JWS or, `sealed`, in a JWE; undefined for one that nobody
 * registered. Any string will do.
 */
export const explainHeader = (name: string, sealed = false): Explanation | undefined =>
  (sealed ? SEALED_HEADERS.get(name) : undefined) ?? HEADERS.get(name);

/** What a claim means: the JWT registry first, then the private claims of the big providers. Any string will do. */
export const explainClaim = (name: string): Explanation | undefined => CLAIM_NAMES.get(name);

/** What a value of `alg` or `enc` means. Case counts (RFC 7515 section 4.1.1), but for `none`, of which every case is a warning. */
export const explainAlg = (alg: string): Explanation | undefined =>
  ALGORITHM_NAMES.get(alg) ?? (alg.toLowerCase() === 'none' ? ALGORITHM_NAMES.get('none') : undefined);

/** What a value of `typ` means: a media type in any case, `application/` left out or not (RFC 7515 section 4.1.9). */
export const explainTyp = (typ: string): Explanation | undefined =>
  TYPE_NAMES.get(typ.toLowerCase().replace(/^application\//, ''));

/** The whole glossary, to hold it against the texts of a language. @public */
export const explanations = (): readonly Explanation[] =>
  [HEADERS, SEALED_HEADERS, CLAIM_NAMES, ALGORITHM_NAMES, TYPE_NAMES].flatMap((glossary) => [...glossary.values()]);
