import { visibleText } from '../../core/token/visible.ts';
import type { DecryptionAnswer } from '../../core/trust/decryption.ts';
import type { Entry } from '../model/log.ts';
import type { PanelSource } from '../source.ts';
import type { Mark } from './answer.tsx';
import { GiveKey } from './give-key.tsx';
import { usePanel } from './panel-context.ts';

/** Decrypted is not signed: who wrote it is another question, so it bears no tick. */
export const DECRYPTION_MARKS: Readonly<Record<DecryptionAnswer['state'], Mark>> = {
  decrypted: ['–', 'dim'],
  failed: ['?', 'warn'],
  no_key: ['?', 'dim'],
  key_does_not_fit: ['?', 'warn'],
  asks: ['?', 'warn'],
  cannot_be_checked: ['–', 'dim'],
  malformed: ['⚠', 'warn'],
};

/** Why a token stays closed, as one sentence. A key that cannot be read is told by what breaks it. */
export const decryptionReason = (source: PanelSource, { reason, detail: hostile = [] }: DecryptionAnswer): string => {
  const detail = hostile.map(visibleText);
  const [code, ...rest] = detail;
  return reason === 'not_a_key' && code !== undefined
    ? source.text(`key_error_${code}`, ...rest)
    : source.text(`decryption_reason_${reason}`, ...detail);
};

const keyWords = (
  source: PanelSource,
  { kid, format, reading, cookie }: NonNullable<DecryptionAnswer['key']>,
): string =>
  [
    kid === undefined ? source.text(`key_format_${format}`) : visibleText(kid),
    reading && source.text(`secret_reading_${reading}`),
    cookie && source.text('place_cookie', visibleText(cookie)),
  ]
    .filter(Boolean)
    .join(' · ');

/** The state of a decryption: with what it was opened, or why it was not, and what would help. */
export const DecryptionWords = ({ answer, entry }: { answer: DecryptionAnswer; entry: Entry }) => {
  const { source, signatures } = usePanel();
  const { state, key } = answer;
  return (
    <>
      <span class="state">{source.text(`decryption_${state}`)}</span>
      {state === 'decrypted' ? key && ` · ${keyWords(source, key)}` : <> · {decryptionReason(source, answer)}</>}
      {(state === 'no_key' || state === 'failed' || state === 'key_does_not_fit') && (
        <>
          {' '}
          <GiveKey />
        </>
      )}
      {state === 'asks' && (
        <>
          {' '}
          <button type="button" class="link" onClick={() => signatures.allowSlow(entry)}>
            {source.text('opened_derive')}
          </button>
        </>
      )}
    </>
  );
};
