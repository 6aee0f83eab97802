import { useLayoutEffect, useRef } from 'preact/hooks';
import { formatDuration } from '../../core/judge/duration.ts';
import type { QuickAction } from '../model/workbench-shape.ts';
import { usePanel } from './panel-context.ts';
import { useOutcome } from './use-outcome.ts';
import { useWorkbench } from './use-workbench.ts';

const MINUTE = 60_000;

/** How long it lives from now on, in ms. */
const LIVES: readonly (readonly [action: QuickAction, life: number])[] = [
  ['exp_5m', 5 * MINUTE],
  ['exp_1h', 60 * MINUTE],
  ['exp_1d', 1440 * MINUTE],
];

/** `short` is shown, where the name goes on from the button before. */
const Quick = ({ action, name, short = name }: { action: QuickAction; name: string; short?: string }) => {
  const { quick } = useWorkbench();
  const tell = useOutcome();
  return (
    <button type="button" aria-label={name} onClick={() => tell('payload', quick(action), name)}>
      {short}
    </button>
  );
};

/** Claims that are set at a click. */
export const WorkbenchQuick = () => {
  const { source } = usePanel();
  const buttons = useRef<HTMLFieldSetElement>(null);
  const { value: text } = useWorkbench().payload;
  useLayoutEffect(() => {
    // The text above has grown by a line, and pushed the button that did it out of sight.
    buttons.current?.querySelector(':focus')?.scrollIntoView?.({ block: 'nearest' });
  }, [text]);
  return (
    <fieldset class="wb-quick" aria-label={source.text('workbench_quick_name')} ref={buttons}>
      <Quick action="iat_now" name={source.text('workbench_quick_iat')} />
      <Quick action="nbf_now" name={source.text('workbench_quick_nbf')} />
      {LIVES.map(([action, life], index) => {
        const time = formatDuration(life, source.text);
        const name = source.text('workbench_quick_expires', time);
        // The first says in full what the others go on with.
        return (
          <Quick
            key={action}
            action={action}
            name={name}
            short={index === 0 ? name : source.text('workbench_quick_in', time)}
          />
        );
      })}
      <Quick action="jti_new" name={source.text('workbench_quick_jti')} />
    </fieldset>
  );
};
