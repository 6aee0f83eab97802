import type { TokenRecord } from '../capture/records.ts';
import { decode } from '../token/decode.ts';
import { maskedValuesOf } from './masked-values.ts';
import type { Outgoing } from './outgoing.ts';
import { MASK } from './redact.ts';

/**
 * Redacts what is said about a token in words. A sentence may quote any claim, also one of several words, in which the
 * redactor finds no whole: the masked values of this token go wherever they stand. Longer ones first, since one may be
 * a part of another.
 */
export const withoutMasked = (
  { redact, options: { maskClaims = [] } }: Outgoing,
  record: TokenRecord | undefined,
): ((text: string) => string) => {
  if (!redact) return (text) => text;
  const values = record ? [...maskedValuesOf(decode(record.compact), maskClaims)] : [];
  const longestFirst = values.sort((a, b) => b.length - a.length);
  return (text) => redact.text(longestFirst.reduce((rest, value) => rest.replaceAll(value, MASK), text));
};
