import { parseSettings } from '../../core/capture/settings.ts';
import { joinSeen, mayHoldKeys } from '../../core/trust/seen-keys.ts';
import { settings } from '../settings.ts';
import { changeRing } from './change-ring.ts';
import type { Entry } from './key-witness.ts';

/** ms; a body that DevTools lost is not to hold up the next. */
const MAX_WAIT = 5_000;

/**
 * A response's body; '' where the browser does not have it. By callback, which both know: Chromium gives content and
 * encoding, Firefox content and type, and tells of base64 in the entry alone.
 */
export const bodyOf = (entry: Entry): Promise<string> =>
  new Promise((resolve) => {
    setTimeout(resolve, MAX_WAIT, '');
    entry.getContent((content: unknown, encoding: unknown) => {
      if (typeof content !== 'string') return resolve('');
      if (encoding !== 'base64' && entry.response.content.encoding !== 'base64') return resolve(content);
      try {
        resolve(new TextDecoder().decode(Uint8Array.fromBase64(content)));
      } catch {
        resolve('');
      }
    });
  });

/** Has the keys join the ring that are in the body of a response, unless capture is paused. */
export const takeSeen = async (url: string, text: string): Promise<void> => {
  if (!mayHoldKeys(text) || parseSettings(await settings.read()).paused) return;
  await changeRing(({ keys, documents }) => joinSeen(keys, documents, { url, text }, Date.now()));
};
