import { parseSettings } from '../../core/capture/settings.ts';
import { textOf } from '../../core/capture/text-of.ts';
import { joinSeen, mayHoldKeys } from '../../core/trust/seen-keys.ts';
import { settings } from '../settings.ts';
import type { Content } from './body-of.ts';
import { changeRing } from './change-ring.ts';

/** Has the keys join the ring that are in the body of a response, unless capture is paused. */
export const takeSeen = async (url: string, { content, base64 }: Content): Promise<void> => {
  const text = textOf(content, base64);
  if (!mayHoldKeys(text) || parseSettings(await settings.read()).paused) return;
  await changeRing(({ keys, documents }) => joinSeen(keys, documents, { url, text }, Date.now()));
};
