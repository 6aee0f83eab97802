import { visibleText } from '../../core/token/visible.ts';
import type { DecryptionAnswer } from '../../core/trust/decryption.ts';
import type { Layer } from '../../core/trust/opened.ts';
import type { SignatureAnswer } from '../../core/trust/signature.ts';
import { algorithmOf } from '../model/labels.ts';
import type { Entry } from '../model/log.ts';
import { DECRYPTION_MARKS, DecryptionWords } from './decryption-words.tsx';
import { usePanel } from './panel-context.ts';
import { SIGNATURE_MARKS, SignatureWords } from './signature-words.tsx';

/** Signatures, or recipients, that are drawn; a hostile token has hundreds. */
const MAX_SHOWN = 20;

/** Only a signature is ever verified, refused or unsecured; the states that both share mean the same of either. */
const isSignature = (_answer: SignatureAnswer | DecryptionAnswer, sealed: boolean): _answer is SignatureAnswer =>
  !sealed;

/** Every signature, or recipient, of a general JSON serialisation, each with its own answer. */
export const Parts = ({ entry, layer, within }: { entry: Entry; layer: Layer; within?: string }) => {
  const { source } = usePanel();
  const { decoded, parts = [] } = layer;
  const sealed = decoded.form === 'jwe';
  const plain = source.text(sealed ? 'opened_recipients' : 'opened_signatures');
  const name = within === undefined ? plain : `${plain} · ${within}`;
  return (
    <>
      <h2>
        <i class="sign" /> {name}
      </h2>
      <ol class="parts" aria-label={name}>
        {parts.slice(0, MAX_SHOWN).map((answer, index) => {
          const part = decoded.parts?.[index];
          const kid = part?.header?.kid;
          const names = [part && algorithmOf({ decoded: part, claims: part }), typeof kid === 'string' ? kid : ''];
          const signed = isSignature(answer, sealed);
          const [sign, tone] = signed ? SIGNATURE_MARKS[answer.state] : DECRYPTION_MARKS[answer.state];
          return (
            <li key={index}>
              <span class={tone} aria-hidden="true">
                {sign}{' '}
              </span>
              <b>{visibleText(names.filter(Boolean).join(' · '))}</b>{' '}
              {signed ? <SignatureWords answer={answer} /> : <DecryptionWords answer={answer} entry={entry} />}
            </li>
          );
        })}
        {parts.length > MAX_SHOWN && <li>{source.text('problems_more', String(parts.length - MAX_SHOWN))}</li>}
      </ol>
    </>
  );
};
