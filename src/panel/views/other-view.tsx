import type { View } from '../model/model.ts';
import { lazy } from './lazy.tsx';

const VIEWS = {
  exchanges: lazy(() => import('./exchanges.tsx').then((module) => module.Exchanges)),
  timeline: lazy(() => import('./timeline.tsx').then((module) => module.Timeline)),
  workbench: lazy(() => import('./workbench.tsx').then((module) => module.Workbench)),
};

/** Any view but the first, that of the tokens. */
export const OtherView = ({ view }: { view: Exclude<View, 'tokens'> }) => {
  const Shown = VIEWS[view];
  return <Shown />;
};
