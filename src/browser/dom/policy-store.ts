import { keysOf } from '../../core/capture/keys.ts';
import { MAX_POLICIES, POLICIES, parsePolicies, storedPolicy } from '../../core/judge/parse-policy.ts';
import type { PanelSource } from '../../panel/source.ts';
import { browser } from '../api.ts';
import { isPrivate } from '../privacy.ts';
import { readUnder } from '../read-under.ts';
import { session } from '../session.ts';
import { subscribe } from '../subscribe.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * The APIs that a private window visits must not be told by the disk, so its policies stand in memory, where they go with
 * the last private window, over those of the disk.
 */
const OVERLAY = `${keysOf('private')}${POLICIES}`;

/** What begins with `prefix`, by its key on disk. */
const under = (prefix: string, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[`${POLICIES}${key.slice(prefix.length)}`, value]] : [],
    ),
  );

const readDisk = async (): Promise<Values> => under(POLICIES, await browser.storage.local.get(null));
const readOverlay = async (): Promise<Values> => (isPrivate() ? under(OVERLAY, await readUnder(OVERLAY)) : {});

/** Of two changes at once, in one page or in two, the second begins where the first has ended. */
const inTurn = (task: () => Promise<void>): Promise<void> => navigator.locks.request(POLICIES, task);

/** Tells all of them, now and at each change. */
export const watchPolicies: PanelSource['watchPolicies'] = (listener) => {
  let asked = 0;
  const tell = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    // A disk that cannot be read must not hide what is in memory.
    const [disk, overlay] = await Promise.all([readDisk().catch(() => ({})), readOverlay()]);
    // What was asked for later is told later, or has been.
    if (mine === asked) listener(parsePolicies({ ...disk, ...overlay }));
  };
  const onChange = (prefix: string) => (changes: Values) => {
    if (Object.keys(changes).some((key) => key.startsWith(prefix))) void tell();
  };
  const stops = [
    subscribe(browser.storage.local.onChanged, onChange(POLICIES)),
    ...(isPrivate() ? [session.onChanged(onChange(OVERLAY))] : []),
  ];
  void tell();
  return () => {
    asked = Number.POSITIVE_INFINITY;
    for (const stop of stops) stop();
  };
};

/** In place of what its origin had, readable or not. Rejects over quota, and when there are too many. */
export const savePolicy: PanelSource['savePolicy'] = (policy) =>
  inTurn(async () => {
    const key = `${POLICIES}${policy.origin}`;
    const stored = { ...(await readDisk()), ...(await readOverlay()) };
    if (!Object.hasOwn(stored, key) && Object.keys(stored).length >= MAX_POLICIES)
      throw new Error('There are too many policies.');
    if (isPrivate()) await session.write({ [`${OVERLAY}${policy.origin}`]: storedPolicy(policy) });
    else await browser.storage.local.set({ [key]: storedPolicy(policy) });
  });

/** Of a private window the one in memory, and where there is none the one on disk, which is told nothing by losing it. */
export const removePolicy: PanelSource['removePolicy'] = (origin) =>
  inTurn(async () => {
    const isOverlaid = Object.hasOwn(await readOverlay(), `${POLICIES}${origin}`);
    if (isOverlaid) await session.remove([`${OVERLAY}${origin}`]);
    else await browser.storage.local.remove([`${POLICIES}${origin}`]);
  });
