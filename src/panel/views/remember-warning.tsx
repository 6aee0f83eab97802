import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { usePanel } from './panel-context.ts';

/** Stands between a person and a secret on disk: says what that means, and takes Escape for no. */
export const RememberWarning = ({ onAnswer }: { onAnswer: (yes: boolean) => void }) => {
  const { source } = usePanel();
  const no = useRef<HTMLButtonElement>(null);
  const title = useId();
  const body = useId();
  useLayoutEffect(() => no.current?.focus(), []);
  return (
    <div
      class="alert"
      role="alertdialog"
      aria-labelledby={title}
      aria-describedby={body}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onAnswer(false);
      }}
    >
      <strong id={title}>{source.text('ring_warning_title')}</strong>
      <p id={body}>{source.text('ring_warning')}</p>
      <div class="buttons">
        <button type="button" ref={no} onClick={() => onAnswer(false)}>
          {source.text('ring_warning_no')}
        </button>
        <button type="button" onClick={() => onAnswer(true)}>
          {source.text('ring_warning_yes')}
        </button>
      </div>
    </div>
  );
};
