import type { Edited } from '../model/workbench-shape.ts';
import { usePanel } from './panel-context.ts';

/**
 * Gives a verb that tells, of what was not done, that it takes a part which is whole; and that it was done by the name of its
 * button, where nothing else says so: who does not see the text change hears it.
 */
export const useOutcome = () => {
  const { source, tell } = usePanel();
  return (part: Edited, isDone: boolean, name?: string): void => {
    if (!isDone) tell(source.text(part === 'payload' ? 'workbench_needs_payload' : 'workbench_needs_header'));
    else if (name !== undefined) tell(source.text('workbench_done', name));
  };
};
