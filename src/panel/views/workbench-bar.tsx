import { useState } from 'preact/hooks';
import { visibleText } from '../../core/token/visible.ts';
import { subjectOf } from '../model/labels.ts';
import { usePanel } from './panel-context.ts';
import { useWorkbench } from './use-workbench.ts';
import { WorkbenchLoad } from './workbench-load.tsx';

/** Characters of a token that is not in the list any more; enough to tell it from another. */
const MAX_SHOWN = 24;

/** The original by its name, and the ways back to it. */
const Original = ({ compact }: { compact: string }) => {
  const { source, log, selection, show } = usePanel();
  const { start } = useWorkbench();
  log.revision.value;
  const entry = log.entries.value.find((one) => one.compact === compact);
  const names = entry ? [source.text(`kind_${entry.kind}`), subjectOf(entry)] : [`${compact.slice(0, MAX_SHOWN)}…`];
  const back = () => {
    selection.select(entry?.id);
    show('tokens');
    document.getElementById('tab-tokens')?.focus();
  };
  return (
    <>
      <span class="cut">{source.text('workbench_copy_of', visibleText(names.filter(Boolean).join(' · ')))}</span>
      {entry && (
        <button type="button" class="link" onClick={back}>
          {source.text('workbench_show_original')}
        </button>
      )}
      <button type="button" class="link" onClick={() => start(compact)}>
        {source.text('workbench_again')}
      </button>
    </>
  );
};

/** What is being edited, and how to begin with something else. */
export const WorkbenchBar = () => {
  const { source } = usePanel();
  const { original, start } = useWorkbench();
  const [loads, setLoads] = useState(false);
  return (
    <div class="bar wb-bar">
      {original.value === undefined ? (
        <span class="cut">{source.text('workbench_title_blank')}</span>
      ) : (
        <Original compact={original.value} />
      )}
      <span class="grow" />
      <button type="button" onClick={() => start()}>
        {source.text('workbench_blank')}
      </button>
      <button type="button" onClick={() => setLoads(true)}>
        {source.text('workbench_load')}
      </button>
      {loads && <WorkbenchLoad onClose={() => setLoads(false)} />}
    </div>
  );
};
