import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Part } from '../model/workbench-shape.ts';
import type { Place } from './json-editor.tsx';
import { usePanel } from './panel-context.ts';
import { useOutcome } from './use-outcome.ts';
import { useWorkbench } from './use-workbench.ts';
import { WorkbenchAdd } from './workbench-add.tsx';
import { WorkbenchEditor } from './workbench-editor.tsx';
import { WorkbenchLayOut } from './workbench-lay-out.tsx';

/** Header or payload being edited, what is wrong with it, and what can be done with it. */
export const WorkbenchPart = ({ part, children }: { part: Part; children?: ComponentChildren }) => {
  const { source } = usePanel();
  const workbench = useWorkbench();
  const tell = useOutcome();
  const [place, setPlace] = useState<Place>();
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
        <WorkbenchLayOut part={part} />
        <WorkbenchAdd part={part} onAdd={add} />
      </h2>
      <WorkbenchEditor
        part={part}
        name={name}
        text={workbench[part].value}
        marks={workbench.marks.value[part]}
        onInput={(text) => workbench.type(part, text)}
        place={place}
        go={setPlace}
      />
      {children}
    </section>
  );
};
