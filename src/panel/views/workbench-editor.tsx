import { useMemo } from 'preact/hooks';
import type { Edited, Mark } from '../model/workbench-shape.ts';
import type { Sheet } from '../model/workbench-sheets.ts';
import { JsonEditor, type Past, type Place } from './json-editor.tsx';
import { usePanel } from './panel-context.ts';
import { useWorkbench } from './use-workbench.ts';
import { WorkbenchMarks } from './workbench-marks.tsx';
import { markSentence, placeText } from './workbench-words.ts';

/** What is being edited outlives the view, and so does what was done to it; but nobody undoes into another token. */
const pasts = new WeakMap<Sheet, Readonly<Record<Edited, Past>>>();

const pastOf = (sheet: Sheet, part: Edited): Past => {
  const known = pasts.get(sheet) ?? { header: {}, payload: {}, outer: {} };
  pasts.set(sheet, known);
  return known[part];
};

interface WorkbenchEditorProps {
  readonly part: Edited;
  readonly name: string;
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly onInput: (text: string) => void;
  readonly place: Place | undefined;
  readonly go: (place: Place) => void;
}

/** An editor of the token in hand, and below it what is wrong with the text. */
export const WorkbenchEditor = ({ part, name, text, marks, onInput, place, go }: WorkbenchEditorProps) => {
  const { source } = usePanel();
  const { value: sheet } = useWorkbench().sheet;
  const diagnostics = useMemo(
    () =>
      marks.map((mark) => ({
        from: mark.from,
        to: mark.to,
        severity: mark.severity,
        message: `${placeText(source, mark)}: ${markSentence(source, mark)}`,
      })),
    [marks, source],
  );
  return (
    <>
      <JsonEditor
        key={sheet.id}
        name={name}
        text={text}
        onInput={onInput}
        marks={diagnostics}
        place={place}
        past={pastOf(sheet, part)}
      />
      <WorkbenchMarks marks={marks} go={({ from, to }) => go({ from, to })} />
    </>
  );
};
