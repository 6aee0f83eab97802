import { BLOCK } from './proof.ts';

/** Members of a JWK that only its owner may have (RFC 7518 sections 6.2.2, 6.3.2, 6.4; `priv` of AKP keys). */
export const PRIVATE_MEMBERS: ReadonlySet<string> = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'r', 't', 'priv']);
/** Deep enough for `{ "keys": [{ "oth": [{ "d" }] }] }`. */
const MAX_DEPTH = 8;

const PEM = /-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)/g;
/** One line of an OpenSSH public key, or an address to get keys from. */
const PUBLIC = /^(?:ssh-|ecdsa-|https?:\/\/)/;

const privateMembers = (value: unknown, depth = 0): readonly string[] => {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    typeof one === 'string' ? (PRIVATE_MEMBERS.has(name) ? [one] : []) : privateMembers(one, depth + 1),
  );
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const secretsIn = (text: string): readonly string[] => {
  const json = parse(text);
  if (typeof json === 'object') return privateMembers(json);
  const blocks = [...text.matchAll(PEM)];
  if (blocks.length === 0) return PUBLIC.test(text) ? [] : [text];
  return blocks.flatMap(([, label = '', body = '']) =>
    label.endsWith('PRIVATE KEY') ? [body.replace(/\s+/g, '')] : [],
  );
};

/** Shorter ones are parts of any text. */
const AT_LEAST = 6;

/**
 * What is secret of a key as a person typed it: a shared secret, the private members of a JWK or a set, the body of a
 * private PEM without its line breaks. Public keys are none: tokens carry them (`jwk`, `x5c`). What is shorter than the
 * proof looks for is left out. Never throws.
 */
export const keySecrets = (key: string): readonly string[] =>
  secretsIn(key.trim()).filter(({ length }) => length >= BLOCK);

/** The others, which can be looked for as whole words alone: in `secretary` nobody reads `secret`. */
export const shortKeySecrets = (key: string): readonly string[] =>
  secretsIn(key.trim()).filter(({ length }) => length >= AT_LEAST && length < BLOCK);
