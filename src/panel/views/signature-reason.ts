import { visibleText } from '../../core/token/visible.ts';
import type { SignatureAnswer } from '../../core/trust/signature.ts';
import type { PanelSource } from '../source.ts';

/** Why a signature is in its state, as one sentence. A key that cannot be read is told by what breaks it. */
export const signatureReason = (source: PanelSource, { reason, detail: hostile = [] }: SignatureAnswer): string => {
  const detail = hostile.map(visibleText);
  const [code, ...rest] = detail;
  return reason === 'not_a_key' && code !== undefined
    ? source.text(`key_error_${code}`, ...rest)
    : source.text(`signature_reason_${reason}`, ...detail);
};
