import { visibleText } from '../../core/token/visible.ts';
import type { SignatureAnswer } from '../../core/trust/signature.ts';
import type { PanelSource } from '../source.ts';

/** Characters of what a sentence quotes: the names of a set can be many, and long. */
const MAX_DETAIL = 500;

/** Why a signature is in its state, as one sentence. A key that cannot be read is told by what breaks it. */
export const signatureReason = (source: PanelSource, { reason, detail: hostile = [] }: SignatureAnswer): string => {
  const detail = hostile.map((one) => visibleText(one.length > MAX_DETAIL ? `${one.slice(0, MAX_DETAIL)}…` : one));
  const [code, ...rest] = detail;
  return reason === 'not_a_key' && code !== undefined
    ? source.text(`key_error_${code}`, ...rest)
    : source.text(`signature_reason_${reason}`, ...detail);
};
