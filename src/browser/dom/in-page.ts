/**
 * Functions that run in the inspected page, as the text of an expression. There is nothing around them there but what is
 * handed in, and the page may have overridden whatever they call: what they answer is parsed like anything of a stranger.
 */
type Handed = string | number | object | ((...args: never) => unknown);

/** A call as an expression. Only what is ours may be handed in: a text of the page's must never become code. */
export const call = <Args extends readonly Handed[]>(fn: (...args: Args) => unknown, ...args: Args): string =>
  `(${fn})(${args.map((arg) => (typeof arg === 'function' ? `${arg}` : JSON.stringify(arg))).join(', ')})`;

/** Whether a text may hold a token: asked cheaply, so that little leaves the page; the scanner (find.ts) decides. */
export const mayHold = (text: string): boolean => /e(?:yJ[\w-]|(?:yA|w[0ko])[JKNgi])|base64-/.test(text);

/**
 * A record of a database: a string as it stands, anything else as JSON, without what is binary, or there a second time, or
 * beyond the bounds (members in all, characters of a string).
 */
export const recordText = (record: unknown, bounds: { readonly members: number; readonly value: number }): string => {
  if (typeof record === 'string') return record;
  const known = new Set<unknown>();
  let members = 0;
  const isLeftOut = (value: unknown) =>
    value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value) || known.has(value);
  const json = JSON.stringify(record, (_, value: unknown) => {
    members += 1;
    if (members > bounds.members) return undefined;
    if (typeof value === 'string') return value.length > bounds.value ? undefined : value;
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (isLeftOut(value)) return undefined;
    known.add(value);
    return value instanceof Map || value instanceof Set ? [...value] : value;
  });
  return json ?? '';
};
