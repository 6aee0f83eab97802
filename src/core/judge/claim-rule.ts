/** One claim against what a policy demands of it. */
import { isObject } from '../token/reading.ts';
import type { ClaimRule } from './policy.ts';

/** As it is compared: strings as they are, numbers and the rest as JSON writes them; an object is nothing to compare. */
const textOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return isObject(value) || Array.isArray(value) || value === undefined ? [] : [String(value)];
};

/** Whether a text is what a pattern says, whose `*` stand for any text. Each piece is looked for once, from left to right. */
export const matches = (text: string, pattern: string): boolean => {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return text === pattern;
  const end = text.length - tail.length;
  if (!text.startsWith(head) || !text.endsWith(tail) || end < head.length) return false;
  let at = head.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
};

/**
 * Whether a claim is as the rule says, compared as text. Of a list one element is enough, as gateways have it; `contains`
 * asks for an element of a list, and for a part of a text. `value` is undefined where there is no such claim.
 */
export const holdsRule = (value: unknown, { test, values }: ClaimRule): boolean => {
  if (value === undefined) return false;
  if (test === 'present') return true;
  const texts = Array.isArray(value) ? value.flatMap(textOf) : textOf(value);
  switch (test) {
    case 'equals':
    case 'one_of':
      return texts.some((text) => values.includes(text));
    case 'contains':
      return values.some((wanted) =>
        texts.some((text) => (Array.isArray(value) ? text === wanted : text.includes(wanted))),
      );
    case 'matches':
      return values.some((pattern) => texts.some((text) => matches(text, pattern)));
  }
};
