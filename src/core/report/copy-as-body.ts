/** The part of a request's body that held a token, written again; the rest of the body was not kept. */
import type { Place } from '../capture/records.ts';

export interface PartialBody {
  /** Its media type. */
  readonly type: string;
  readonly body: string;
}

/** Members by name alone, as `a.b`; a path with an index or a quoted name is not followed. */
const MEMBERS = /^[A-Za-z_$][\w$-]*(?:\.[A-Za-z_$][\w$-]*)*$/;

/** JSON in plain ASCII. */
const ascii = (value: string): string =>
  JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const jsonAround = (path: string, compact: string): string => {
  if (!MEMBERS.test(path)) return ascii(compact);
  return path.split('.').reduceRight((inner, name) => `{${ascii(name)}:${inner}}`, ascii(compact));
};

const formAround = (name: string, compact: string): string => new URLSearchParams([[name, compact]]).toString();

/**
 * A body with the token where it stood: one form field, the JSON objects around it, or nothing but the token. Plain ASCII
 * without line breaks, whatever names a page chose; a token that is plain itself stays readable.
 */
export const bodyAround = ({ name, path = '', format }: Place, compact: string): PartialBody => {
  if (format === 'json') return { type: 'application/json', body: jsonAround(path, compact) };
  if (format === 'form' || format === 'multipart') {
    return { type: 'application/x-www-form-urlencoded', body: formAround(name, compact) };
  }
  return { type: 'text/plain', body: compact };
};
