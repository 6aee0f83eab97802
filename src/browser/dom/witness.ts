import type { WitnessedRequest } from '../../core/capture/events.ts';
import { openKey } from '../../core/capture/keys.ts';
import { MAX_WITNESSED, type Message } from '../../core/capture/messages.ts';
import { send } from '../messages.ts';
import { stay } from '../presence.ts';
import { subscribe } from '../subscribe.ts';
import { witnessBodies } from './body-witness.ts';
import { type Entry, left, witnessedOf } from './har-entry.ts';
import { inspectedTab } from './inspected.ts';

/**
 * Requests that finish together are told together, since each telling is a write; the panel should show them within 100 ms
 * all the same.
 */
const GATHER_MS = 50;
/** Characters of the tokens in one message. */
const MAX_LENGTH = 4 * 1024 * 1024;
/** A background stopped in the middle of a message is woken by the next one. */
const MAX_ATTEMPTS = 5;

type Told = Omit<Extract<Message, { readonly type: 'witnessed' }>, 'type' | 'tab'>;

const tell = async (tab: number, told: Told, attempt = 1): Promise<void> => {
  try {
    await send({ type: 'witnessed', tab, ...told });
  } catch {
    if (attempt < MAX_ATTEMPTS) await tell(tab, told, attempt + 1);
  }
};

/** The requests in messages that are not too long for anybody. */
const parted = (requests: readonly WitnessedRequest[]): readonly (readonly WitnessedRequest[])[] => {
  const parts: WitnessedRequest[][] = [[]];
  let length = 0;
  for (const request of requests) {
    length += (request.bodies ?? []).reduce((sum, { compact }) => sum + compact.length, 0);
    if (parts.at(-1)?.length === MAX_WITNESSED || length > MAX_LENGTH) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(request);
  }
  return parts;
};

/** Tells the background of every request that DevTools sees, of what their bodies hold, and that DevTools is open. */
export const witness = async (): Promise<void> => {
  const page = `d${crypto.randomUUID()}`;
  let gathered: WitnessedRequest[] = [];
  let unread = { skipped: 0, binary: 0 };
  let isDue = false;
  let told = 0;
  const tab = inspectedTab();

  const flush = async (): Promise<void> => {
    const [requests, counted] = [gathered, unread];
    gathered = [];
    unread = { skipped: 0, binary: 0 };
    isDue = false;
    for (const [index, part] of parted(requests).entries()) {
      await tell(await tab, { requests: part, ...(index === 0 && counted) });
    }
  };
  const soon = (): void => {
    if (!isDue) setTimeout(flush, GATHER_MS);
    isDue = true;
  };
  const gather = (request: WitnessedRequest): void => {
    gathered.push(request);
    soon();
  };
  const look = witnessBodies({
    again: gather,
    unread(why) {
      unread[why] += 1;
      soon();
    },
  });
  subscribe(chrome.devtools.network.onRequestFinished, (entry: Entry) => {
    if (!left(entry)) return;
    told += 1;
    const request = witnessedOf(entry, `${page}-${told}`);
    gather(request);
    look(entry, request);
  });

  const inspected = await tab;
  await stay(() => openKey(inspected, crypto.randomUUID()));
};
