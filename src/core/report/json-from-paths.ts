/** JSON that has given texts at given paths, as `tokensInValue` writes paths: `a.b[0]["c d"]`. */

/** A text, and the path where it stood; without one it stood in no JSON. */
export interface AtPath {
  readonly path?: string;
  readonly text: string;
}

type Json = string | Json[] | { [name: string]: Json };

const STEP = /\.?([A-Za-z_$][\w$-]*)|\[(\d{1,4})\]|\[("(?:[^"\\]|\\.)*")\]/y;
/** Items in a row: a hostile index would make a list as long as itself. */
const MAX_INDEX = 1_000;
/** As deep as paths are followed. */
const MAX_STEPS = 64;

/** Undefined where it is no JSON after all: the path of an imported log may say anything. */
const unquoted = (quoted: string): string | undefined => {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return;
  }
};

/** Undefined for what is no path, a shortened one too. */
const stepsOf = (path: string): readonly (string | number)[] | undefined => {
  const steps: (string | number)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const [, plain, index, quoted] = STEP.exec(path) ?? [];
    const name = quoted === undefined ? plain : unquoted(quoted);
    if (name !== undefined) steps.push(name);
    else if (index !== undefined) steps.push(Number(index));
    else return undefined;
  }
  const isBuildable = steps.every((step) => typeof step === 'string' || step < MAX_INDEX);
  return steps.length > 0 && steps.length <= MAX_STEPS && isBuildable ? steps : undefined;
};

/** What a step leads into, made where it is not there yet; undefined where something else stands there. */
const childOf = (parent: Json, step: string | number, made: () => Json): Json | undefined => {
  if (Array.isArray(parent)) {
    if (typeof step === 'string') return undefined;
    while (parent.length <= step) parent.push('');
    if (parent[step] === '') parent[step] = made();
    return parent[step];
  }
  if (typeof parent === 'string' || typeof step === 'number') return undefined;
  parent[step] ??= made();
  return parent[step];
};

/** Without a prototype: `__proto__` is a name like any other. */
const containerFor = (step: string | number | undefined, text: string): Json =>
  step === undefined ? text : typeof step === 'number' ? [] : Object.create(null);

/** Puts a text where its path leads. False where it leads through another text, or is none. */
const put = (root: Json, { path, text }: AtPath): boolean => {
  const steps = path === undefined ? undefined : stepsOf(path);
  if (!steps) return false;
  let at: Json | undefined = root;
  for (let index = 0; index < steps.length && at !== undefined; index += 1) {
    const step = steps[index] ?? '';
    at = childOf(at, step, () => containerFor(steps[index + 1], text));
  }
  return at === text;
};

/**
 * One JSON text for all that have a path, and the texts of the others. Never throws; linear.
 */
export const jsonFromPaths = (
  given: readonly AtPath[],
): { readonly json?: string; readonly rest: readonly string[] } => {
  const first = given.find(({ path }) => path !== undefined && stepsOf(path));
  if (!first) return { rest: given.map(({ text }) => text) };
  const root = containerFor(stepsOf(first.path ?? '')?.[0], '');
  const rest = given.filter((one) => !put(root, one));
  return { json: JSON.stringify(root), rest: rest.map(({ text }) => text) };
};
