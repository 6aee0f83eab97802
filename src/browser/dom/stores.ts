import type { PanelSource } from '../../panel/source.ts';

/** The stores of the inspected page. */
export const stores = (): Pick<PanelSource, 'watchStores' | 'readStores'> => ({
  watchStores: () => () => undefined,
  readStores: async () => undefined,
});
