import { effect, untracked } from '@preact/signals';
import { render } from 'preact';
import { createLogs } from './model/logs.ts';
import { createModel } from './model/model.ts';
import type { PanelSource } from './source.ts';
import { App } from './views/app.tsx';
import { lazy } from './views/lazy.tsx';
import { LogsContext, PanelContext } from './views/panel-context.ts';

const LogFrame = lazy(() => import('./views/log-frame.tsx').then((module) => module.LogFrame));

/** Shows the panel in the container, fed by the source. Gives the verb that takes it down again. */
export const mount = ({ source, container }: { source: PanelSource; container: HTMLElement }): (() => void) => {
  const logs = createLogs(createModel(source));
  container.lang = source.language;
  // Anew for each log: what a view remembers is about one. And from the root: of a component that draws itself again
  // Preact keeps what it drew first, which would hold a log that was closed for as long as the panel is there.
  const stop = effect(() => {
    const { id, model } = logs.current.value;
    untracked(() =>
      render(
        <LogsContext.Provider value={logs}>
          <LogFrame />
          <PanelContext.Provider key={id} value={model}>
            <App />
          </PanelContext.Provider>
        </LogsContext.Provider>,
        container,
      ),
    );
  });
  return () => {
    stop();
    render(null, container);
    logs.dispose();
  };
};
