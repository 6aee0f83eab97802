import { afterEach, describe, expect, it, vi } from 'vitest';
import { hasAccess } from '../../src/browser/permissions.ts';

describe('hasAccess', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it.each([
    ['https://app.test', 'https://app.test/*'],
    ['http://localhost:3000', 'http://localhost/*'],
    ['null', '<all_urls>'],
    ['file://', '<all_urls>'],
  ])('asks of %s by the pattern %s', async (origin, pattern) => {
    const contains = vi.fn(async () => true);
    vi.stubGlobal('chrome', { permissions: { contains } });
    expect(await hasAccess(origin)).toBe(true);
    expect(contains).toHaveBeenCalledWith({ origins: [pattern] });
  });
});
