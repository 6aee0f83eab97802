import { useRef, useState } from 'preact/hooks';
import { visibleText } from '../../core/token/visible.ts';
import { issuerOf } from '../../core/trust/issuer.ts';
import type { SignatureAnswer } from '../../core/trust/signature.ts';
import type { Entry } from '../model/log.ts';
import { usePanel } from './panel-context.ts';
import { signatureReason } from './signature-reason.ts';

/** Bytes read of a dropped file: the bound of the key reader, and one more so that it can say so. */
const MAX_FILE = 1_048_577;

interface Trial {
  readonly recognised: string;
  readonly answer?: SignatureAnswer;
}

/**
 * Takes any key. What it was recognised as, and what this token says to it, follows each keystroke. A key that verifies
 * is kept for the session by itself; any other can be kept by the button, for tokens to come.
 */
export const KeyBox = ({ entry }: { entry: Entry }) => {
  const { source, signatures, tell } = usePanel();
  const [text, setText] = useState('');
  const [trial, setTrial] = useState<Trial>();
  const turn = useRef(0);

  const keep = async (key: string) => {
    try {
      await source.addKey(key, issuerOf(entry.decoded));
    } catch {
      return setTrial({ recognised: source.text('key_not_kept') });
    }
    setText('');
    setTrial(undefined);
  };

  const tryKey = async (key: string) => {
    turn.current += 1;
    const mine = turn.current;
    setText(key);
    if (key.trim() === '') return setTrial(undefined);
    const { reading, answer } = await signatures.tryKey(entry, key);
    if (mine !== turn.current) return;
    if ('error' in reading) {
      return setTrial({ recognised: source.text(`key_error_${reading.error}`, visibleText(reading.detail ?? '')) });
    }
    const recognised = source.text('key_recognised', source.text(`key_format_${reading.format}`));
    if (answer.state !== 'verified') return setTrial({ recognised, answer });
    tell(source.text('key_verified', source.text(`key_format_${reading.format}`)));
    await keep(key);
  };

  const onDrop = async (event: DragEvent) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    await tryKey(file ? await file.slice(0, MAX_FILE).text() : (event.dataTransfer?.getData('text/plain') ?? ''));
  };

  return (
    <div class="key-box">
      <textarea
        rows={3}
        value={text}
        placeholder={source.text('key_placeholder')}
        aria-label={source.text('key_name')}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => tryKey(event.currentTarget.value)}
        onDragOver={(event) => event.preventDefault()}
        onDrop={onDrop}
      />
      <output class="trial">
        {trial?.recognised}
        {trial?.answer && (
          <>
            <span class={trial.answer.state === 'mismatch' ? 'bad' : 'warn'}>
              {signatureReason(source, trial.answer)}
            </span>
            <button type="button" class="link" onClick={() => keep(text)}>
              {source.text('key_keep')}
            </button>
          </>
        )}
      </output>
    </div>
  );
};
