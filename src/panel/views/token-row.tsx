import type { SignatureState } from '../../core/trust/signature.ts';
import { doubtAbout } from '../model/doubts.ts';
import { algorithmOf, destinationOf, issuerOf, subjectOf } from '../model/labels.ts';
import type { Entry } from '../model/log.ts';
import { decryptionOf } from '../model/opened.ts';
import { usePanel } from './panel-context.ts';
import { Ring } from './ring.tsx';
import { VisibleText } from './visible-text.tsx';
import { useWords } from './words.ts';

const SIGNS: Readonly<Record<SignatureState, readonly [sign: string, tone: string]>> = {
  verified: ['✓', 'good'],
  mismatch: ['✕', 'bad'],
  no_key: ['?', 'dim'],
  key_does_not_fit: ['?', 'dim'],
  cannot_be_checked: ['–', 'dim'],
  unsecured: ['⚠', 'warn'],
  malformed: ['⚠', 'warn'],
};

const OWN = ['⚠', 'warn'] as const;
const DOUBTED = ['~', 'warn'] as const;

/** One token in two lines: what it is, about whom, how long it lives; then signature, route and requests. */
export const TokenRow = ({ entry, index, count, top }: { entry: Entry; index: number; count: number; top: number }) => {
  const { source, selection, moment, log, signatures, keys, timeOf } = usePanel();
  const words = useWords();
  log.revision.value;
  signatures.revision.value;
  const time = timeOf(entry, moment(entry));
  const selected = selection.id.value === entry.id;
  const signature = signatures.of(entry);
  const state = signature?.state;
  // Whoever wrote the token chose the key; a DPoP proof brings its own by design.
  const isOwn = state === 'verified' && signature?.key?.provenance === 'token' && entry.kind !== 'dpop_proof';
  const decryption = decryptionOf(entry.opened);
  const isDoubted = doubtAbout(entry, signature, keys.value) !== undefined;
  const [sign, tone] = isOwn ? OWN : isDoubted ? DOUBTED : state ? SIGNS[state] : ['', 'dim'];
  const but = isOwn ? source.text('provenance_token') : isDoubted ? source.text('row_doubted') : '';
  const checked = state && [source.text(`signature_${state}`), but].filter(Boolean).join(' · ');
  const life = words.life(entry, time);
  const subject = subjectOf(entry);
  const issuer = issuerOf(entry);
  const destination = destinationOf(entry);
  const route =
    issuer && destination && issuer !== destination ? `${issuer} → ${destination}` : (destination ?? issuer);

  return (
    <div
      id={`row-${entry.id}`}
      class="row"
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-setsize={count}
      aria-posinset={index + 1}
      style={{ transform: `translateY(${top}px)` }}
      data-id={entry.id}
    >
      <Ring entry={entry} time={time} />
      <div class="name">
        <b>{source.text(`kind_${entry.kind}`)}</b>
        {subject && (
          <span>
            {' '}
            · <VisibleText text={subject} />
          </span>
        )}
      </div>
      <div class={`time ${life.tone}`}>{life.text}</div>
      <div class="more">
        {checked && (
          <span class={tone} title={checked}>
            <span aria-hidden="true">{sign} </span>
            <span class="spoken">{checked}, </span>
          </span>
        )}
        {decryption?.state === 'decrypted' && <span>{source.text('decryption_decrypted')} · </span>}
        {decryption?.state === 'failed' && <span class="warn">{source.text('decryption_failed')} · </span>}
        <span class="cut">
          <VisibleText text={[algorithmOf(entry), route].filter(Boolean).join(' · ')} />
          {entry.requests > 0 && ` · ${words.count('requests', entry.requests)}`}
        </span>
        {entry.refused > 0 && <span class="bad">· {source.text('row_refused', String(entry.refused))}</span>}
      </div>
    </div>
  );
};
