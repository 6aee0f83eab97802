import type { Tried } from '../model/try-key.ts';
import type { PanelSource } from '../source.ts';
import { short } from './key-words.ts';

/** Characters of what a sentence quotes: the names of a set can be many, and long. */
const MAX_DETAIL = 500;

/** Why a key that was tried does not hold, of a signature or of a decryption, as one sentence; '' where nothing was asked. */
export const answerReason = (source: PanelSource, { answer, sealed }: Tried): string => {
  if (!answer) return '';
  const [code = '', ...rest] = (answer.detail ?? []).map((detail) => short(detail, MAX_DETAIL));
  if (answer.reason === 'not_a_key' && code !== '') return source.text(`key_error_${code}`, ...rest);
  return sealed
    ? source.text(`decryption_reason_${answer.reason}`, code, ...rest)
    : source.text(`signature_reason_${answer.reason}`, code, ...rest);
};
