import { type JsonNode, readJsonTree } from '../token/json-tree.ts';

/** JSON in a string of JSON, in another: deeper than servers put it, and each level is read again. */
export const MAX_NESTED = 4;

/** The JSON object or array that a text holds; undefined where it is none, or broken. Never throws. */
export const nestedJson = (text: string): JsonNode | undefined => {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const { root, problems } = readJsonTree(text);
  return problems.every(({ code }) => code === 'duplicate_member') ? root : undefined;
};
