import type { Decoded, JsonObject } from '../token/decoded.ts';
import { readJson } from '../token/read-json.ts';
import { isObject } from '../token/reading.ts';
import type { Failure } from './fit.ts';

/** Extensions that are understood: `b64` (RFC 7797). */
const UNDERSTOOD: ReadonlySet<string> = new Set(['b64']);

/** RFC 7515 section 4.1.11: what that specification defines itself must not stand in `crit`. RFC 7518 has none for JWS. */
const DEFINED: ReadonlySet<string> = new Set([
  ...['alg', 'jku', 'jwk', 'kid', 'x5u', 'x5c', 'x5t', 'x5t#S256'],
  ...['typ', 'cty', 'crit'],
]);

const NONE: JsonObject = {};

/** The members that the signature protects: of a compact serialisation all; of JSON those of `protected`. */
const protectedMembers = ({ serialization, header, headerText }: Decoded): JsonObject => {
  if (!serialization) return header ?? NONE;
  const value = headerText === undefined ? undefined : readJson(headerText).value;
  return isObject(value) ? value : NONE;
};

const names = (crit: unknown): readonly unknown[] => (Array.isArray(crit) ? crit : []);

/** RFC 7797 section 3: whether the payload's segment is the payload as it is, and not in base64url. */
export const isUnencoded = (decoded: Decoded): boolean => {
  if (decoded.header?.b64 !== false) return false;
  const { b64, crit } = protectedMembers(decoded);
  return b64 === false && names(crit).includes('b64');
};

const malformed = (reason: Failure['reason'], ...detail: readonly string[]): Failure => ({
  state: 'malformed',
  reason,
  detail,
});

/** The first name in `crit` that must not be there, or `crit` where the list itself is none. */
const faultIn = (crit: readonly unknown[], members: JsonObject): string | undefined => {
  const seen = new Set<unknown>();
  for (const name of crit) {
    if (typeof name !== 'string') return 'crit';
    if (seen.has(name) || DEFINED.has(name) || !Object.hasOwn(members, name)) return name;
    if (name === 'b64' && typeof members.b64 !== 'boolean') return name;
    seen.add(name);
  }
  return crit.length === 0 ? 'crit' : undefined;
};

/**
 * What the header's extensions, or its two halves, forbid; undefined where nothing stands in the way.
 * `crit` is a list of extensions, not empty, each once and each with its member, all of it protected (RFC 7515 section
 * 4.1.11); one that is not understood makes the JWS impossible to judge. `b64: false` must stand in it (RFC 7797 section
 * 6). No member stands in both halves of the header of a JSON serialisation (RFC 7515 section 7.2.1).
 */
export const critical = (decoded: Decoded): Failure | undefined => {
  const { header = NONE, unprotected = NONE } = decoded;
  if (header.crit === undefined && header.b64 !== false && unprotected === NONE) return;
  const members = protectedMembers(decoded);
  const twice = Object.keys(unprotected).find((name) => Object.hasOwn(members, name));
  if (twice !== undefined) return malformed('member_twice', twice);
  if (header.b64 === false && !names(members.crit).includes('b64')) return malformed('b64_not_critical');
  if (header.crit === undefined) return;
  const fault = Array.isArray(members.crit) ? faultIn(members.crit, members) : 'crit';
  if (fault !== undefined) return malformed('crit_malformed', fault);
  const unknown = names(members.crit).find((name) => !UNDERSTOOD.has(String(name)));
  return unknown === undefined
    ? undefined
    : { state: 'cannot_be_checked', reason: 'crit_unsupported', detail: [String(unknown)] };
};
