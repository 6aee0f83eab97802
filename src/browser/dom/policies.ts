import type { PanelSource } from '../../panel/source.ts';

/** Apart, since the panel opens without it. */
const load = () => import('./policy-store.ts');

/** The policies, in `storage.local`; in a private window, in memory over those. */
export const policies: Pick<PanelSource, 'watchPolicies' | 'savePolicy' | 'removePolicy'> = {
  watchPolicies(listener) {
    let isStopped = false;
    let stop: (() => void) | undefined;
    void load().then(({ watchPolicies }) => {
      if (!isStopped) stop = watchPolicies(listener);
    });
    return () => {
      isStopped = true;
      stop?.();
    };
  },
  savePolicy: async (policy) => (await load()).savePolicy(policy),
  removePolicy: async (origin) => (await load()).removePolicy(origin),
};
