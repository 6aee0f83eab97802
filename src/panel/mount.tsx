import { render } from 'preact';
import { createLogs } from './model/logs.ts';
import { createModel } from './model/model.ts';
import type { PanelSource } from './source.ts';
import { App } from './views/app.tsx';
import { lazy } from './views/lazy.tsx';
import { LogsContext, PanelContext, useLogs } from './views/panel-context.ts';

const LogStrip = lazy(() => import('./views/log-strip.tsx').then((module) => module.LogStrip));
const DropZone = lazy(() => import('./views/drop-zone.tsx').then((module) => module.DropZone));

/** The log that is shown, anew for each: what a view remembers is about one log. */
const Shown = () => {
  const { all, current } = useLogs();
  const { id, model } = current.value;
  return (
    <>
      {all.value.length > 1 && <LogStrip />}
      <PanelContext.Provider key={id} value={model}>
        <App />
        <DropZone />
      </PanelContext.Provider>
    </>
  );
};

/** Shows the panel in the container, fed by the source. Gives the verb that takes it down again. */
export const mount = ({ source, container }: { source: PanelSource; container: HTMLElement }): (() => void) => {
  const logs = createLogs(createModel(source));
  container.lang = source.language;
  render(
    <LogsContext.Provider value={logs}>
      <Shown />
    </LogsContext.Provider>,
    container,
  );
  return () => {
    render(null, container);
    logs.dispose();
  };
};
