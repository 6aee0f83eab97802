import { decode } from '../token/decode.ts';
import type { Decoded } from '../token/decoded.ts';
import { type JsonNode, readJsonTree } from '../token/json-tree.ts';
import type { Log } from './exported.ts';
import { MAX_NESTED, nestedJson } from './nested-json.ts';

/** Shorter ones are words of any text. */
const AT_LEAST = 4;
/** Longer than any name or address; what is longer is masked where the claim stands, and there alone. */
const AT_MOST = 256;

const textsIn = (node: JsonNode, out: Set<string>): void => {
  if (node.kind === 'string' && node.value.length >= AT_LEAST && node.value.length <= AT_MOST) out.add(node.value);
  if (node.kind === 'array') for (const item of node.items) textsIn(item, out);
  if (node.kind === 'object') for (const { value } of node.members) textsIn(value, out);
};

const maskedIn = (node: JsonNode | undefined, names: ReadonlySet<string>, out: Set<string>, nested = 0): void => {
  if (node?.kind === 'array') for (const item of node.items) maskedIn(item, names, out, nested);
  if (node?.kind === 'string' && nested < MAX_NESTED) maskedIn(nestedJson(node.value), names, out, nested + 1);
  if (node?.kind !== 'object') return;
  for (const { name, value } of node.members) {
    if (names.has(name)) textsIn(value, out);
    else maskedIn(value, names, out, nested);
  }
};

/** The values that the named claims have in one token, as far as they are texts. Never throws. */
export const maskedValuesOf = ({ payloadText }: Decoded, claims: readonly string[]): ReadonlySet<string> => {
  const out = new Set<string>();
  if (payloadText !== undefined && claims.length > 0) maskedIn(readJsonTree(payloadText).root, new Set(claims), out);
  return out;
};

/**
 * The same of a whole log: an address that is masked in one place stands in others too, in `login_hint=` or another
 * claim. Linear in the log.
 */
export const maskedValues = ({ tokens }: Log, claims: readonly string[]): ReadonlySet<string> =>
  new Set(claims.length === 0 ? [] : tokens.flatMap(({ compact }) => [...maskedValuesOf(decode(compact), claims)]));
