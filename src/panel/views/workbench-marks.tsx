import type { Mark } from '../model/workbench-shape.ts';
import { usePanel } from './panel-context.ts';
import { Spoken } from './spoken.tsx';
import { markSentence, placeText } from './workbench-words.ts';

/** Marks told below an editor; the others stand in it. */
const MAX_TOLD = 3;

/** What is wrong with a text, the errors first, each with the way to its place. */
export const WorkbenchMarks = ({ marks, go }: { marks: readonly Mark[]; go: (mark: Mark) => void }) => {
  const { source } = usePanel();
  const errors = marks.filter(({ severity }) => severity === 'error');
  const warnings = marks.filter(({ severity }) => severity === 'warning');
  const inTurn = [...errors, ...warnings];
  // What breaks is read aloud with what becomes of the token.
  const [first] = errors.length > 0 ? [] : warnings;
  const warning = first ? `${placeText(source, first)}: ${markSentence(source, first)}` : '';
  return (
    <>
      <ul class="wb-marks">
        {inTurn.slice(0, MAX_TOLD).map((mark) => (
          <li key={`${mark.from}-${mark.code}`}>
            <span class={mark.severity === 'error' ? 'bad' : 'warn'} aria-hidden="true">
              {mark.severity === 'error' ? '✕ ' : '⚠ '}
            </span>
            <button type="button" class="link" onClick={() => go(mark)}>
              {placeText(source, mark)}
            </button>
            : {markSentence(source, mark)}
          </li>
        ))}
        {marks.length > MAX_TOLD && <li>{source.text('problems_more', String(marks.length - MAX_TOLD))}</li>}
      </ul>
      <Spoken text={warning} />
    </>
  );
};
