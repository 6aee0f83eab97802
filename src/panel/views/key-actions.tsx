import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { KeyReading } from '../../core/trust/key.ts';
import type { RingKey } from '../../core/trust/signature.ts';
import { isSecret } from '../model/ring.ts';
import type { Form } from '../model/write-keys.ts';
import type { KeyChange } from '../source.ts';
import { usePanel } from './panel-context.ts';
import { RememberWarning } from './remember-warning.tsx';

/** Characters of a name that a person gives; a row shows some forty. */
const MAX_NAME = 80;

/** The neighbour that takes the focus when a row goes: the next key, else the one before, else the key box. */
const besides = (button: HTMLElement): HTMLElement | null => {
  const dialog = button.closest('dialog');
  const rows = [...(dialog?.querySelectorAll<HTMLElement>('.ring-key') ?? [])];
  const at = rows.findIndex((row) => row.parentElement?.contains(button));
  return rows[at + 1] ?? rows[at - 1] ?? dialog?.querySelector<HTMLElement>('textarea') ?? null;
};

/** What can be done with one key of the ring. */
export const KeyActions = ({
  given,
  reading,
  forms,
  say,
}: {
  given: RingKey;
  reading: KeyReading;
  forms: readonly Form[];
  say: (text: string) => void;
}) => {
  const { source } = usePanel();
  const [warns, warn] = useState(false);
  // What is being typed, since whatever is drawn again meanwhile would bring back the name that was.
  const [typed, setTyped] = useState<string>();
  const rememberButton = useRef<HTMLButtonElement>(null);
  const hasAnswered = useRef(false);
  useLayoutEffect(() => {
    if (!warns && hasAnswered.current) rememberButton.current?.focus();
    hasAnswered.current = false;
  }, [warns]);

  const failureOf = ({ remembered }: KeyChange): string => {
    if (remembered === undefined) return source.text('ring_not_changed');
    return source.text(remembered ? 'ring_not_remembered' : 'ring_not_forgotten');
  };
  const change = async (what: KeyChange) => {
    try {
      await source.changeKey(given.id, what);
      say('');
    } catch {
      say(failureOf(what));
    }
  };
  const remember = async () => {
    if (given.remembered) return change({ remembered: false });
    if (isSecret(reading)) return warn(true);
    return change({ remembered: true });
  };
  const copy = async ({ name, text }: Form) =>
    say((await source.copy(text)) ? source.text('copied_part', name) : source.text('copy_failed'));
  const isPrivate =
    !('error' in reading) && reading.candidates.some((key) => key.kty !== 'oct' && key.fromPrivate === true);
  const copyLabel = (form: Form) => {
    if (form.reading !== undefined)
      return source.text('ring_copy_reading', form.name, source.text(`secret_reading_${form.reading}`));
    return source.text(isPrivate ? 'ring_copy_public' : 'ring_copy', form.name);
  };
  const remove = async (button: HTMLElement) => {
    besides(button)?.focus();
    await source.removeKey(given.id);
    say(source.text('ring_removed'));
  };

  return (
    <>
      <label>
        {source.text('ring_name')}{' '}
        <input
          type="text"
          value={typed ?? given.name ?? ''}
          maxLength={MAX_NAME}
          autocomplete="off"
          onInput={(event) => setTyped(event.currentTarget.value)}
          onChange={async (event) => {
            await change({ name: event.currentTarget.value.trim() });
            setTyped(undefined);
          }}
        />
      </label>
      {warns ? (
        <RememberWarning
          onAnswer={(yes) => {
            hasAnswered.current = true;
            warn(false);
            if (yes) void change({ remembered: true });
          }}
        />
      ) : (
        <div class="ring-actions">
          {given.provenance !== 'given' && (
            <button
              type="button"
              class="link"
              title={source.text('ring_pin_hint')}
              onClick={() => change({ pinned: !given.pinned })}
            >
              {source.text(given.pinned ? 'ring_unpin' : 'ring_pin')}
            </button>
          )}
          {source.canRemember && (
            <button
              type="button"
              class="link"
              ref={rememberButton}
              title={source.text('ring_remember_hint')}
              onClick={remember}
            >
              {source.text(given.remembered ? 'ring_forget' : 'ring_remember')}
            </button>
          )}
          {forms.map((form, index) => (
            <button key={index} type="button" class="link" onClick={() => copy(form)}>
              {copyLabel(form)}
            </button>
          ))}
          <button type="button" class="link" onClick={(event) => remove(event.currentTarget)}>
            {source.text('key_remove')}
          </button>
        </div>
      )}
    </>
  );
};
