import { visibleText } from '../../core/token/visible.ts';
import type { EncryptionFailure } from '../../core/trust/signing.ts';
import type { PanelSource } from '../source.ts';

/** Why nothing was encrypted, as one sentence. A key that cannot be read is told by what breaks it. */
export const encryptionReason = (
  source: PanelSource,
  { reason, detail: hostile = [] }: Omit<EncryptionFailure, 'state'>,
): string => {
  const detail = hostile.map(visibleText);
  const [code, ...rest] = detail;
  return reason === 'not_a_key' && code !== undefined
    ? source.text(`key_error_${code}`, ...rest)
    : source.text(`encryption_reason_${reason}`, ...detail);
};
