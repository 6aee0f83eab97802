import { visibleText } from '../../core/token/visible.ts';
import type { SignatureAnswer } from '../../core/trust/signature.ts';
import type { Mark } from './answer.tsx';
import { GiveKey } from './give-key.tsx';
import { usePanel } from './panel-context.ts';
import { signatureReason } from './signature-reason.ts';

export const SIGNATURE_MARKS: Readonly<Record<SignatureAnswer['state'], Mark>> = {
  verified: ['✓', 'good'],
  mismatch: ['✕', 'bad'],
  no_key: ['?', 'dim'],
  key_does_not_fit: ['?', 'warn'],
  cannot_be_checked: ['–', 'dim'],
  unsecured: ['⚠', 'warn'],
  malformed: ['⚠', 'warn'],
};

/** The state of a signature, what it was checked with, and why it is no better. */
export const SignatureWords = ({ answer }: { answer: SignatureAnswer }) => {
  const { source } = usePanel();
  const key = answer.key?.kid ?? (answer.key && source.text(`key_format_${answer.key.format}`));
  return (
    <>
      <span class="state">{source.text(`signature_${answer.state}`)}</span>
      {answer.state === 'verified' && ` · ${visibleText([answer.alg, key].filter(Boolean).join(' · '))}`}
      {answer.state !== 'verified' && answer.reason !== 'no_key_given' && <> · {signatureReason(source, answer)}</>}
      {(answer.state === 'no_key' || answer.state === 'key_does_not_fit') && (
        <>
          {' '}
          <GiveKey />
        </>
      )}
    </>
  );
};
