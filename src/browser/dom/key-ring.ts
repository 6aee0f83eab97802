import type { RingKey } from '../../core/trust/signature.ts';
import type { PanelSource } from '../../panel/source.ts';
import { isPrivate } from '../privacy.ts';
import { remembered } from '../remembered.ts';
import { session } from '../session.ts';
import { readSession } from './read-session.ts';
import { parseRingKey, readRemembered, ringPrefix } from './ring-key.ts';

type Verbs = 'canRemember' | 'watchKeys' | 'addKey' | 'changeKey' | 'removeKey' | 'keepKeySet';

const watchKeys: PanelSource['watchKeys'] = (listener) => {
  const prefix = ringPrefix();
  const memory = new Map<string, RingKey | undefined>();
  const disk = new Map<string, RingKey | undefined>();
  let stopped = false;
  let ready = false;
  const tell = (): void => {
    const keys = [...memory.values(), ...disk.values()].filter((key) => key !== undefined);
    // By id: on its way between memory and disk a key is in both.
    const ring = [...new Map(keys.map((key) => [key.id, key])).values()];
    if (!stopped) listener(ring.toSorted((a, b) => a.addedAt - b.addedAt));
  };
  const take = (
    ring: Map<string, RingKey | undefined>,
    stored: Readonly<Record<string, unknown>>,
    from: string,
    isNewer: boolean,
  ): void => {
    let taken = false;
    // Not `Object.entries`: of what is stored thousands are records, and a few are keys.
    for (const key of Object.keys(stored)) {
      if (!key.startsWith(from)) continue;
      const id = key.slice(from.length);
      if (ring.has(id) && !isNewer) continue;
      ring.set(id, parseRingKey(id, stored[key]));
      taken = true;
    }
    if (taken && ready) tell();
  };
  const stops = [
    session.onChanged((changes) => take(memory, changes, prefix, true)),
    ...(isPrivate() ? [] : [remembered.onChanged((changes) => take(disk, changes, '', true))]),
  ];
  // A disk that cannot be read must not hide what is in memory.
  void Promise.all([readSession(), readRemembered().catch(() => ({}))]).then(([stored, kept]) => {
    take(memory, stored, prefix, false);
    take(disk, kept, '', false);
    ready = true;
    tell();
  });
  return () => {
    stopped = true;
    for (const stop of stops) stop();
  };
};

/**
 * The key ring, shared by all panels and pages of the same privacy: in memory, but for what a person asked to remember.
 * @param now ms since the epoch
 */
export const keyRing = (now: () => number): Pick<PanelSource, Verbs> => {
  const verbs = async () => (await import('./ring-verbs.ts')).ringVerbs(now);
  return {
    canRemember: !isPrivate(),
    watchKeys,
    addKey: async (...args) => (await verbs()).addKey(...args),
    changeKey: async (...args) => (await verbs()).changeKey(...args),
    removeKey: async (...args) => (await verbs()).removeKey(...args),
    keepKeySet: async (...args) => (await verbs()).keepKeySet(...args),
  };
};
