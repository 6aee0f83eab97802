import { type JsonNode, readJsonTree } from '../token/json-tree.ts';
import type { Replaced } from './exported.ts';
import { BLOCK, type LeakScanner, unescapeOnce } from './proof.ts';

/** What stands where something was that has no name of its own. */
export const MASK = '***';

/** Something shaped like a compact token that was not captured: three parts, and the base64url of `{"`, `{ `, `{` + line end or `{}`. */
const TOKEN_SHAPE = /(?<![\w-])(?:eyJ|eyA|ewo|ew0|e30)[\w-]*\.[\w-]*\.[\w.-]*/g;
/** What may be an encoded token as a whole. */
const RUN = /[\w.~%+-]+/g;
/** What stands before the last `@` of an authority (RFC 3986 section 3.2), in a URL or in one that is percent-encoded. */
const USERINFO =
  /(?<=:\/\/)[^/?#\s"]+(?=@|%40)|(?<=%3A%2F%2F)(?:(?!%(?:2F|3F|23))[^/?#&\s"])+(?=@|%40)|(?<=%253A%252F%252F)(?:(?!%25(?:2F|3F|23)|%26)[^/?#&\s"])+(?=@|%2540)/gi;
/** `name=value` of a URL (RFC 3986), a form (`user[name]=value` too) or a challenge, its marks percent-encoded or not. */
const PARAMETER =
  /(^|[?&#;,\s]|%(?:25)?(?:3F|26|23))((?:[\w.~[\]-]|%(?:25)?5[BD]){1,64})(=|%(?:25)?3D)("?)((?:(?!%(?:25)?(?:26|23))[^&#;,\s"])+)/gi;
const SECRET_NAME =
  /token|secret|pass(?:w|phrase|code)|pwd|signature|assertion|(?:api|auth|access|private)[_-]?key|credential|session|bearer|^(?:code|code_verifier|key|sig|sid|otp|pin|pass|ticket|auth|jwt|samlresponse)$/i;
const NO_SECRET = /^(?:issued_)?token_(?:type|use)/i;
/** They name a session and do not open it (OpenID Connect Front-Channel Logout, Session Management). */
const NO_SECRET_CLAIM = /^(?:sid|session_state)$/i;
const BRACKET = /[[\]]|%(?:25)?5[BD]/i;
/** A quoted string, or a scheme and its token68 (RFC 9110 section 11.3): in a challenge the answer of Negotiate or NTLM. */
const CHALLENGE = /("[^"\\]*(?:\\[\s\S]?[^"\\]*)*"?)|((?:^|,)\s*[\w!#$%&'*+.^`|~-]+[ \t]+)[\w.~+/-]+=*(?=\s*(?:,|$))/g;
const PLACEHOLDER = /^token-\d+$/;
/** A layer each for a URL in a parameter of a URL in a JSON string, and one to spare. */
const LAYERS = 4;
/** What a value may be the whole of, in a sentence or an address. */
const WORD = /[^\s"'<>()[\]{}|,;&?#=\\/]+/g;
/** The string and number literals of valid JSON (RFC 8259). */
const LITERAL = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

export interface Redactor {
  /** Any text, without captured tokens and other secrets. */
  readonly text: (given: string) => string;
  /** A challenge (`WWW-Authenticate`) without the credentials that some schemes put there; more is for `text`. */
  readonly challenge: (given: string) => string;
  /** JSON text, its literals redacted, members named in `masked` or like a secret as `"***"`; else as written. */
  readonly json: (given: string, masked: readonly string[]) => string;
  /** How often something was replaced so far. Signatures are taken off elsewhere. */
  readonly replaced: () => Omit<Replaced, 'signatures'>;
}

/**
 * Redacts with the names of the captured tokens (compact string → placeholder) and a scanner for them and their parts.
 * A captured token becomes its placeholder; what holds one in another encoding, tokens that were not captured, and
 * secrets in URLs (RFC 6749 parameters, API keys, `user:password@`) become `***`. Fails closed: where the scanner still
 * finds something, the whole string goes.
 * @param values of claims that are masked: they are replaced wherever they are a whole word
 */
export function redactor(
  names: ReadonlyMap<string, string>,
  scan: LeakScanner,
  values: ReadonlySet<string> = new Set(),
): Redactor {
  const endings = new Map<string, string[]>();
  for (const compact of names.keys()) {
    if (compact.length < BLOCK) continue;
    const ending = compact.slice(-BLOCK);
    const same = endings.get(ending);
    if (same) same.push(compact);
    else endings.set(ending, [compact]);
  }
  const replaced = { tokens: 0, secrets: 0, claims: 0 };
  const leaks = (text: string) => scan(text).length > 0;
  const mask = (): string => {
    replaced.secrets += 1;
    return MASK;
  };
  const maskClaim = (): string => {
    replaced.claims += 1;
    return MASK;
  };
  const name = (compact: string): string => {
    const known = names.get(compact);
    if (known === undefined) return mask();
    replaced.tokens += 1;
    return known;
  };

  const byName = (text: string): string => {
    let out = '';
    let done = 0;
    for (const [start, compact] of captured(text, endings)) {
      if (start < done) continue;
      out += text.slice(done, start) + name(compact);
      done = start + compact.length;
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

  /** Undefined where something is left whatever is done. Most texts hold nothing, and are looked at once. */
  const withoutSecrets = (given: string): string | undefined => {
    if (!leaks(given)) return given;
    const named = byName(given);
    if (!leaks(named)) return named;
    const rest = named.replace(RUN, run);
    return leaks(rest) ? undefined : rest;
  };

  const text = (given: string): string => {
    const out = withoutSecrets(given);
    if (out === undefined) return mask();
    return parameters(withoutValues(out).replace(TOKEN_SHAPE, name).replace(USERINFO, mask));
  };

  const withoutValues = (given: string): string => {
    if (values.size === 0) return given;
    if (values.has(given)) return maskClaim();
    return given.replace(WORD, (word) => {
      const isValue = values.has(word) || (/[%+]/.test(word) && values.has(unescapeOnce(word.replaceAll('+', ' '))));
      return isValue ? maskClaim() : word;
    });
  };

  const parameters = (given: string, layer = 0): string =>
    given.replace(PARAMETER, (_, before: string, name: string, equals: string, quote: string, value: string) => {
      const secret = name.split(BRACKET).some(isSecret) && !PLACEHOLDER.test(value) && value !== MASK;
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
    let out = '';
    let done = 0;
    const hide = (node: JsonNode | undefined): void => {
      if (node?.kind === 'array') for (const item of node.items) hide(item);
      if (node?.kind !== 'object') return;
      for (const { name, value } of node.members) {
        const isMasked = masked.includes(name);
        if (!isMasked && !isSecretClaim(name, value)) hide(value);
        else {
          out += `${given.slice(done, value.offset)}"${isMasked ? maskClaim() : mask()}"`;
          done = value.offset + value.length;
        }
      }
    };
    hide(root);
    return (out + given.slice(done)).replace(LITERAL, literal);
  };

  /** A captured token keeps its name, and yes or no is no secret. */
  const isSecretClaim = (name: string, value: JsonNode): boolean =>
    isSecret(name) &&
    !NO_SECRET_CLAIM.test(name) &&
    value.kind !== 'boolean' &&
    value.kind !== 'null' &&
    !(value.kind === 'string' && names.has(value.value));

  const challenge = (given: string): string =>
    given.replace(CHALLENGE, (all, _quoted: string | undefined, scheme: string | undefined) =>
      scheme === undefined ? all : scheme + mask(),
    );

  return { text, challenge, json, replaced: () => ({ ...replaced }) };
}

const isSecret = (name: string): boolean => SECRET_NAME.test(name) && !NO_SECRET.test(name);

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
