import { formatDuration } from '../../core/judge/duration.ts';
import type { QuickAction } from '../model/workbench-shape.ts';
import { usePanel } from './panel-context.ts';
import { useRefusal } from './use-refusal.ts';
import { useWorkbench } from './use-workbench.ts';

const MINUTE = 60_000;

/** How long it lives from now on, in ms. */
const LIVES: readonly (readonly [action: QuickAction, life: number])[] = [
  ['exp_5m', 5 * MINUTE],
  ['exp_1h', 60 * MINUTE],
  ['exp_1d', 1440 * MINUTE],
];

/** Claims that are set at a click. */
export const WorkbenchQuick = () => {
  const { source } = usePanel();
  const workbench = useWorkbench();
  const tell = useRefusal();
  const quick = (action: QuickAction) => tell('payload', workbench.quick(action));
  return (
    <fieldset class="wb-quick" aria-label={source.text('workbench_quick_name')}>
      <button type="button" onClick={() => quick('iat_now')}>
        {source.text('workbench_quick_iat')}
      </button>
      <button type="button" onClick={() => quick('nbf_now')}>
        {source.text('workbench_quick_nbf')}
      </button>
      {LIVES.map(([action, life], index) => {
        const time = formatDuration(life, source.text);
        const name = source.text('workbench_quick_expires', time);
        return (
          // The first says in full what the others go on with.
          <button key={action} type="button" aria-label={name} onClick={() => quick(action)}>
            {index === 0 ? name : source.text('workbench_quick_in', time)}
          </button>
        );
      })}
      <button type="button" onClick={() => quick('jti_new')}>
        {source.text('workbench_quick_jti')}
      </button>
    </fieldset>
  );
};
