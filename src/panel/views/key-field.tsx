import { useRef } from 'preact/hooks';
import { issuerOf } from '../../core/trust/issuer.ts';
import type { KeyReading } from '../../core/trust/key.ts';
import { isAddress } from '../model/address.ts';
import type { Entry } from '../model/log.ts';
import { GetKeys } from './get-keys.tsx';
import { lazy } from './lazy.tsx';
import { usePanel } from './panel-context.ts';
import { TrialWords } from './trial.tsx';
import { useDrop } from './use-drop.ts';
import { useKeyTrial } from './use-key-trial.ts';

/** Characters that the box shows; a longer text is read whole, and laying it out would hold the panel up. */
const MAX_SHOWN = 50_000;

const Certificate = lazy(() => import('./certificate.tsx').then((module) => module.Certificate));

/** The first certificate that a text holds, in DER. */
const certificateIn = (reading: KeyReading | undefined) =>
  reading && !('error' in reading)
    ? reading.candidates.flatMap((key) => (key.kty !== 'oct' && key.certificate) || [])[0]
    : undefined;

/**
 * Takes any key, and any address of keys. What it was recognised as, and what the token says to it, follows each
 * keystroke. A key that holds is kept for the session by itself; any other can be kept by the button, for tokens to come.
 */
export const KeyField = ({ entry }: { entry?: Entry }) => {
  const { source } = usePanel();
  const sealed = entry?.decoded.form === 'jwe';
  const takesCookie = sealed && entry.decoded.header?.alg === 'dir';
  const { text, cookie, trial, refused, take, keep, derive } = useKeyTrial(entry, takesCookie);
  const typed = isAddress(text) ? text.trim() : undefined;
  const issuer = entry?.claims.form === 'jws' ? issuerOf(entry.claims) : '';
  const certificate = certificateIn(trial?.tried.reading);

  const area = useRef<HTMLDivElement>(null);
  useDrop(area, (dropped) => void take(dropped));

  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (pasted.length <= MAX_SHOWN) return;
    event.preventDefault();
    void take(pasted);
  };

  return (
    <div class="key-box" ref={area}>
      <textarea
        rows={3}
        value={text.slice(0, MAX_SHOWN)}
        placeholder={source.text(sealed ? 'ring_placeholder_sealed' : 'key_placeholder')}
        aria-label={source.text('key_name')}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => take(event.currentTarget.value)}
        onPaste={onPaste}
      />
      {takesCookie && (
        <label title={source.text('ring_cookie_hint')}>
          {source.text('ring_cookie')}{' '}
          <input
            type="text"
            value={cookie}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => take(text, event.currentTarget.value)}
          />
        </label>
      )}
      <output class="trial">
        {refused && <span class="warn">{source.text('key_not_kept')}</span>}
        {trial && typed === undefined && (
          <>
            <TrialWords tried={trial.tried} kid={entry?.decoded.header?.kid} kept={trial.kept} />
            {trial.tried.answer?.state === 'asks' && (
              <button type="button" class="link" onClick={derive}>
                {source.text('opened_derive')}
              </button>
            )}
            {!trial.kept && !('error' in trial.tried.reading) && (
              <button type="button" class="link" onClick={keep}>
                {source.text(entry ? 'key_keep' : 'ring_add')}
              </button>
            )}
          </>
        )}
      </output>
      {typed !== undefined && <GetKeys key={typed} address={{ url: typed }} />}
      {certificate && <Certificate key={certificate} der={certificate} />}
      {typed === undefined && isAddress(issuer) && <GetKeys key={issuer} address={{ issuer }} />}
    </div>
  );
};
