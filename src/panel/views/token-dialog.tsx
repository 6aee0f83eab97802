import { useState } from 'preact/hooks';
import { Modal } from './modal.tsx';
import { usePanel } from './panel-context.ts';

/** Characters that a text box takes without holding the panel up; a longer text is read without being shown. */
const MAX_SHOWN = 50_000;

/** Takes a token, or anything with tokens in it. It stays open, and says so, where `take` finds none. */
export const TokenDialog = ({
  title,
  action,
  take,
  onClose,
}: {
  title: string;
  action: string;
  take: (text: string) => Promise<boolean>;
  onClose: () => void;
}) => {
  const { source } = usePanel();
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  const read = async (given: string) => {
    if (await take(given)) onClose();
    else setFailed(true);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void read(text);
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (pasted.length <= MAX_SHOWN) return;
    event.preventDefault();
    void read(pasted);
  };
  return (
    <Modal title={title} onClose={onClose}>
      <form onSubmit={submit}>
        <textarea
          rows={7}
          value={text}
          placeholder={source.text('paste_placeholder')}
          aria-label={source.text('paste_name')}
          spellcheck={false}
          // Without it Firefox writes what stands here into the file that restores its windows.
          autocomplete="off"
          onInput={(event) => {
            setText(event.currentTarget.value);
            setFailed(false);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
          }}
          onPaste={onPaste}
        />
        <p class="hint" role={failed ? 'alert' : undefined}>
          {source.text(failed ? 'paste_nothing' : 'paste_hint')}
        </p>
        <div class="buttons">
          <button type="submit" class="primary" disabled={text.trim() === ''}>
            {action}
          </button>
        </div>
      </form>
    </Modal>
  );
};
