import { isText } from '../../capture/body-type.ts';
import { joinSeen, mayHoldKeys, type SeenBody } from '../../trust/seen-keys.ts';
import type { RingKey } from '../../trust/signature.ts';
import type { HarEntry } from './har-entry.ts';

/** Characters; nobody's keys take as much. */
const MAX_BODY = 1_048_576;

/** The keys that stand in a file's responses, as they would have joined the ring in the traffic itself. */
export interface SeenKeys {
  look(entry: HarEntry, at: number): void;
  /** Joins what was looked at; gives all keys where they changed. */
  join(): Promise<readonly RingKey[] | undefined>;
}

/** A key set or a discovery document, which nobody answers but with 200 to a GET (RFC 8414 section 3, OpenID Connect Discovery). */
const bodyOf = ({ method, status, url, got, fromServiceWorker }: HarEntry): SeenBody | undefined => {
  if (!got || method !== 'GET' || status !== 200 || fromServiceWorker) return;
  if (got.text.length > MAX_BODY || !isText(got.mimeType, url)) return;
  return mayHoldKeys(got.text) ? { url, text: got.text } : undefined;
};

export const createSeenKeys = (): SeenKeys => {
  const ring = new Map<string, RingKey>();
  let documents: Parameters<typeof joinSeen>[1] = [];
  let seen: { readonly body: SeenBody; readonly at: number }[] = [];
  return {
    look(entry, at) {
      const body = bodyOf(entry);
      if (body) seen.push({ body, at });
    },
    async join() {
      let isChanged = false;
      for (const { body, at } of seen) {
        const change = await joinSeen([...ring.values()], documents, body, at);
        if (!change) continue;
        isChanged = true;
        documents = change.documents ?? documents;
        for (const key of change.put) ring.set(key.id, key);
        for (const id of change.remove) ring.delete(id);
      }
      seen = [];
      return isChanged ? [...ring.values()] : undefined;
    },
  };
};
