import { createScanner } from 'jsonc-parser';
import type { Problem } from './decoded.ts';
import { visibleText } from './visible.ts';

/** Deeper than any token nests, and shallow enough for whoever walks the value by recursion. */
export const MAX_DEPTH = 512;

/** A hostile text repeats names by the thousand; a person reads a few. */
const MAX_DUPLICATES = 16;

/** How much of what broke the text is quoted. */
const MAX_DETAIL = 24;

/** Offsets and lengths are in UTF-16 units of the text. `source` is the literal as written: `1.0`, `1e400`, `"\u0041"`. */
export type JsonNode = { readonly offset: number; readonly length: number } & (
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly source: string; readonly value: string }
  | { readonly kind: 'number' | 'boolean' | 'null'; readonly source: string }
);

export interface JsonMember {
  readonly name: string;
  /** Where the name's literal stands, quotes included. */
  readonly offset: number;
  readonly length: number;
  readonly value: JsonNode;
}

/** `truncated`: the text ends before its JSON does. The segment is for the caller to say. */
export type JsonProblem = Omit<Problem, 'segment' | 'code'> & {
  readonly code: 'json' | 'truncated' | 'duplicate_member' | 'too_deep';
};

export interface JsonTree {
  /** Absent where not even a first value begins. Open containers of a broken text hold what was complete. */
  readonly root?: JsonNode;
  readonly problems: readonly JsonProblem[];
  /** The text up to the last complete value, with open brackets closed: always JSON, or '' without a root. */
  readonly readable: string;
}

type Container =
  | { kind: 'object'; offset: number; length: number; members: JsonMember[] }
  | { kind: 'array'; offset: number; length: number; items: JsonNode[] };

/** A container that is open. */
interface Frame {
  readonly node: Container;
  readonly closer: '}' | ']';
  /** The names so far, from the first on: a hostile text has empty objects by the thousand. */
  names: Set<string> | undefined;
  /** The name whose value is awaited. */
  name: Omit<JsonMember, 'value'>;
}

interface Token {
  readonly offset: number;
  readonly length: number;
  /** Its first character; '' at the end of the text. */
  readonly mark: string;
}

type Awaited = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma or end';

const NO_NAME = { name: '', offset: 0, length: 0 };
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const NUMBER_BEGUN = /^-?(?:\d+(?:\.|(?:\.\d+)?[eE][+-]?))?$/;
const LITERALS = ['true', 'false', 'null'];

/** Whether a token that stands at the end of the text may be the beginning of a value or name. */
const isBegun = (source: string): boolean =>
  source.startsWith('"') || NUMBER_BEGUN.test(source) || LITERALS.some((literal) => literal.startsWith(source));

const leafOf = (text: string, { offset, length }: Token, value: string | undefined): JsonNode | undefined => {
  const source = text.slice(offset, offset + length);
  if (value !== undefined) return { kind: 'string', offset, length, source, value };
  if (source === 'null') return { kind: 'null', offset, length, source };
  if (source === 'true' || source === 'false') return { kind: 'boolean', offset, length, source };
  return NUMBER.test(source) ? { kind: 'number', offset, length, source } : undefined;
};

/**
 * Reads strict JSON (RFC 8259: no comments, no trailing commas) into a tree that loses nothing, by iteration, so that
 * no depth of nesting can exhaust the stack. jsonc-parser's scanner finds the tokens; the grammar is here, because its
 * parser recurses and forgives.
 *
 * Problems: each `duplicate_member` (detail: the name; at most 16), then at most one of `json` (detail: what was found,
 * made visible; '' for the end), `truncated` and `too_deep`, where reading ended. Linear; never throws.
 */
export const readJsonTree = (text: string): JsonTree => {
  const scanner = createScanner(text);
  const problems: JsonProblem[] = [];
  const stack: Frame[] = [];
  let root: JsonNode | undefined;
  let awaited: Awaited = 'value';
  let complete = 0;

  const report = (code: JsonProblem['code'], detail?: string): void => {
    problems.push({
      code,
      offset: scanner.getTokenOffset(),
      line: scanner.getTokenStartLine() + 1,
      column: scanner.getTokenStartCharacter() + 1,
      ...(detail === undefined ? {} : { detail: visibleText(detail) }),
    });
  };

  const place = (node: JsonNode, top: Frame | undefined): void => {
    if (!top) root = node;
    else if (top.node.kind === 'array') top.node.items.push(node);
    else {
      const { name, offset, length } = top.name;
      top.node.members.push({ name, offset, length, value: node });
    }
    awaited = 'comma or end';
    complete = node.offset + node.length;
  };

  const open = (node: Container, top: Frame | undefined): void => {
    place(node, top);
    stack.push({ node, closer: node.kind === 'object' ? '}' : ']', names: undefined, name: NO_NAME });
    awaited = node.kind === 'object' ? 'name or }' : 'value or ]';
  };

  const close = ({ node }: Frame, end: number): void => {
    node.length = end - node.offset;
    stack.pop();
    awaited = 'comma or end';
    complete = end;
  };

  const nameMember = (top: Frame, name: string, { offset, length }: Token): void => {
    top.names ??= new Set();
    if (top.names.has(name) && problems.length < MAX_DUPLICATES) report('duplicate_member', name);
    top.names.add(name);
    top.name = { name, offset, length };
    awaited = 'colon';
  };

  const takeValue = (token: Token, top: Frame | undefined, string: string | undefined): boolean => {
    const { offset, length, mark } = token;
    if (mark === '{') open({ kind: 'object', offset, length, members: [] }, top);
    else if (mark === '[') open({ kind: 'array', offset, length, items: [] }, top);
    else {
      const leaf = leafOf(text, token, string);
      if (!leaf) return false;
      place(leaf, top);
    }
    return true;
  };

  /** Takes the next token by what is awaited; false where the text breaks. */
  const take = (token: Token): boolean => {
    const { mark, offset, length } = token;
    const top = stack.at(-1);
    const string = mark === '"' && scanner.getTokenError() === 0 ? scanner.getTokenValue() : undefined;
    const mayClose = awaited === 'comma or end' || awaited === 'name or }' || awaited === 'value or ]';
    if (top && mayClose && mark === top.closer) {
      close(top, offset + length);
      return true;
    }
    switch (awaited) {
      case 'colon':
        awaited = 'value';
        return mark === ':';
      case 'comma or end':
        if (top) awaited = top.node.kind === 'object' ? 'name' : 'value';
        return top !== undefined && mark === ',';
      case 'name':
      case 'name or }':
        if (top && string !== undefined) nameMember(top, string, token);
        return string !== undefined;
      default:
        return takeValue(token, top, string);
    }
  };

  for (;;) {
    scanner.scan();
    const offset = scanner.getTokenOffset();
    const length = scanner.getTokenLength();
    const mark = text.charAt(offset);
    if (mark === ' ' || mark === '\n' || mark === '\r' || mark === '\t') continue;
    const before: Awaited = awaited;
    if (mark === '' && root && stack.length === 0) break;
    if ((mark === '{' || mark === '[') && stack.length === MAX_DEPTH && before.startsWith('value')) {
      report('too_deep');
      break;
    }
    if (take({ offset, length, mark })) continue;
    const source = text.slice(offset, offset + length);
    const atEnd = scanner.getPosition() >= text.length;
    const isCut =
      mark === '' || (atEnd && (before.startsWith('value') || before.startsWith('name')) && isBegun(source));
    if (isCut) report('truncated', '');
    else report('json', source.slice(0, MAX_DETAIL));
    break;
  }

  for (const { node } of stack) node.length = complete - node.offset;
  const closers = stack.map(({ closer }) => closer).reverse();
  return { ...(root ? { root } : {}), problems, readable: text.slice(0, complete) + closers.join('') };
};
