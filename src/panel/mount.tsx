import { render } from 'preact';
import { createModel } from './model/model.ts';
import type { PanelSource } from './source.ts';
import { App } from './views/app.tsx';
import { PanelContext } from './views/panel-context.ts';

/** Shows the panel in the container, fed by the source. Gives the verb that takes it down again. */
export const mount = ({ source, container }: { source: PanelSource; container: HTMLElement }): (() => void) => {
  const model = createModel(source);
  container.lang = source.language;
  render(
    <PanelContext.Provider value={model}>
      <App />
    </PanelContext.Provider>,
    container,
  );
  return () => {
    render(null, container);
    model.dispose();
  };
};
