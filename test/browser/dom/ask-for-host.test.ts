import { afterEach, expect, test, vi } from 'vitest';
import { askForHost } from '../../../src/browser/dom/ask-for-host.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const stub = (answer: () => Promise<boolean>) => {
  const request = vi.fn(answer);
  vi.stubGlobal('chrome', { permissions: { request } });
  return request;
};

test('asks for the host in the same turn as the click; patterns take no port', async () => {
  const request = stub(async () => true);
  const asked = askForHost('http://localhost:3000/keys');
  expect(request.mock.calls).toEqual([[{ origins: ['http://localhost/*'] }]]);
  expect(await asked).toBe(true);
});

test('a person who declines has declined', async () => {
  stub(async () => false);
  expect(await askForHost('https://login.test/keys')).toBe(false);
});

test('where nobody can tell the server decides', async () => {
  stub(() => Promise.reject(new Error('This function must be called during a user gesture')));
  expect(await askForHost('https://login.test/keys')).toBe(true);
  vi.stubGlobal('chrome', {});
  expect(await askForHost('https://login.test/keys')).toBe(true);
});

test('what has no host needs none', async () => {
  const request = stub(async () => false);
  expect(await askForHost('no address')).toBe(true);
  expect(await askForHost('file:///etc/passwd')).toBe(true);
  expect(request).not.toHaveBeenCalled();
});
