/** The header of the JWE around a token, as far as a person sets it: the members beside its algorithms. Pure. */
import type { JsonObject } from '../../core/token/decoded.ts';
import { type JsonMark, jsonMarks, memberMarks } from '../../core/token/json-marks.ts';
import { OWN_MEMBERS } from '../../core/trust/jwe-algorithms.ts';
import type { Encryption } from './workbench-shape.ts';

export type EncryptionSettings = Omit<Encryption, 'key'>;

/** Takes a secret of 256 bits, which is the simplest. */
export const NO_ENCRYPTION: EncryptionSettings = {
  on: false,
  what: 'token',
  alg: 'dir',
  enc: 'A256GCM',
  zip: false,
  more: '{}',
  cookie: '',
};

/**
 * The marks of the text of further members, as those of any header; and a member that is set elsewhere, or made when it is
 * encrypted, is an error. It is read, and written anew by the library that encrypts: a literal as 1.0 becomes 1.
 */
export const outerMarks = (more: string): readonly JsonMark[] => [
  ...jsonMarks(more, 'header').map(
    (mark): JsonMark => (mark.code === 'other_number' ? { ...mark, code: 'rewritten_number' } : mark),
  ),
  ...memberMarks(more, OWN_MEMBERS, 'set_elsewhere'),
];

/** What a copy sets of the header of its original. `cty` of a nested token comes by itself, and the `kid` of Auth.js too. */
export const settingsOf = (
  { alg, enc, zip, ...header }: JsonObject,
  what: Encryption['what'],
  cookie = '',
): Pick<Encryption, 'alg' | 'enc' | 'zip' | 'what' | 'more' | 'cookie'> => {
  const comesByItself = (name: string): boolean =>
    OWN_MEMBERS.has(name) || (name === 'cty' && what === 'token') || (name === 'kid' && cookie !== '');
  const further = Object.entries(header).filter(([name]) => !comesByItself(name));
  return {
    ...{ alg: typeof alg === 'string' ? alg : '', enc: typeof enc === 'string' ? enc : '', zip: zip === 'DEF' },
    ...{ what, more: JSON.stringify(Object.fromEntries(further)), cookie },
  };
};
