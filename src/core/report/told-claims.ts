/** Claims for a cell of a table, out of the JSON text that goes out: what is masked there is masked here. */
import type { JsonObject } from '../token/decoded.ts';
import { isoTime } from './outgoing.ts';

/** Characters of a cell; an issuer is an address, and a spreadsheet takes 32,767. */
const MAX_CELL = 500;

/** The members of a JSON object; none where the text is something else. Never throws. */
export const membersOf = (json: string | undefined): JsonObject => {
  if (json === undefined) return {};
  const value: unknown = JSON.parse(json);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
};

/** A claim as text: a list of texts joined, anything else as JSON; '' where there is none. */
export const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
  const text = typeof value === 'string' ? value : isList ? value.join(' ') : JSON.stringify(value);
  return text.length > MAX_CELL ? `${text.slice(0, MAX_CELL)}…` : text;
};

const instant = (seconds: unknown): string => (typeof seconds === 'number' ? (isoTime(seconds * 1000) ?? '') : '');

/** `iat` and `exp` (RFC 7519 section 4.1) in ISO 8601; '' where they are no date. */
export const claimTimes = (json: string | undefined): { readonly issuedAt: string; readonly expiresAt: string } => {
  const { iat, exp } = membersOf(json);
  return { issuedAt: instant(iat), expiresAt: instant(exp) };
};
