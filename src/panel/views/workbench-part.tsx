import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Mark, Part, Workbench } from '../model/workbench-shape.ts';
import { JsonEditor, type Past, type Place } from './json-editor.tsx';
import { usePanel } from './panel-context.ts';
import { Spoken } from './spoken.tsx';
import { useRefusal } from './use-refusal.ts';
import { useWorkbench } from './use-workbench.ts';
import { WorkbenchAdd } from './workbench-add.tsx';
import { markSentence, placeText } from './workbench-words.ts';

/** Marks told below an editor; the others stand in it. */
const MAX_TOLD = 3;

type Pasts = Readonly<Record<Part, Past>> & { readonly original: string | undefined };

const pasts = new WeakMap<Workbench, Pasts>();

/** What is being edited outlives the view, and so does what was done to it; but nobody undoes into another token. */
const pastOf = (workbench: Workbench): Pasts => {
  const original = workbench.original.value;
  const known = pasts.get(workbench);
  const past = known && known.original === original ? known : { original, header: {}, payload: {} };
  pasts.set(workbench, past);
  return past;
};

/** What is wrong with a text, the errors first, each with the way to its place. */
const Marks = ({ marks, go }: { marks: readonly Mark[]; go: (mark: Mark) => void }) => {
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

/** Header or payload being edited, what is wrong with it, and what can be done with it. */
export const WorkbenchPart = ({ part, children }: { part: Part; children?: ComponentChildren }) => {
  const { source } = usePanel();
  const workbench = useWorkbench();
  const tell = useRefusal();
  const [place, setPlace] = useState<Place>();
  const marks = workbench.marks.value[part];
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
  const add = (added: string) => {
    const there = workbench.add(part, added);
    setPlace(there);
    tell(part, there !== undefined);
  };
  const name = source.text(part === 'header' ? 'part_header' : 'part_payload');
  return (
    <section class={`wb-part ${part}`} aria-label={name}>
      <h2>
        <i class={part === 'header' ? 'head' : 'body'} /> {name}
        <button type="button" class="link end" onClick={() => tell(part, workbench.format(part))}>
          {source.text('workbench_format')}
        </button>
        <WorkbenchAdd part={part} onAdd={add} />
      </h2>
      <JsonEditor
        key={workbench.original.value}
        name={name}
        text={workbench[part].value}
        onInput={(text) => workbench.type(part, text)}
        marks={diagnostics}
        place={place}
        past={pastOf(workbench)[part]}
      />
      <Marks marks={marks} go={({ from, to }) => setPlace({ from, to })} />
      {children}
    </section>
  );
};
