import type { TokenRecord } from '../capture/records.ts';
import { decode } from '../token/decode.ts';
import { maskedValuesOf } from './masked-values.ts';
import type { Outgoing } from './outgoing.ts';

type Redact = (text: string) => string;

/**
 * Redacts sentences: they may quote any claim, also one of several words, in which the redactor finds no whole. So these
 * values go wherever they stand, longer ones first, since one may be a part of another.
 */
const withoutValues = ({ redact }: Outgoing, values: Iterable<string>): Redact => {
  if (!redact) return (text) => text;
  const longestFirst = [...values].sort((a, b) => b.length - a.length);
  return (text) => redact.text(longestFirst.reduce((rest, value) => rest.replaceAll(value, redact.claim), text));
};

/** For what is said of one token. Thousands of them are each said something of: only their own values are looked for. */
export const withoutOwnMasked = (outgoing: Outgoing, { compact }: TokenRecord): Redact =>
  withoutValues(outgoing, maskedValuesOf(decode(compact), outgoing.options.maskClaims ?? []));

/** For what is said of several. */
export const withoutMasked = (outgoing: Outgoing): Redact => withoutValues(outgoing, outgoing.values);
