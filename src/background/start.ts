import type { RequestEvent } from '../core/capture/events.ts';
import { createRecorder } from '../core/capture/exchange.ts';
import { ACCESS_KEY, keysOf, PASTES, tabOfOpenKey } from '../core/capture/keys.ts';
import { createLog } from '../core/capture/log.ts';
import type { Message } from '../core/capture/messages.ts';
import { parseRecord } from '../core/capture/parse-record.ts';
import { CLOCK_SLACK, createReconciler } from '../core/capture/reconcile.ts';
import { NO_TAB, NO_TAB_PRIVATE } from '../core/capture/records.ts';
import { parseSettings } from '../core/capture/settings.ts';
import type { Edges, StorageChanges } from './edges.ts';
import { attachMenu, decodeInTab } from './menu.ts';
import { createWriter } from './writer.ts';

/**
 * The background, whole. Attaches every listener before it returns, so that the event which woke the worker is heard;
 * what is heard before storage was read waits for that, in order.
 */
export const start = (edges: Edges): void => {
  const log = createLog();
  const recorder = createRecorder(log, createReconciler());
  const writer = createWriter(log, edges);
  /** The tab of each DevTools that is open, by its `openKey`. */
  const opened = new Map<string, number>();
  /**
   * When each tab's log began anew, by Clear, or by a page where it is not to be preserved: what DevTools tells late of
   * the time before is passed over. It is heard of late on a busy machine, so what was seen leaving since then is not.
   */
  const begun = new Map<number, number>();
  let settings = parseSettings(undefined);
  /** When a pause ended: what DevTools tells late of the time before is passed over too. */
  let resumed = 0;
  let waiting: (() => void)[] | undefined = [];

  const whenReady =
    <T>(task: (event: T) => void) =>
    (event: T): void => {
      if (waiting) waiting.push(() => task(event));
      else task(event);
    };

  /** Handles an event that may change the log. */
  const logging = <T>(task: (event: T) => void): ((event: T) => void) =>
    whenReady((event) => {
      task(event);
      writer.wrote();
    });

  const captures = (tab: number): boolean =>
    !settings.paused && (!settings.onlyWhileOpen || (tab < 0 ? opened.size > 0 : [...opened.values()].includes(tab)));

  const forget = (tab: number, lives: boolean): void => {
    log.forgetTab(tab, lives);
    recorder.forgetTab(tab);
  };

  const startsPage = ({ resource, frame, requestId }: RequestEvent): boolean =>
    resource === 'main_frame' && frame === 0 && !recorder.knows(requestId);

  const changed = (changes: StorageChanges): void => {
    const removed = new Set<string>();
    for (const [key, value] of Object.entries(changes)) {
      if (value === undefined) removed.add(key);
      const tab = tabOfOpenKey(key);
      if (tab === undefined) continue;
      if (value === undefined) opened.delete(key);
      else opened.set(key, tab);
    }
    for (const tab of log.removed(removed)) {
      // The person cleared the log, and sees nothing of it any more: not what was on its way to the panel then either,
      // nor what DevTools tells of when it is over. The counters are written as nought and not removed, which would
      // come back as another Clear and take with it what began meanwhile.
      begun.set(tab, edges.now());
      forget(tab, true);
    }
  };

  const closed = async (tab: number): Promise<void> => {
    forget(tab, false);
    begun.delete(tab);
    const tabs = (await edges.openTabs()).filter(({ id }) => id !== tab);
    const lacks = (isPrivate: boolean): boolean => !tabs.some((open) => open.isPrivate === isPrivate);
    if (lacks(false)) forget(NO_TAB, false);
    if (lacks(true)) forget(NO_TAB_PRIVATE, false);
    writer.wrote();
    const privateKeys = lacks(true)
      ? Object.keys(await edges.session.readAll()).filter((key) => key.startsWith(keysOf('private')))
      : [];
    const openKeys = [...opened].flatMap(([key, of]) => (of === tab ? key : []));
    await edges.session.remove([...openKeys, ...privateKeys]);
  };

  const answer = async (message: Message): Promise<unknown> => {
    if (message.type === 'access') return edges.hasAccess(message.origin);
    // Without access Chromium says that there are none.
    if (message.type === 'cookies') {
      return (await edges.hasAccess(message.url)) ? edges.cookiesFor(message.tab, message.url) : undefined;
    }
    if (message.type === 'decode') return decodeInTab(edges, message.text);
    if (message.type === 'ask_for_access') return edges.openPage('#access');
    const { tab, requests, skipped = 0, binary = 0 } = message;
    const since = Math.max(begun.get(tab) ?? 0, resumed);
    if (captures(tab)) {
      for (const request of requests) {
        if (request.start >= since || recorder.expects(tab, request, since)) recorder.witnessed(tab, request);
      }
      if (skipped + binary > 0) log.count(tab, { skipped, binary });
    }
    // Answered once it is written: a sender that hears nothing sends again.
    return writer.flushed();
  };

  edges.onRequest(
    logging((event) => {
      if (startsPage(event) && !settings.preserveLog) {
        forget(event.tab, true);
        begun.set(event.tab, event.at - CLOCK_SLACK);
      }
      if (captures(event.tab)) recorder.request(event);
    }),
  );
  edges.onResponse(
    logging((event) => {
      if (captures(event.tab) || recorder.knows(event.requestId)) recorder.response(event);
    }),
  );
  edges.onFailure(logging(recorder.failure));
  edges.onTabClosed(whenReady((tab) => void closed(tab)));
  edges.onDevToolsClosed((key) => {
    if (tabOfOpenKey(key) !== undefined) void edges.session.remove([key]);
  });
  edges.session.onChanged(logging(changed));
  edges.settings.onChanged(
    whenReady((stored) => {
      const { paused } = settings;
      settings = parseSettings(stored);
      if (paused && !settings.paused) resumed = edges.now();
    }),
  );
  edges.onMessage(
    (message) => new Promise((resolve, reject) => whenReady(() => answer(message).then(resolve, reject))(undefined)),
  );
  edges.onAccessChanged(() => void edges.session.write({ [ACCESS_KEY]: edges.now() }));
  attachMenu(edges);

  const wake = async (): Promise<void> => {
    const [stored, storedSettings] = await Promise.all([edges.session.readAll(), edges.settings.read()]);
    settings = parseSettings(storedSettings);
    const entries = Object.entries(stored);
    for (const [key] of entries) {
      const tab = tabOfOpenKey(key);
      if (tab !== undefined) opened.set(key, tab);
    }
    // Handed over by a background before this one: the page was closed before it took them, or has them by now.
    void edges.session.remove(Object.keys(stored).filter((key) => key.startsWith(PASTES)));
    log.load(entries.flatMap(([key, value]) => parseRecord(key, value) ?? []));
    recorder.resume();
  };
  const go = (): void => {
    const tasks = waiting ?? [];
    waiting = undefined;
    for (const task of tasks) task();
  };
  // Storage that cannot be read must not silence the capture.
  wake().then(go, go);
};
