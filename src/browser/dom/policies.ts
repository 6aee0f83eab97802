import type { PanelSource } from '../../panel/source.ts';

/** The policies, in `storage.local`. */
export const policies: Pick<PanelSource, 'watchPolicies' | 'savePolicy' | 'removePolicy'> = {
  watchPolicies(listener) {
    listener({ policies: [], unreadable: [] });
    return () => undefined;
  },
  savePolicy: async () => undefined,
  removePolicy: async () => undefined,
};
