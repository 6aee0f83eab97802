/** Where the disclosed claims of an SD-JWT stand: the payload with each in its place (RFC 9901 section 7.1 step 3). */
import { type JsonNode, MAX_DEPTH } from '../token/json-tree.ts';
import type { DisclosureContent } from './sd-disclosure.ts';
import type { DisclosureState } from './sd-reading.ts';

/** One disclosure, while its place is looked for. */
export interface Placing {
  readonly content: DisclosureContent | undefined;
  state: DisclosureState;
  path?: string;
}

export interface Placed {
  /** The claims as JSON, on one line. */
  readonly text: string;
  /** Digests without a disclosure, by the path of what has them. */
  readonly hidden: ReadonlyMap<string, number>;
  /** Those of them that stand there more than once (section 7.1 step 4): the first few, cut. */
  readonly twice: readonly string[];
}

const DIGESTS = '_sd';
const ELEMENT = '...';
const ALGORITHM = '_sd_alg';
const RESERVED: ReadonlySet<string> = new Set([DIGESTS, ELEMENT]);

const IDENTIFIER = /^[A-Za-z_$][\w$-]*$/;
/** A path is for a person to read; a hostile one names and nests for kilobytes. */
const MAX_PATH = 200;

/** Digests that are named; a hostile token has thousands. */
const MAX_TWICE = 5;

const cut = (text: string): string => (text.length > MAX_PATH ? `${text.slice(0, MAX_PATH)}…` : text);

const step = (path: string, member: string): string => {
  const name = cut(member);
  if (!IDENTIFIER.test(name)) return cut(`${path}[${JSON.stringify(name)}]`);
  return path === '' ? name : cut(`${path}.${name}`);
};

/** The digests that an object hides claims behind (section 4.2.4.1). */
const digestsOf = (member: { readonly name: string; readonly value: JsonNode }): readonly string[] | undefined =>
  member.name === DIGESTS && member.value.kind === 'array'
    ? member.value.items.flatMap((item) => (item.kind === 'string' ? [item.value] : []))
    : undefined;

/** The digest that stands for an element of an array (section 4.2.4.2). */
const elementDigest = (node: JsonNode): string | undefined => {
  const [member, more] = node.kind === 'object' ? node.members : [];
  return member?.name === ELEMENT && !more && member.value.kind === 'string' ? member.value.value : undefined;
};

const childrenOf = (node: JsonNode): readonly JsonNode[] => {
  if (node.kind === 'object') return node.members.map(({ value }) => value);
  return node.kind === 'array' ? node.items : [];
};

/** Containers within each other; the tree nests no deeper than MAX_DEPTH. */
const depthOf = (node: JsonNode): number => {
  let deepest = 0;
  for (const child of childrenOf(node)) deepest = Math.max(deepest, depthOf(child));
  return node.kind === 'object' || node.kind === 'array' ? deepest + 1 : 0;
};

/** How often each digest stands in the payload, and in the disclosures that it leads to. */
const countDigests = (root: JsonNode, byDigest: ReadonlyMap<string, Placing>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  const open: JsonNode[] = [root];
  const note = (digest: string): void => {
    const count = (counts.get(digest) ?? 0) + 1;
    counts.set(digest, count);
    const value = byDigest.get(digest)?.content?.value;
    if (count === 1 && value) open.push(value);
  };
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const item of node.kind === 'array' ? node.items : []) {
      const digest = elementDigest(item);
      if (digest === undefined) open.push(item);
      else note(digest);
    }
    for (const member of node.kind === 'object' ? node.members : []) {
      const digests = digestsOf(member);
      if (digests) digests.forEach(note);
      else open.push(member.value);
    }
  }
  return counts;
};

/**
 * Puts each disclosed claim where its digest stands, in disclosed claims too, and leaves out `_sd`, `...` and, at the top,
 * `_sd_alg`. What cannot be placed gets its state; what stays `unreferenced` has no digest anywhere. Takes the payload and
 * the disclosures by digest. The result nests no deeper than MAX_DEPTH: a disclosure that would is `malformed`. Linear.
 */
export const placeDisclosures = (payload: JsonNode, byDigest: ReadonlyMap<string, Placing>): Placed => {
  const counts = countDigests(payload, byDigest);
  const hidden = new Map<string, number>();
  // Pieces, joined once: text that is put together level by level is copied at each.
  const out: string[] = [];

  /** The disclosure of a digest, if it can stand here, with what keeps it from it as its state. */
  const take = (digest: string, path: string, depth: number, isElement: boolean, names?: ReadonlySet<string>) => {
    const placing = byDigest.get(digest);
    const content = placing?.content;
    if (!placing || !content) {
      hidden.set(path, (hidden.get(path) ?? 0) + 1);
      return undefined;
    }
    const { name } = content;
    if ((counts.get(digest) ?? 0) > 1) placing.state = 'digest_twice';
    else if ((name === undefined) !== isElement) placing.state = 'malformed';
    else if (name !== undefined && RESERVED.has(name)) placing.state = 'name_reserved';
    else if (name !== undefined && names?.has(name)) placing.state = 'name_taken';
    else if (depth + depthOf(content.value) > MAX_DEPTH) placing.state = 'malformed';
    else {
      placing.state = 'disclosed';
      return { placing, value: content.value, name: name ?? '' };
    }
    return undefined;
  };

  const writeArray = (items: readonly JsonNode[], path: string, depth: number): void => {
    out.push('[');
    let count = 0;
    for (const item of items) {
      const digest = elementDigest(item);
      const taken = digest === undefined ? undefined : take(digest, path, depth, true);
      if (digest !== undefined && !taken) continue;
      const own = cut(`${path}[${count}]`);
      if (taken) taken.placing.path = own;
      if (count > 0) out.push(',');
      count += 1;
      write(taken?.value ?? item, own, depth);
    }
    out.push(']');
  };

  const writeObject = (node: JsonNode & { kind: 'object' }, path: string, depth: number): void => {
    const names = new Set<string>();
    const digests: string[] = [];
    const writeMember = (name: string, value: JsonNode, own: string): void => {
      out.push(names.size > 0 ? ',' : '', JSON.stringify(name), ':');
      names.add(name);
      write(value, own, depth);
    };
    out.push('{');
    for (const member of node.members) {
      const found = digestsOf(member);
      if (found) for (const digest of found) digests.push(digest);
      else if (node !== payload || member.name !== ALGORITHM)
        writeMember(member.name, member.value, step(path, member.name));
    }
    for (const digest of digests) {
      const taken = take(digest, path, depth, false, names);
      if (!taken) continue;
      const own = step(path, taken.name);
      taken.placing.path = own;
      writeMember(taken.name, taken.value, own);
    }
    out.push('}');
  };

  const write = (node: JsonNode, path: string, depth: number): void => {
    if (node.kind === 'object') writeObject(node, path, depth + 1);
    else if (node.kind === 'array') writeArray(node.items, path, depth + 1);
    else out.push(node.source);
  };

  write(payload, '', 0);
  const twice: string[] = [];
  for (const [digest, count] of counts) {
    if (twice.length === MAX_TWICE) break;
    if (count > 1 && !byDigest.get(digest)?.content) twice.push(cut(digest));
  }
  return { text: out.join(''), hidden, twice };
};
