import { useState } from 'preact/hooks';
import { readPasted } from '../../core/capture/pasted.ts';
import { Modal } from './modal.tsx';
import { usePanel } from './panel-context.ts';
import { useWorkbench } from './use-workbench.ts';

/** Characters read of a text, as in the dialogue that decodes one. */
const MAX_READ = 1_000_000;
/** Characters that a text box takes without holding the panel up; a longer text is read without being shown. */
const MAX_SHOWN = 50_000;

/** Begins with a copy of the first token in a text, whatever stands around it. */
export const WorkbenchLoad = ({ onClose }: { onClose: () => void }) => {
  const { source, tell } = usePanel();
  const { start } = useWorkbench();
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  const read = (given: string) => {
    const { tokens, forgiven } = readPasted(given.slice(0, MAX_READ));
    const [first] = tokens;
    if (first === undefined) return setFailed(true);
    start(first);
    tell(forgiven.map((code) => source.text(`forgiven_${code}`)).join(' '));
    onClose();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    read(text);
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (pasted.length <= MAX_SHOWN) return;
    event.preventDefault();
    read(pasted);
  };
  return (
    <Modal title={source.text('workbench_load_title')} onClose={onClose}>
      <form onSubmit={submit}>
        <textarea
          rows={7}
          value={text}
          placeholder={source.text('paste_placeholder')}
          aria-label={source.text('paste_name')}
          spellcheck={false}
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
            {source.text('workbench_load_action')}
          </button>
        </div>
      </form>
    </Modal>
  );
};
