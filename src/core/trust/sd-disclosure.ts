import { isBase64url } from '../token/base64url.ts';
import { type JsonNode, readJsonTree } from '../token/json-tree.ts';
import { readUtf8 } from '../token/utf8.ts';

/** What a disclosure says (RFC 9901 section 4.2). */
export interface DisclosureContent {
  readonly salt: string;
  /** Absent for an element of an array (section 4.2.2). */
  readonly name?: string;
  readonly value: JsonNode;
  /** The value as it was written. */
  readonly valueText: string;
}

/** Takes a disclosure as it stands between tildes; undefined where it is no base64url of an array of two or three. Never throws. */
export const readDisclosure = (encoded: string): DisclosureContent | undefined => {
  if (!isBase64url(encoded)) return undefined;
  const { text, invalidAt } = readUtf8(Uint8Array.fromBase64(encoded, { alphabet: 'base64url' }));
  const { root, problems } = readJsonTree(text);
  const isBroken = invalidAt !== undefined || problems.some(({ code }) => code !== 'duplicate_member');
  if (isBroken || root?.kind !== 'array' || root.items.length > 3) return undefined;
  const [salt, second, third] = root.items;
  const value = third ?? second;
  if (salt?.kind !== 'string' || !value || (third && second?.kind !== 'string')) return undefined;
  const valueText = text.slice(value.offset, value.offset + value.length);
  const name = third && second?.kind === 'string' ? { name: second.value } : {};
  return { salt: salt.value, ...name, value, valueText };
};
