import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onMessage } from '../../src/browser/messages.ts';

type Listener = (data: unknown, sender: { id?: string }, respond: (answer?: unknown) => void) => boolean;

describe('onMessage', () => {
  const listeners = new Set<Listener>();
  beforeEach(() => {
    const event = {
      addListener: (it: Listener) => listeners.add(it),
      removeListener: (it: Listener) => listeners.delete(it),
    };
    vi.stubGlobal('chrome', { runtime: { id: 'ours', onMessage: event } });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('answers our own well-formed messages only', async () => {
    const answer = vi.fn(async () => 42);
    const stop = onMessage(answer);
    const [listener] = listeners;
    const respond = vi.fn();
    const message = { type: 'access', origin: 'https://app.test' };
    expect(listener?.(message, { id: 'other' }, respond)).toBe(false);
    expect(listener?.(message, {}, respond)).toBe(false);
    expect(listener?.({ type: 'access' }, { id: 'ours' }, respond)).toBe(false);
    expect(answer).not.toHaveBeenCalled();
    expect(listener?.(message, { id: 'ours' }, respond)).toBe(true);
    await vi.waitFor(() => expect(respond).toHaveBeenCalledWith(42));
    stop();
    expect(listeners.size).toBe(0);
  });
});
