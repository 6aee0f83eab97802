import * as v from 'valibot';
import { keysOf } from '../../core/capture/keys.ts';
import { digest } from '../../core/capture/token-id.ts';
import type { GivenKey } from '../../core/trust/signature.ts';
import type { PanelSource } from '../../panel/source.ts';
import { isPrivate } from '../privacy.ts';
import { session } from '../session.ts';

const schema = v.object({
  id: v.string(),
  text: v.string(),
  provenance: v.picklist(['given', 'discovery', 'traffic', 'token']),
  issuer: v.string(),
  addedAt: v.pipe(v.number(), v.finite()),
});

const parse = (stored: unknown): GivenKey | undefined => {
  const { success, output } = v.safeParse(schema, stored);
  return success ? output : undefined;
};

/**
 * The key ring in memory, shared by all panels and pages of the same privacy.
 * @param now ms since the epoch
 */
export const givenKeys = (now: () => number): Pick<PanelSource, 'watchKeys' | 'addKey' | 'removeKey'> => {
  const prefix = keysOf(isPrivate() ? 'private' : 'normal');
  return {
    watchKeys(listener) {
      let stopped = false;
      const tell = async (): Promise<void> => {
        const stored = await session.readAll();
        const keys = Object.entries(stored).flatMap(([key, value]) =>
          key.startsWith(prefix) ? (parse(value) ?? []) : [],
        );
        if (!stopped) listener(keys.toSorted((a, b) => a.addedAt - b.addedAt));
      };
      const stop = session.onChanged((changes) => {
        if (Object.keys(changes).some((key) => key.startsWith(prefix))) void tell();
      });
      void tell();
      return () => {
        stopped = true;
        stop();
      };
    },
    async addKey(text, issuer) {
      const key: GivenKey = { id: digest(text), text, provenance: 'given', issuer, addedAt: now() };
      await session.write({ [`${prefix}${key.id}`]: key });
    },
    removeKey: (id) => session.remove([`${prefix}${id}`]),
  };
};
