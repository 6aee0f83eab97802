import { digest } from '../../core/capture/digest.ts';
import type { RingKey } from '../../core/trust/signature.ts';
import type { KeyChange, PanelSource } from '../../panel/source.ts';
import { changeRing } from './change-ring.ts';

/** Characters: what a key box reads (MAX_KEY_TEXT in trust/read-key.ts), and storage has room for beside the log. */
const MAX_GIVEN = 1_048_576;
/** A person gives a handful; each is tried on every token that names no key. */
const MAX_GIVEN_KEYS = 500;
/** Characters of a name, which stands in one line. */
const MAX_NAME = 200;

type Verbs = 'addKey' | 'changeKey' | 'removeKey' | 'keepKeySet';

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

/**
 * What changes the key ring; apart from what watches it, since the panel opens without it.
 * @param now ms since the epoch
 */
export const ringVerbs = (now: () => number): Pick<PanelSource, Verbs> => ({
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
    // Out of the chunk that the panel has by then.
    const { joinSet } = await import('../../core/trust/trust.ts');
    await changeRing(({ keys }) => joinSet(keys, set, 'discovery', now()));
  },
});
