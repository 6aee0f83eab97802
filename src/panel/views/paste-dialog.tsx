import { useState } from 'preact/hooks';
import { Modal } from './modal.tsx';
import { usePanel } from './panel-context.ts';
import { useTakeText } from './use-take-text.ts';

/** Decodes what is pasted: a token, or anything with tokens in it. */
export const PasteDialog = ({ onClose }: { onClose: () => void }) => {
  const { source } = usePanel();
  const take = useTakeText();
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await take(text, 'paste')) onClose();
    else setFailed(true);
  };
  return (
    <Modal title={source.text('paste_title')} onClose={onClose}>
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
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
          }}
        />
        <p class="hint" role={failed ? 'alert' : undefined}>
          {source.text(failed ? 'paste_nothing' : 'paste_hint')}
        </p>
        <div class="buttons">
          <button type="submit" class="primary" disabled={text.trim() === ''}>
            {source.text('paste_decode')}
          </button>
        </div>
      </form>
    </Modal>
  );
};
