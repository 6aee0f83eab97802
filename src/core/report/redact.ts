import { readJsonTree } from '../token/json-tree.ts';
import { BLOCK, type LeakScanner, unescapeOnce } from './proof.ts';

/** What stands where something was that has no name of its own. */
export const MASK = '***';

/** Something shaped like a compact token that was not captured: three parts, and the base64url of `{"`, `{ `, `{` + line end or `{}`. */
const TOKEN_SHAPE = /(?<![\w-])(?:eyJ|eyA|ewo|ew0|e30)[\w-]*\.[\w-]*\.[\w.-]*/g;
/** What may be an encoded token as a whole. */
const RUN = /[\w.~%+-]+/g;
const USERINFO = /(:\/\/|%3A%2F%2F)[^/?#@\s"%]*(@|%40)/gi;
/** `name=value` of a URL (RFC 3986), a form or a challenge, its marks percent-encoded or not. */
const PARAMETER =
  /(^|[?&#;,\s]|%(?:25)?(?:3F|26|23))([\w.~-]{1,64})(=|%(?:25)?3D)("?)((?:(?!%(?:25)?(?:26|23))[^&#;,\s"])+)/gi;
const SECRET_NAME =
  /token|secret|passw|pwd|signature|assertion|api_?key|credential|session|^(?:code|code_verifier|key|sig|sid|otp|ticket|auth|jwt|samlresponse)$/i;
const NO_SECRET = /^(?:issued_)?token_type/i;
const PLACEHOLDER = /^token-\d+$/;
/** A layer each for a URL in a parameter of a URL in a JSON string, and one to spare. */
const LAYERS = 4;
/** The string and number literals of valid JSON (RFC 8259). */
const LITERAL = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

export interface Redactor {
  /** Any text, without captured tokens and other secrets. */
  readonly text: (given: string) => string;
  /** JSON text, its literals redacted, members of the outermost object named in `masked` as `"***"`; else as written. */
  readonly json: (given: string, masked: readonly string[]) => string;
  /** How many tokens and secrets were replaced so far. */
  readonly replaced: () => number;
}

/**
 * Redacts with the names of the captured tokens (compact string → placeholder) and a scanner for them and their parts.
 * A captured token becomes its placeholder; what holds one in another encoding, tokens that were not captured, and
 * secrets in URLs (RFC 6749 parameters, API keys, `user:password@`) become `***`. Fails closed: where the scanner still
 * finds something, the whole string goes.
 */
export function redactor(names: ReadonlyMap<string, string>, scan: LeakScanner): Redactor {
  const endings = new Map<string, string[]>();
  for (const compact of names.keys()) {
    if (compact.length < BLOCK) continue;
    const ending = compact.slice(-BLOCK);
    const same = endings.get(ending);
    if (same) same.push(compact);
    else endings.set(ending, [compact]);
  }
  let replaced = 0;
  const leaks = (text: string) => scan(text).length > 0;
  const mask = () => {
    replaced++;
    return MASK;
  };

  const byName = (text: string): string => {
    let out = '';
    let done = 0;
    for (const [start, compact] of captured(text, endings)) {
      if (start < done) continue;
      out += text.slice(done, start) + (names.get(compact) ?? MASK);
      done = start + compact.length;
      replaced++;
    }
    return out + text.slice(done);
  };

  const run = (encoded: string): string => {
    if (!leaks(encoded)) return encoded;
    let inner = encoded;
    for (let layer = 0; layer < LAYERS; layer++) inner = unescapeOnce(inner);
    const named = byName(inner);
    return leaks(named) ? mask() : encodeURIComponent(named.toWellFormed());
  };

  const text = (given: string): string => {
    let out = given;
    if (leaks(out)) out = byName(out);
    if (leaks(out)) out = out.replace(RUN, run);
    if (leaks(out)) return mask();
    out = out
      .replace(TOKEN_SHAPE, (compact) => {
        replaced++;
        return names.get(compact) ?? MASK;
      })
      .replace(USERINFO, (_, scheme: string, at: string) => scheme + mask() + at);
    return parameters(out);
  };

  const parameters = (given: string, layer = 0): string =>
    given.replace(PARAMETER, (_, before: string, name: string, equals: string, quote: string, value: string) => {
      const secret = SECRET_NAME.test(name) && !NO_SECRET.test(name) && !PLACEHOLDER.test(value) && value !== MASK;
      // What is no secret itself may be a URL with one.
      const inner = secret ? mask() : layer < LAYERS ? parameters(value, layer + 1) : value;
      return before + name + equals + quote + inner;
    });

  const literal = (given: string): string => {
    const isText = given.startsWith('"');
    const value: unknown = isText ? JSON.parse(given) : given;
    const out = text(String(value));
    return out === value ? given : JSON.stringify(out);
  };

  const json = (given: string, masked: readonly string[]): string => {
    const { root } = readJsonTree(given);
    let out = given;
    for (const { name, value } of root?.kind === 'object' ? [...root.members].reverse() : []) {
      if (masked.includes(name))
        out = `${out.slice(0, value.offset)}"${mask()}"${out.slice(value.offset + value.length)}`;
    }
    return out.replace(LITERAL, literal);
  };

  return { text, json, replaced: () => replaced };
}

/** Where captured tokens stand in a text: start and token, in order of start, the longest first. */
function captured(text: string, endings: ReadonlyMap<string, readonly string[]>): (readonly [number, string])[] {
  const found: (readonly [number, string])[] = [];
  for (let end = BLOCK; end <= text.length; end++) {
    for (const compact of endings.get(text.slice(end - BLOCK, end)) ?? []) {
      if (text.endsWith(compact, end)) found.push([end - compact.length, compact]);
    }
  }
  return found.sort(([a, x], [b, y]) => a - b || y.length - x.length);
}
