import { KNOWN_SCHEME } from '../capture/request.ts';
import { type JsonNode, readJsonTree } from '../token/json-tree.ts';
import type { Replaced } from './exported.ts';
import { hiddenIn } from './hidden-members.ts';
import { isTakenOut, MASK } from './mask.ts';
import { maskedWords } from './masked-words.ts';
import { MAX_NESTED, nestedJson } from './nested-json.ts';
import { withoutPathKeys } from './path-keys.ts';
import { BLOCK, type LeakScanner } from './proof.ts';
import { TOKEN_SHAPE } from './secret-shapes.ts';
import { withoutSecretsIn } from './secrets-in-text.ts';
import { unescapeAll } from './unescape.ts';

/** What may be an encoded token as a whole. */
const RUN = /[\w.~%+-]+/g;
/** A quoted string, or a scheme and its token68 (RFC 9110 section 11.3): in a challenge the answer of Negotiate or NTLM. */
const CHALLENGE = /("[^"\\]*(?:\\[\s\S]?[^"\\]*)*"?)|((?:^|,)\s*[\w!#$%&'*+.^`|~-]+[ \t]+)[\w.~+/-]+=*(?=\s*(?:,|$))/g;
/** As a name holds it; the user's part is no longer (RFC 5321 section 4.5.3.1.1). */
const EMAIL = /[^\s/:|@"'[\]]{1,64}(?:@|%(?:25)*40)[\w-]+(?:\.[\w-]+)+/gi;
/** Telephone numbers with their country, as Cognito has them for names (ITU-T E.164). */
const TELEPHONE = /(?<![\w+])\+\d{8,15}(?!\d)/g;
/** The string and number literals of valid JSON (RFC 8259). */
const LITERAL = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

export interface Redactor {
  /** Any text, without captured tokens and other secrets. */
  readonly text: (given: string) => string;
  /** A challenge (`WWW-Authenticate`) without the credentials that some schemes put there; more is for `text`. */
  readonly challenge: (given: string) => string;
  /** What stood before a token in `Authorization`, if it is known for a scheme: any other word may be a key. */
  readonly scheme: (given: string) => string;
  /** The name or path of a place without the addresses and telephone numbers of users that stores have there: Cognito's names are by user. */
  readonly owner: (given: string) => string;
  /** The address of a request without what looks like a key in its path; in a claim it names an issuer. More is for `text`. */
  readonly address: (given: string) => string;
  /** What stands for the value of a masked claim that the caller found, counted. */
  readonly claim: () => string;
  /** JSON text, its literals redacted, members named in `masked` or like a secret as `"***"`; else as written. */
  readonly json: (given: string, masked: readonly string[]) => string;
  /** How often something was replaced so far. Signatures are taken off elsewhere. */
  readonly replaced: () => Omit<Replaced, 'signatures'>;
}

/**
 * Redacts with the names of the captured tokens (compact string → placeholder) and a scanner for them and their parts.
 * A captured token becomes its placeholder; what holds one in another encoding, tokens that were not captured, and
 * secrets by name (RFC 6749 parameters, members of JSON) and by shape (keys of known makers, `user:password@`) become
 * `***`. Fails closed: where the scanner still finds something, the whole string goes.
 * @param values of claims that are masked: they are replaced wherever they are a whole word
 * @param words that are secret themselves, and too short for the scanner: they are replaced likewise
 */
export function redactor(
  names: ReadonlyMap<string, string>,
  scan: LeakScanner,
  values: ReadonlySet<string> = new Set(),
  words: ReadonlySet<string> = new Set(),
): Redactor {
  const endings = new Map<string, string[]>();
  for (const compact of names.keys()) {
    if (compact.length < BLOCK) continue;
    const ending = compact.slice(-BLOCK);
    const same = endings.get(ending);
    if (same) same.push(compact);
    else endings.set(ending, [compact]);
  }
  const replaced = { tokens: 0, secrets: 0, paths: 0, claims: 0 };
  const leaks = (text: string) => scan(text).length > 0;
  const mask = (): string => {
    replaced.secrets += 1;
    return MASK;
  };
  const maskPath = (): string => {
    replaced.paths += 1;
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
    const named = byName(unescapeAll(encoded));
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

  const withoutValues = maskedWords(values, maskClaim);
  const withoutWords = maskedWords(words, mask);

  const text = (given: string): string => {
    const out = withoutSecrets(given);
    if (out === undefined) return mask();
    return withoutSecretsIn(withoutWords(withoutValues(out)).replace(TOKEN_SHAPE, name), mask);
  };

  const literal = (given: string, masked: readonly string[], depth: number): string => {
    const value: unknown = given.startsWith('"') ? JSON.parse(given) : given;
    const plain = String(value);
    const out =
      depth < MAX_NESTED && !names.has(plain) && nestedJson(plain) ? json(plain, masked, depth + 1) : text(plain);
    return out === value ? given : JSON.stringify(out);
  };

  const json = (given: string, masked: readonly string[], depth = 0): string => {
    const { root } = readJsonTree(given);
    let out = '';
    let done = 0;
    const isLeak = (node: JsonNode): boolean =>
      isOfNumbers(node) && leaks(given.slice(node.offset, node.offset + node.length));
    for (const { node, isMasked } of hiddenIn(root, masked, isLeak)) {
      // A captured token keeps its name.
      if (!isMasked && node.kind === 'string' && names.has(node.value)) continue;
      out += `${given.slice(done, node.offset)}"${isMasked ? maskClaim() : mask()}"`;
      done = node.offset + node.length;
    }
    return (out + given.slice(done)).replace(LITERAL, (one) => literal(one, masked, depth));
  };

  const challenge = (given: string): string =>
    given.replace(CHALLENGE, (all, _quoted: string | undefined, scheme: string | undefined) =>
      scheme === undefined ? all : scheme + mask(),
    );

  return {
    text,
    challenge,
    scheme: (given) => (KNOWN_SCHEME.test(given) || isTakenOut(given) ? given : mask()),
    owner: (given) => given.replace(EMAIL, mask).replace(TELEPHONE, mask),
    address: (given) => withoutPathKeys(given, maskPath),
    claim: maskClaim,
    json: (given, masked) => json(given, masked),
    replaced: () => ({ ...replaced }),
  };
}

/** Octets, perhaps: a list, or what `JSON.stringify` makes of a `Uint8Array`. */
const isOfNumbers = (node: JsonNode): boolean => {
  const values =
    node.kind === 'array' ? node.items : node.kind === 'object' ? node.members.map(({ value }) => value) : [];
  return values.length >= BLOCK && values.every(({ kind }) => kind === 'number');
};

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
