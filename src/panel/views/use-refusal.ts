import type { Part } from '../model/workbench-shape.ts';
import { usePanel } from './panel-context.ts';

/** Gives a verb that tells, of what was not done, that it takes a part which is whole. */
export const useRefusal = () => {
  const { source, tell } = usePanel();
  return (part: Part, isDone: boolean): void => {
    if (!isDone) tell(source.text(part === 'header' ? 'workbench_needs_header' : 'workbench_needs_payload'));
  };
};
