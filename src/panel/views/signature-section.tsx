import { useEffect, useState } from 'preact/hooks';
import type { Decoded } from '../../core/token/decoded.ts';
import { visibleText } from '../../core/token/visible.ts';
import { ALGORITHMS } from '../../core/trust/algorithms.ts';
import type { SignatureAnswer } from '../../core/trust/signature.ts';
import { signingInput } from '../../core/trust/signing-input.ts';
import { algorithmOf } from '../model/labels.ts';
import type { Entry } from '../model/log.ts';
import { KeyBox } from './key-box.tsx';
import { KeyList } from './key-list.tsx';
import { lazy } from './lazy.tsx';
import { LongText } from './long-text.tsx';
import { usePanel } from './panel-context.ts';
import { signatureReason } from './signature-reason.ts';

const DetachedPayload = lazy(() => import('./detached-payload.tsx').then((module) => module.DetachedPayload));

const TONES: Readonly<Partial<Record<SignatureAnswer['state'], string>>> = { verified: 'good', mismatch: 'bad' };

/** Verifies as if the header named another algorithm. */
const ForcedAlgorithm = ({ decoded }: { decoded: Decoded }) => {
  const { source, signatures, keys } = usePanel();
  const [alg, setAlg] = useState('');
  const [answer, setAnswer] = useState<SignatureAnswer>();
  const given = keys.value;
  useEffect(() => {
    setAnswer(undefined);
    let current = true;
    if (alg !== '' && given) void signatures.force(decoded, alg).then((result) => current && setAnswer(result));
    return () => {
      current = false;
    };
  }, [alg, decoded, given, signatures]);
  return (
    <p class="force">
      <label>
        {source.text('force_label')}{' '}
        <select value={alg} onChange={(event) => setAlg(event.currentTarget.value)}>
          <option value="">
            {source.text('force_header', visibleText(algorithmOf({ decoded, claims: decoded }) ?? ''))}
          </option>
          {[...ALGORITHMS.keys()].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>{' '}
      <output class={answer && TONES[answer.state]}>
        {answer &&
          `${source.text('signature_forced', alg, visibleText(String(decoded.header?.alg ?? '')))} ${signatureReason(source, answer)}`}
      </output>
    </p>
  );
};

/** What the signature was verified with, in one line. */
const VerifiedBy = ({ answer }: { answer: SignatureAnswer }) => {
  const { source } = usePanel();
  return (
    <p>
      <span class="good" aria-hidden="true">
        ✓{' '}
      </span>
      {source.text(
        'signature_by',
        answer.alg ?? '',
        [
          answer.key && source.text(`key_format_${answer.key.format}`),
          answer.key?.kid && visibleText(answer.key.kid),
          answer.key?.reading && source.text(`secret_reading_${answer.key.reading}`),
          answer.key?.provenance === 'token' && source.text('provenance_token'),
        ]
          .filter(Boolean)
          .join(' · '),
      )}
      {answer.key?.fromPrivate && <span class="warn"> {source.text('signature_from_private')}</span>}
      {answer.disagrees && <span class="warn"> {source.text('signature_disagrees', answer.disagrees.join(', '))}</span>}
    </p>
  );
};

/** The token whose signature counts, whether it was looked at or not. */
const signedOf = ({ decoded, opened }: Entry): Decoded | undefined =>
  opened
    ? opened.layers.find(({ signature, decoded }) => signature && decoded.form === 'jws')?.decoded
    : decoded.form === 'jws'
      ? decoded
      : undefined;

/** The key box, what it decided, what was signed, and the other algorithms to watch it fail. */
export const SignatureSection = ({ entry }: { entry: Entry }) => {
  const { source, signatures } = usePanel();
  signatures.revision.value;
  const signed = signedOf(entry);
  const isSealed = entry.decoded.form === 'jwe';
  if (!signed && !isSealed) return null;
  const answer = signatures.of(entry);
  return (
    <>
      <h2>
        <i class="sign" /> {source.text(signed ? 'part_signature' : 'key_name')}
      </h2>
      <div class="signature">
        {answer?.state === 'verified' && <VerifiedBy answer={answer} />}
        {signed?.detached && <DetachedPayload entry={entry} />}
        <KeyBox entry={entry} />
        <KeyList />
        {signed && (
          <>
            <ForcedAlgorithm decoded={signed} />
            <details>
              <summary>{source.text('signing_input')}</summary>
              <code class="text">
                <LongText text={signingInput(signed)} />
              </code>
            </details>
          </>
        )}
      </div>
    </>
  );
};
