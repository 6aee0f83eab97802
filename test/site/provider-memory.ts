import type { AdapterFactory, AdapterPayload } from 'oidc-provider';

/** As many entries as a day of demonstrations makes; the oldest go first. */
const MAX_ENTRIES = 10_000;

/**
 * What a provider remembers: sessions, grants, tokens. oidc-provider's own memory is one for each Provider, and here the
 * next one, with other keys, is to know what the last one did. Expiry is looked at by whoever finds an entry.
 */
export const createProviderMemory = (): AdapterFactory => {
  const entries = new Map<string, AdapterPayload>();
  return (model) => {
    const prefix = `${model}:`;
    const findBy = async (is: (payload: AdapterPayload) => boolean) =>
      [...entries].find(([key, payload]) => key.startsWith(prefix) && is(payload))?.[1];
    return {
      upsert: async (id, payload) => {
        entries.delete(prefix + id);
        entries.set(prefix + id, payload);
        const [oldest] = entries.keys();
        if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
      },
      find: async (id) => entries.get(prefix + id),
      findByUid: (uid) => findBy((payload) => payload.uid === uid),
      findByUserCode: (code) => findBy((payload) => payload.userCode === code),
      consume: async (id) => {
        const payload = entries.get(prefix + id);
        if (payload) entries.set(prefix + id, { ...payload, consumed: Math.floor(Date.now() / 1000) });
      },
      destroy: async (id) => {
        entries.delete(prefix + id);
      },
      revokeByGrantId: async (grantId) => {
        for (const [key, payload] of entries) if (payload.grantId === grantId) entries.delete(key);
      },
    };
  };
};
