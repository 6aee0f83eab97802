import { digest } from '../../core/capture/digest.ts';
import type { RingKey } from '../../core/trust/signature.ts';
import type { KeyChange, PanelSource } from '../../panel/source.ts';
import { isPrivate } from '../privacy.ts';
import { remembered } from '../remembered.ts';
import { session } from '../session.ts';
import { readSession } from './read-session.ts';
import { changeRing, parseRingKey, readRemembered, ringPrefix } from './ring-store.ts';

/** Characters: what a key box reads (MAX_KEY_TEXT in trust/read-key.ts), and storage has room for beside the log. */
const MAX_GIVEN = 1_048_576;
/** A person gives a handful; each is tried on every token that names no key. */
const MAX_GIVEN_KEYS = 500;
/** Characters of a name, which stands in one line. */
const MAX_NAME = 200;

type Verbs = 'watchKeys' | 'addKey' | 'changeKey' | 'removeKey' | 'keepKeySet';

const changed = (key: RingKey, { name = key.name, ...change }: KeyChange): RingKey => {
  const { name: _, pinned: wasPinned, remembered: wasRemembered, ...rest } = key;
  const { pinned = wasPinned, remembered: isRemembered = wasRemembered } = change;
  return {
    ...rest,
    ...(name && { name: name.slice(0, MAX_NAME) }),
    ...(pinned && { pinned }),
    ...(isRemembered && { remembered: isRemembered }),
  };
};

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
export const keyRing = (now: () => number): Pick<PanelSource, Verbs> => ({
  watchKeys,
  async addKey(text, issuer, more = {}) {
    if (text.length > MAX_GIVEN) throw new Error('This is too long for a key.');
    const id = await digest(text);
    await changeRing(({ keys }) => {
      const before = keys.find((key) => key.id === id);
      if (!before && keys.filter(({ provenance }) => provenance === 'given').length >= MAX_GIVEN_KEYS) {
        throw new Error('The key ring is full.');
      }
      return { put: [{ ...before, ...more, id, text, provenance: 'given', issuer, addedAt: now() }], remove: [] };
    });
  },
  changeKey: (id, change) =>
    changeRing(({ keys }) => {
      const before = keys.find((key) => key.id === id);
      return before && { put: [changed(before, change)], remove: [] };
    }),
  removeKey: (id) => changeRing(() => ({ put: [], remove: [id] })),
  async keepKeySet(set) {
    // Of the chunk that the panel has by then, and no other: what two chunks share would load with the panel.
    const { joinSet } = await import('../../core/trust/trust.ts');
    await changeRing(({ keys }) => joinSet(keys, set, 'discovery', now()));
  },
});
