import { useMemo, useState } from 'preact/hooks';
import { copyFormats } from '../../core/report/copy-as.ts';
import { LIBRARY_CODES } from '../../core/report/snippets/snippet.ts';
import { copiedOf } from '../model/copy-as.ts';
import { type CopyChoice, choiceName, isLibrary, makeCode, makeCopy } from './copy-made.ts';
import { Modal } from './modal.tsx';
import { usePanel } from './panel-context.ts';
import { Preview } from './preview.tsx';
import { useKeySource } from './use-key-source.ts';

/** One list over both groups, so that arrows lead from the first to the last. */
const Choices = ({
  name,
  choices,
  chosen,
  choose,
}: {
  name: string;
  choices: readonly CopyChoice[];
  chosen: CopyChoice;
  choose: (choice: CopyChoice) => void;
}) => {
  const { source } = usePanel();
  return (
    <fieldset>
      <legend>{name}</legend>
      {choices.map((choice) => (
        <label key={choice}>
          <input type="radio" name="copy-as" checked={choice === chosen} onChange={() => choose(choice)} />{' '}
          {choiceName(source, choice)}
        </label>
      ))}
    </fieldset>
  );
};

/**
 * A token as what one pastes elsewhere: itself, a request, a variable, or the code that verifies it. `about` is the id of
 * a token of the log, or a compact token that is in none.
 */
export const CopyDialog = ({ onClose }: { onClose: () => void }) => {
  const { source, log, about } = usePanel();
  const subject = about.peek();
  const copied = useMemo(() => copiedOf(subject, log), [subject, log]);
  const [chosen, choose] = useState<CopyChoice>('token');
  const [withToken, putToken] = useState(false);
  const [said, say] = useState('');
  const key = useKeySource(copied, subject);
  const made = isLibrary(chosen)
    ? key && makeCode(source, chosen, copied, key, withToken)
    : makeCopy(source, chosen, copied);

  const copy = async () => {
    if (made?.text === undefined) return;
    const done = await source.copy(made.text);
    say(done ? source.text('copy_as_copied', choiceName(source, chosen)) : source.text('copy_failed'));
  };
  const change = (choice: CopyChoice) => {
    choose(choice);
    say('');
  };

  return (
    <Modal title={source.text('copy_as_title')} onClose={onClose}>
      <div class="copy-as">
        <div class="copy-choices">
          <Choices
            name={source.text('copy_as_formats')}
            choices={copyFormats(copied)}
            chosen={chosen}
            choose={change}
          />
          <Choices name={source.text('copy_as_code')} choices={LIBRARY_CODES} chosen={chosen} choose={change} />
        </div>
        <div class="copy-made">
          <Preview name={source.text('copy_as_preview')} rows={14} text={made?.text ?? ''} />
          {isLibrary(chosen) && made?.text !== undefined && (
            <label class="check">
              <input type="checkbox" checked={withToken} onChange={(event) => putToken(event.currentTarget.checked)} />{' '}
              {source.text('copy_as_with_token')}
            </label>
          )}
          <div class="copy-notes" aria-live="polite">
            {made?.isLive && (
              <p class={copied.removed ? 'hint' : 'warn'}>
                {source.text(copied.removed ? 'copy_as_removed' : 'copy_as_live')}
              </p>
            )}
            {made?.sentences.map((sentence) => (
              <p key={sentence} class="hint">
                {sentence}
              </p>
            ))}
          </div>
        </div>
      </div>
      <div class="buttons">
        <output class="grow hint">{said}</output>
        <button type="button" class="primary" disabled={made?.text === undefined} onClick={copy}>
          {source.text('copy')}
        </button>
      </div>
    </Modal>
  );
};
