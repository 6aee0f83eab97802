import { afterEach, describe, expect, it, vi } from 'vitest';
import { saveSettings } from '../../src/browser/settings.ts';

describe('saveSettings', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('loses neither of two changes at once', async () => {
    let stored: Record<string, unknown> = {};
    let last: Promise<unknown> = Promise.resolve();
    const request = (_name: string, task: () => Promise<unknown>) => {
      last = last.then(task);
      return last;
    };
    const local = {
      get: async () => stored,
      set: async (items: Record<string, unknown>) => {
        stored = { ...stored, ...items };
      },
    };
    vi.stubGlobal('chrome', { storage: { local } });
    vi.stubGlobal('navigator', { locks: { request } });
    await Promise.all([saveSettings({ paused: true }), saveSettings({ leeway: 30 })]);
    expect(stored.settings).toMatchObject({ paused: true, leeway: 30 });
  });
});
