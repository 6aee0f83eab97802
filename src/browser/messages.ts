import browser from 'webextension-polyfill';
import type { Edges } from '../background/edges.ts';
import { type Message, parseMessage } from '../core/capture/messages.ts';

/** Answers messages of our own pages; any other sender or shape gets no answer. */
export const onMessage: Edges['onMessage'] = (answer) => {
  const listener = (data: unknown, sender: { readonly id?: string }): Promise<unknown> | undefined => {
    const message = sender.id === browser.runtime.id ? parseMessage(data) : undefined;
    return message && answer(message);
  };
  browser.runtime.onMessage.addListener(listener);
  return () => browser.runtime.onMessage.removeListener(listener);
};

/** Gives the background's answer; rejects when it was stopped before it answered. */
export const send = (message: Message): Promise<unknown> => browser.runtime.sendMessage(message);
