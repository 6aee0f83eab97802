import { render } from 'preact';
import { createLogs } from './model/logs.ts';
import { createModel } from './model/model.ts';
import type { PanelSource } from './source.ts';
import { App } from './views/app.tsx';
import { lazy } from './views/lazy.tsx';
import { LogsContext, PanelContext, useLogs } from './views/panel-context.ts';

const LogFrame = lazy(() => import('./views/log-frame.tsx').then((module) => module.LogFrame));

/** The log that is shown, anew for each: what a view remembers is about one log. */
const Shown = () => {
  const { id, model } = useLogs().current.value;
  return (
    <PanelContext.Provider key={id} value={model}>
      <App />
    </PanelContext.Provider>
  );
};

/** Shows the panel in the container, fed by the source. Gives the verb that takes it down again. */
export const mount = ({ source, container }: { source: PanelSource; container: HTMLElement }): (() => void) => {
  const logs = createLogs(createModel(source));
  container.lang = source.language;
  render(
    <LogsContext.Provider value={logs}>
      <LogFrame />
      <Shown />
    </LogsContext.Provider>,
    container,
  );
  return () => {
    render(null, container);
    logs.dispose();
  };
};
