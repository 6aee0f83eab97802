import type { ComponentChildren } from 'preact';
import type { Edited } from '../model/workbench-shape.ts';
import { usePanel } from './panel-context.ts';
import { useOutcome } from './use-outcome.ts';
import { useWorkbench } from './use-workbench.ts';

/** A button that is its sign alone where there is no room for its name. */
const Verb = ({
  name,
  disabled,
  run,
  children,
}: {
  name: string;
  disabled: boolean;
  run: (name: string) => void;
  children: ComponentChildren;
}) => (
  <button type="button" class="link" aria-label={name} title={name} disabled={disabled} onClick={() => run(name)}>
    <svg viewBox="0 0 16 16" aria-hidden="true">
      {children}
    </svg>
    <span>{name}</span>
  </button>
);

/** The JSON over lines, or on one. Of what is broken neither: it is not known where its tokens end. */
export const WorkbenchLayOut = ({ part }: { part: Edited }) => {
  const { source } = usePanel();
  const { canLayOut, format, oneLine } = useWorkbench();
  const tell = useOutcome();
  const disabled = !canLayOut.value[part];
  return (
    <span class="wb-lay-out">
      <Verb name={source.text('workbench_format')} disabled={disabled} run={(name) => tell(part, format(part), name)}>
        <path class="line" d="M2 3.5h9M5.5 8H14M2 12.5h9" />
      </Verb>
      <Verb
        name={source.text('workbench_one_line')}
        disabled={disabled}
        run={(name) => tell(part, oneLine(part), name)}
      >
        <path class="line" d="M2 8h12M8 1v4M6 3.2l2 2 2-2M8 15v-4M6 12.8l2-2 2 2" />
      </Verb>
    </span>
  );
};
