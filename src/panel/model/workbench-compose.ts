/** The texts of the workbench as the segments of a token. Pure. */
import type { JsonObject } from '../../core/token/decoded.ts';
import { readJson } from '../../core/token/read-json.ts';
import { isObject } from '../../core/token/reading.ts';
import type { Captured } from './workbench-start.ts';

const ENCODER = new TextEncoder();
const BASE64URL = { alphabet: 'base64url', omitPadding: true } as const;

export interface Texts {
  readonly header: string;
  readonly payload: string;
}

/** The copy as it began. */
export interface Begun extends Texts {
  readonly captured?: Captured;
}

/** The header as it is typed, as far as it is an object. */
export const headerOf = (text: string): JsonObject => {
  const { value } = readJson(text);
  return isObject(value) ? value : {};
};

/** RFC 7797: `b64` is false, and `crit` names it (section 6). */
export const saysPlain = ({ b64, crit }: JsonObject): boolean =>
  b64 === false && Array.isArray(crit) && crit.includes('b64');

const encode = (text: string): string => ENCODER.encode(text).toBase64(BASE64URL);

/** Whether nothing was typed since. */
export const isUntouched = ({ header, payload }: Texts, begun: Begun): boolean =>
  begun.captured !== undefined && header === begun.header && payload === begun.payload;

/**
 * `header.payload`, as RFC 7515 section 5.1 step 5 signs it: the octets of the texts as they were typed. A part that is still
 * as it was captured goes out with the segment that it had, whose encoding may be an odd one.
 */
export const inputOf = ({ header, payload }: Texts, { captured, ...begun }: Begun, isPlain: boolean): string => {
  const first = captured && header === begun.header ? captured.header : encode(header);
  const isSame = captured?.sealed === undefined && payload === begun.payload && captured?.isPlain === isPlain;
  const second = isPlain ? payload : encode(payload);
  return `${first}.${captured && isSame ? captured.payload : second}`;
};

/** Whether it is still a JWE that no key opened: there is no payload to sign. */
export const isSealed = ({ payload }: Texts, { sealed }: Captured): boolean => sealed !== undefined && payload === '';

/** A copy that keeps its signature; a JWE that no key opened keeps all but its header. */
export const withOriginal = (input: string, texts: Texts, captured: Captured): string => {
  const { signature = '', tail, sealed = '' } = captured;
  return isSealed(texts, captured) ? input.slice(0, input.indexOf('.')) + sealed : `${input}.${signature}${tail}`;
};
