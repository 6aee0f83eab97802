import * as v from 'valibot';
import { digest } from '../../core/capture/digest.ts';
import { keysOf } from '../../core/capture/keys.ts';
import type { RingKey } from '../../core/trust/signature.ts';
import type { PanelSource } from '../../panel/source.ts';
import { isPrivate } from '../privacy.ts';
import { session } from '../session.ts';
import { readSession } from './read-session.ts';

const schema = v.object({
  id: v.string(),
  text: v.string(),
  provenance: v.picklist(['given', 'discovery', 'traffic', 'token']),
  issuer: v.string(),
  addedAt: v.pipe(v.number(), v.finite()),
});

const parse = (stored: unknown): RingKey | undefined => {
  const { success, output } = v.safeParse(schema, stored);
  return success ? output : undefined;
};

/**
 * The key ring in memory, shared by all panels and pages of the same privacy.
 * @param now ms since the epoch
 */
export const keyRing = (now: () => number): Pick<PanelSource, 'watchKeys' | 'addKey' | 'removeKey'> => {
  const prefix = keysOf(isPrivate() ? 'private' : 'normal');
  return {
    watchKeys(listener) {
      const ring = new Map<string, RingKey | undefined>();
      let stopped = false;
      const tell = (): void => {
        const keys = [...ring.values()].filter((key) => key !== undefined);
        if (!stopped) listener(keys.toSorted((a, b) => a.addedAt - b.addedAt));
      };
      /** Not `Object.entries`: of what is stored thousands are records, and a few are keys. */
      const take = (stored: Readonly<Record<string, unknown>>, isNewer: boolean): boolean => {
        let taken = false;
        for (const key of Object.keys(stored)) {
          if (!key.startsWith(prefix) || (ring.has(key) && !isNewer)) continue;
          ring.set(key, parse(stored[key]));
          taken = true;
        }
        return taken;
      };
      const stop = session.onChanged((changes) => {
        if (take(changes, true)) tell();
      });
      void readSession().then((stored) => {
        take(stored, false);
        tell();
      });
      return () => {
        stopped = true;
        stop();
      };
    },
    async addKey(text, issuer) {
      const key: RingKey = { id: await digest(text), text, provenance: 'given', issuer, addedAt: now() };
      await session.write({ [`${prefix}${key.id}`]: key });
    },
    removeKey: (id) => session.remove([`${prefix}${id}`]),
  };
};
