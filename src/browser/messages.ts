import type { Edges } from '../background/edges.ts';
import { type Message, parseMessage } from '../core/capture/messages.ts';
import { browser } from './api.ts';

/**
 * Answers messages of our own pages; any other sender or shape gets no answer. By callback and not by promise, which
 * Chromium takes from a listener only since lately.
 */
export const onMessage: Edges['onMessage'] = (answer) => {
  const listener = (
    data: unknown,
    sender: chrome.runtime.MessageSender,
    respond: (response?: unknown) => void,
  ): boolean => {
    const message = sender.id === browser.runtime.id ? parseMessage(data) : undefined;
    if (!message) return false;
    answer(message).then(respond, () => respond());
    return true;
  };
  chrome.runtime.onMessage.addListener(listener);
  return () => chrome.runtime.onMessage.removeListener(listener);
};

/** Gives the background's answer; rejects when it was stopped before it answered. */
export const send = (message: Message): Promise<unknown> => browser.runtime.sendMessage(message);
