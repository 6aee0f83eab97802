import { workbenchOf } from '../model/workbench.ts';
import type { Workbench } from '../model/workbench-shape.ts';
import { usePanel } from './panel-context.ts';

/** The workbench of the panel that a view stands in; what is being edited outlives the view. */
export const useWorkbench = (): Workbench => workbenchOf(usePanel());
