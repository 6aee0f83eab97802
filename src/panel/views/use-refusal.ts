import type { Edited } from '../model/workbench-shape.ts';
import { usePanel } from './panel-context.ts';

/** Gives a verb that tells, of what was not done, that it takes a part which is whole. */
export const useRefusal = () => {
  const { source, tell } = usePanel();
  return (part: Edited, isDone: boolean): void => {
    if (!isDone) tell(source.text(part === 'payload' ? 'workbench_needs_payload' : 'workbench_needs_header'));
  };
};
