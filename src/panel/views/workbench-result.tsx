import type { Built } from '../model/workbench-shape.ts';
import { LongText } from './long-text.tsx';
import { usePanel } from './panel-context.ts';
import { Problems } from './problems.tsx';
import { RawToken } from './raw-token.tsx';
import { Spoken } from './spoken.tsx';
import { useWorkbench } from './use-workbench.ts';
import { WorkbenchAnswers } from './workbench-answers.tsx';
import { WorkbenchChanges } from './workbench-changes.tsx';
import { saidOf } from './workbench-words.ts';

/** The sentence on top: what was made, or why this is not what is typed. */
const Said = () => {
  const { source } = usePanel();
  const workbench = useWorkbench();
  const { tone, sentence, more } = saidOf(source, {
    built: workbench.built.value,
    failure: workbench.failure.value,
    marks: workbench.marks.value,
    outerMarks: workbench.outerMarks.value,
    mode: workbench.mode.value,
    original: workbench.original.value,
  });
  return (
    <>
      <div class={`say ${tone}`}>
        <h1>{sentence}</h1>
        {more && <p>{more}</p>}
      </div>
      <Spoken text={[sentence, more].filter(Boolean).join(' ')} />
    </>
  );
};

const SigningInput = ({ text }: { text: string }) => {
  const { source } = usePanel();
  const name = source.text('signing_input');
  return (
    <>
      <h2>{name}</h2>
      {/* Scrolls when long, so it takes the focus. */}
      <section class="wb-input" tabIndex={0} aria-label={name}>
        <LongText text={text} />
      </section>
    </>
  );
};

const Token = ({ built }: { built: Built }) => {
  const { source, open } = usePanel();
  const { keep } = useWorkbench();
  return (
    <div class={built.current ? 'wb-token' : 'wb-token stale'}>
      {!built.current && (
        <p class="wb-stale">
          <span aria-hidden="true">≠ </span>
          {source.text('workbench_stale')}
        </p>
      )}
      <RawToken decoded={built.decoded}>
        <button type="button" class="copy" onClick={() => open('copy', built.compact)}>
          {source.text('menu_copy_as')}
        </button>
        <button type="button" class="copy" onClick={() => void keep()}>
          {source.text('workbench_keep')}
        </button>
      </RawToken>
      <Problems decoded={built.decoded} />
    </div>
  );
};

/** The token, live: what it is in one sentence, its answers, its parts, what is signed, and what was changed. */
export const WorkbenchResult = () => {
  const { source } = usePanel();
  const { built, original } = useWorkbench();
  const made = built.value;
  return (
    // Scrolls by itself where there is room beside the editors.
    <section class="detail wb-result" aria-label={source.text('workbench_result')} tabIndex={0}>
      <Said />
      {made && <WorkbenchAnswers built={made} />}
      {made && <Token built={made} />}
      {made && original.value !== undefined && <WorkbenchChanges original={original.value} built={made} />}
      {made && made.signingInput !== '' && <SigningInput text={made.signingInput} />}
    </section>
  );
};
