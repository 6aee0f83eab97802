import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { usePanel } from './panel-context.ts';

const FIELDS = 'input, textarea, select';

/** At either end Tab goes round: out of a panel it would lead into DevTools, which a modal dialogue does not cover. */
const keepFocus = (event: KeyboardEvent) => {
  const dialog = event.currentTarget;
  if (event.key !== 'Tab' || !(dialog instanceof HTMLElement)) return;
  const stops = [...dialog.querySelectorAll<HTMLElement>(`button, ${FIELDS}`)].filter(
    (stop) => !stop.matches(':disabled'),
  );
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (document.activeElement !== from && document.activeElement !== dialog) return;
  event.preventDefault();
  to?.focus();
};

/** A modal dialogue: its first field has the focus, Escape and the cross close it, the focus comes back where it was. */
export const Modal = ({
  title,
  children,
  onClose,
}: {
  title: string;
  children: ComponentChildren;
  onClose: () => void;
}) => {
  const { source } = usePanel();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    const { current: shown } = dialog;
    shown?.showModal();
    shown?.querySelector<HTMLElement>(FIELDS)?.focus();
    return () => {
      // As long as it is there, what it covers is inert and takes no focus.
      shown?.remove();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // Left to Chromium it would also open the drawer of DevTools and take the focus there. (Firefox's toolbox hears
    // Escape before any panel, and always opens its console.)
    event.preventDefault();
    event.stopPropagation();
    dialog.current?.close();
  };
  useLayoutEffect(() => {
    // What had the focus is gone, as a button that stopped something: keys come to the document alone.
    const onLost = (event: KeyboardEvent) => event.target === document.body && onEscape(event);
    document.addEventListener('keydown', onLost, true);
    return () => document.removeEventListener('keydown', onLost, true);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    keepFocus(event);
    onEscape(event);
  };
  return (
    <dialog ref={dialog} aria-labelledby={heading} onClose={onClose} onKeyDown={onKeyDown}>
      <div class="title">
        <h1 id={heading}>{title}</h1>
        <button type="button" class="icon" aria-label={source.text('close')} onClick={() => dialog.current?.close()}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path class="line" d="M4 4l8 8M12 4l-8 8" />
          </svg>
        </button>
      </div>
      {children}
    </dialog>
  );
};
