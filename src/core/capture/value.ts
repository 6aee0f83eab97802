/** Tokens inside one value (of a header, a cookie, a parameter), through the wrappings that applications put on it. */
import { findTokens } from './find.ts';
import { percentDecode } from './percent.ts';
import { shorten } from './shorten.ts';

export interface TokenInValue {
  readonly compact: string;
  /** JSON path inside the value, as `access_token` or `a.b[0]`. */
  readonly path?: string;
}

/** Nesting that is followed by path; what lies deeper is found by scanning the text, without a path. */
export const MAX_DEPTH = 32;
/** Supabase's mark before base64url JSON in its cookies (@supabase/ssr). */
const BASE64_MARK = 'base64-';
const IDENTIFIER = /^[A-Za-z_$][\w$-]*$/;

/** The path of a member or an item of what stands at `path`: `a.b`, `a["b c"]`, `a[0]`; cut to MAX_NAME. */
export const stepInto = (path: string, member: string | number): string => {
  if (typeof member === 'number') return shorten(`${path}[${member}]`);
  const name = shorten(member);
  if (!IDENTIFIER.test(name)) return shorten(`${path}[${JSON.stringify(name)}]`);
  return path === '' ? name : shorten(`${path}.${name}`);
};

const scan = (text: string, limit?: number): readonly TokenInValue[] =>
  findTokens(text, limit).map(({ start, end }) => ({ compact: text.slice(start, end) }));

/** A JSON object, array or string, or undefined. The first character is asked first: most values are no JSON. */
const parseJson = (text: string): unknown => {
  if (!/^[[{"]/.test(text.trimStart())) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const decodeBase64 = (text: string): string | undefined => {
  try {
    const alphabet = /[+/]/.test(text) ? 'base64' : 'base64url';
    return new TextDecoder().decode(Uint8Array.fromBase64(text, { alphabet }));
  } catch {
    return undefined;
  }
};

/** The text under quotes, percent-encoding and Supabase's `base64-`. */
const unwrap = (value: string): string => {
  const decoded = percentDecode(value);
  const isQuoted = decoded.startsWith('"') && decoded.endsWith('"') && !decoded.includes('\\');
  const bare = isQuoted ? decoded.slice(1, -1) : decoded;
  return bare.startsWith(BASE64_MARK) ? (decodeBase64(bare.slice(BASE64_MARK.length)) ?? bare) : bare;
};

interface Node {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

const children = ({ value, path, depth }: Node): readonly Node[] =>
  Array.isArray(value)
    ? value.map((item: unknown, index) => ({ value: item, path: stepInto(path, index), depth: depth + 1 }))
    : Object.entries(value ?? {}).map(([name, item]: [string, unknown]) => ({
        value: item,
        path: stepInto(path, name),
        depth: depth + 1,
      }));

/** Walks JSON without recursion, in document order, nested JSON strings included. */
const walk = (root: unknown, limit?: number): readonly TokenInValue[] => {
  const found: TokenInValue[] = [];
  const open: Node[] = [{ value: root, path: '', depth: 0 }];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { value, path, depth } = node;
    if (typeof value === 'string') {
      const text = unwrap(value);
      const inner = depth < MAX_DEPTH ? (parseJson(value) ?? parseJson(text)) : undefined;
      if (inner !== undefined) open.push({ value: inner, path, depth: depth + 1 });
      else for (const { compact } of scan(text, limit)) found.push(path === '' ? { compact } : { compact, path });
    } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
      for (const child of children(node).toReversed()) open.push(child);
    }
  }
  return found;
};

/**
 * Every token in a value: as it stands, URL-decoded, unquoted, out of `base64-` JSON, and out of JSON with the path to
 * it (JSON inside JSON strings too); of each string `limit` at most. Never throws, never recurses; linear in the value.
 */
export const tokensInValue = (value: string, limit?: number): readonly TokenInValue[] => {
  const text = unwrap(value);
  // As it stands first: JSON may hold percent-encoded text of its own, `{"url":"/?q=%22"}`.
  const json = parseJson(value) ?? parseJson(text);
  const found = json === undefined ? [] : walk(json, limit);
  // Then what the walk did not reach: text that is no JSON, JSON deeper than the bound, member names.
  const known = new Set(found.map(({ compact }) => compact));
  return [...found, ...scan(text, limit).filter(({ compact }) => !known.has(compact))];
};
