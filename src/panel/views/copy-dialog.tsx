import { useEffect, useMemo, useState } from 'preact/hooks';
import { type CopyFormat, copyAs, copyFormats } from '../../core/report/copy-as.ts';
import type { Copied } from '../../core/report/copy-as-request.ts';
import type { KeySource } from '../../core/report/snippets/demands.ts';
import { LIBRARY_CODES, type Library, libraryTitle, snippetFor } from '../../core/report/snippets/snippet.ts';
import { shown } from '../../core/token/shown.ts';
import { visibleText } from '../../core/token/visible.ts';
import { copiedOf, keySourceOf } from '../model/copy-as.ts';
import type { PanelSource } from '../source.ts';
import { Modal } from './modal.tsx';
import { usePanel } from './panel-context.ts';

/** Characters of the preview; a copy takes all. */
const MAX_PREVIEW = 20_000;

type Choice = CopyFormat | Library;

const isLibrary = (choice: Choice): choice is Library => LIBRARY_CODES.some((library) => library === choice);

const nameOf = (source: PanelSource, choice: Choice): string =>
  isLibrary(choice) ? libraryTitle(choice) : source.text(`copy_format_${choice}`);

interface Made {
  /** Undefined where there can be none. */
  readonly text: string | undefined;
  /** What to know of it. */
  readonly sentences: readonly string[];
  /** Holds the token. */
  readonly isLive: boolean;
}

const makeCode = (source: PanelSource, library: Library, copied: Copied, key: KeySource, withToken: boolean): Made => {
  const snippet = snippetFor(library, copied.decoded, key, withToken);
  if ('lack' in snippet) {
    const alg = visibleText(shown(copied.decoded.header?.alg));
    return { text: undefined, sentences: [source.text(`copy_lack_${snippet.lack}`, alg)], isLive: false };
  }
  const sentences = [source.text(`copy_key_${snippet.key}`), ...(withToken ? [] : [source.text('copy_as_no_token')])];
  return { text: snippet.code, sentences, isLive: withToken };
};

const makeCopy = (source: PanelSource, format: CopyFormat, copied: Copied): Made => {
  const { text, notes } = copyAs(format, copied);
  return { text, sentences: notes.map((note) => source.text(`copy_note_${note}`)), isLive: true };
};

/** The key that the code is to use; undefined until it was looked up. */
const useKeySource = (copied: Copied, about: string): KeySource | undefined => {
  const { log, keys, signatures } = usePanel();
  signatures.revision.value;
  const entry = log.entry(about);
  const answer = entry && signatures.of(entry);
  const [key, setKey] = useState<KeySource>();
  useEffect(() => {
    let isCurrent = true;
    void keySourceOf(copied, answer, keys.value).then((found) => {
      if (isCurrent) setKey(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [copied, answer, keys.value]);
  return key;
};

/** One list over both groups, so that arrows lead from the first to the last. */
const Choices = ({
  name,
  choices,
  chosen,
  choose,
}: {
  name: string;
  choices: readonly Choice[];
  chosen: Choice;
  choose: (choice: Choice) => void;
}) => {
  const { source } = usePanel();
  return (
    <fieldset>
      <legend>{name}</legend>
      {choices.map((choice) => (
        <label key={choice}>
          <input type="radio" name="copy-as" checked={choice === chosen} onChange={() => choose(choice)} />{' '}
          {nameOf(source, choice)}
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
  const [chosen, choose] = useState<Choice>('token');
  const [withToken, putToken] = useState(false);
  const [said, say] = useState('');
  const key = useKeySource(copied, subject);
  const made: Made | undefined = isLibrary(chosen)
    ? key && makeCode(source, chosen, copied, key, withToken)
    : makeCopy(source, chosen, copied);
  const text = made?.text ?? '';

  const copy = async () => {
    const done = await source.copy(text);
    say(done ? source.text('copy_as_copied', nameOf(source, chosen)) : source.text('copy_failed'));
  };
  const change = (choice: Choice) => {
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
          <textarea
            class="preview"
            readOnly
            // Without it Firefox writes what stands here into the file that restores its windows.
            autocomplete="off"
            spellcheck={false}
            rows={14}
            aria-label={source.text('copy_as_preview')}
            value={text.length > MAX_PREVIEW ? `${text.slice(0, MAX_PREVIEW)}…` : text}
          />
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
