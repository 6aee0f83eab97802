import { afterEach, expect, test, vi } from 'vitest';
import { createAes192 } from '../../../src/core/trust/aes-192.ts';

afterEach(() => vi.restoreAllMocks());

test.each(['AES-KW', 'AES-GCM', 'AES-CBC'] as const)('%s is asked for once', async (mode) => {
  const importKey = vi.spyOn(crypto.subtle, 'importKey');
  const takes192 = createAes192();
  expect(await Promise.all([takes192(mode), takes192(mode)])).toEqual([true, true]);
  expect(importKey).toHaveBeenCalledOnce();
});

test('a browser that throws has none', async () => {
  vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('', 'OperationError'));
  expect(await createAes192()('AES-GCM')).toBe(false);
});
