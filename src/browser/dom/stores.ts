import type { PanelSource } from '../../panel/source.ts';
import type { StoresWatch } from './watch-stores.ts';

/** The stores of the page in the tab. What reads them loads with the first who asks. */
export const stores = (tab: number): Pick<PanelSource, 'watchStores' | 'readStores'> => {
  let loaded: Promise<StoresWatch> | undefined;
  const load = (): Promise<StoresWatch> => {
    loaded ??= import('./watch-stores.ts').then(({ createStoresWatch }) => createStoresWatch(tab, Date.now));
    return loaded;
  };
  return {
    watchStores(listener) {
      let stop: (() => void) | undefined = () => undefined;
      void load().then(({ watch }) => {
        if (stop) stop = watch(listener);
      });
      return () => {
        stop?.();
        stop = undefined;
      };
    },
    readStores: async () => (await load()).read(),
  };
};
