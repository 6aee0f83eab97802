import { useRef, useState } from 'preact/hooks';
import { visibleText } from '../../core/token/visible.ts';
import { subjectOf } from '../model/labels.ts';
import type { Sheet } from '../model/workbench-sheets.ts';
import { usePanel } from './panel-context.ts';
import { Spoken } from './spoken.tsx';
import { useWorkbench } from './use-workbench.ts';
import { WorkbenchLoad } from './workbench-load.tsx';

/** Characters of the end of a token that is not in the list: of two with one header it tells them apart. */
const MAX_SHOWN = 16;

/** What a sheet is a copy of, by its name in the list. */
const useNames = () => {
  const { source, log } = usePanel();
  log.revision.value;
  return ({ original }: Sheet): string => {
    if (original === undefined) return source.text('workbench_title_blank');
    const entry = log.entries.value.find((one) => one.compact === original);
    const names = entry ? [source.text(`kind_${entry.kind}`), subjectOf(entry)] : [`…${original.slice(-MAX_SHOWN)}`];
    return visibleText(names.filter(Boolean).join(' · '));
  };
};

/** What is being edited; an original by its name, with the ways back to it. */
const Subject = ({ original, name }: { original: string | undefined; name: string }) => {
  const { source, log, selection, show } = usePanel();
  const { startOver } = useWorkbench();
  if (original === undefined) return <span class="cut">{name}</span>;
  const entry = log.entries.value.find((one) => one.compact === original);
  const back = () => {
    selection.select(entry?.id);
    show('tokens');
  };
  return (
    <>
      <span class="cut">{source.text('workbench_copy_of', name)}</span>
      {entry && (
        <button type="button" class="link" onClick={back}>
          {source.text('workbench_show_original')}
        </button>
      )}
      <button type="button" class="link" onClick={startOver}>
        {source.text('workbench_again')}
      </button>
    </>
  );
};

/** What was changed and left for another token, and the way back to each. */
const Aside = () => {
  const { source } = usePanel();
  const { aside, turnTo } = useWorkbench();
  const nameOf = useNames();
  const name = source.text('workbench_aside');
  const sheets = aside.value;
  const row = useRef<HTMLDivElement>(null);
  const turn = (sheet: Sheet) => {
    turnTo(sheet);
    // The button goes with it.
    row.current?.closest('.view')?.querySelector<HTMLElement>('.wb-bar')?.focus();
  };
  return (
    <div ref={row}>
      {sheets.length > 0 && (
        <fieldset class="wb-aside" aria-label={name}>
          <span>{name}</span>
          {sheets.map((sheet) => (
            <button key={sheet.id} type="button" class="link" onClick={() => turn(sheet)}>
              {nameOf(sheet)}
            </button>
          ))}
        </fieldset>
      )}
      <Spoken text={sheets.map((sheet) => `${name} ${nameOf(sheet)}`)[0] ?? ''} />
    </div>
  );
};

/** What is being edited, how to begin with something else, and what was left. */
export const WorkbenchBar = () => {
  const { source } = usePanel();
  const { sheet, start } = useWorkbench();
  const [loads, setLoads] = useState(false);
  const nameOf = useNames();
  return (
    <>
      <div class="bar wb-bar" tabIndex={-1}>
        <Subject original={sheet.value.original} name={nameOf(sheet.value)} />
        <span class="grow" />
        <button type="button" onClick={() => start()}>
          {source.text('workbench_blank')}
        </button>
        <button type="button" onClick={() => setLoads(true)}>
          {source.text('workbench_load')}
        </button>
        {loads && <WorkbenchLoad onClose={() => setLoads(false)} />}
      </div>
      <Aside />
    </>
  );
};
