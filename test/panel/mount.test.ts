// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, test, vi } from 'vitest';
import { NOW } from '../fixtures/fake-source.ts';
import { hmacToken } from '../fixtures/tokens.ts';
import { seen } from './records.ts';
import { all, named, open, press, select, text, the, type, until } from './screen.ts';

const token = hmacToken('secret');

test('stands for the source it is given, and leaves nothing behind', async () => {
  const { fake, container, unmount } = await open({ browser: 'firefox', theme: 'dark', records: seen(token) });
  expect(fake.subscriptions()).toBe(5);
  expect(container.lang).toBe('en');
  expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', browser: 'firefox' });
  await act(() => fake.setTheme('light'));
  expect(document.documentElement.dataset.theme).toBe('light');
  await select(0);
  await act(unmount);
  expect(fake.subscriptions()).toBe(0);
  expect(container.childNodes).toHaveLength(0);
  const slash = await press(document.body, '/');
  expect(slash.defaultPrevented).toBe(false);
});

test('two panels live side by side and apart', async () => {
  const one = await open({ records: seen(token) });
  const two = await open();
  expect(one.container.querySelectorAll('[role=option]')).toHaveLength(1);
  expect(two.container.querySelectorAll('[role=option]')).toHaveLength(0);
  await act(() => one.unmount());
  await act(() => two.fake.put(...seen(token)));
  expect(two.container.querySelectorAll('[role=option]')).toHaveLength(1);
});

test('/ goes to the filter, unless one is typing or a dialogue is open', async () => {
  const { fake } = await open({ records: seen(token) });
  const filter = named('Filter tokens');
  expect((await press(document.body, '/')).defaultPrevented).toBe(true);
  expect(document.activeElement).toBe(filter);
  expect((await press(filter, '/')).defaultPrevented).toBe(false);
  expect((await press(document.body, '/', { ctrlKey: true })).defaultPrevented).toBe(false);
  await act(() => named('Paste').click());
  await until(() => the('dialog'));
  expect((await press(document.body, '/')).defaultPrevented).toBe(false);
  expect(fake.subscriptions()).toBe(5);
});

test('the filter narrows the list; Escape empties it, then goes back to the list', async () => {
  await open({ records: [...seen(token), ...seen(hmacToken('secret', { payload: { sub: 'bob' } }))] });
  const filter = named('Filter tokens');
  filter.focus();
  await type(filter, 'sub:bob');
  expect(all('[role=option]')).toHaveLength(1);
  expect(text('.status')).toContain('1 of 2 tokens');
  await type(filter, 'sub:nobody');
  expect(text('[role=listbox]')).toBe('No token passes the filter.');
  await press(filter, 'Escape');
  expect(filter).toHaveProperty('value', '');
  expect(all('[role=option]')).toHaveLength(2);
  expect(document.activeElement).toBe(filter);
  await press(filter, 'Escape');
  expect(document.activeElement).toBe(named('Tokens'));
});

test('a filter on the state of a token follows the clock', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let now = NOW;
  const dying = hmacToken('secret', { payload: { sub: 'a', iat: now / 1000 - 600, exp: now / 1000 + 1 } });
  await open({ records: seen(dying), now: () => now });
  await type(named('Filter tokens'), 'is:expired');
  expect(all('[role=option]')).toHaveLength(0);
  now += 2000;
  await act(() => void vi.advanceTimersByTime(2000));
  expect(all('[role=option]')).toHaveLength(1);
  expect(text('.status')).toContain('1 expired');
  vi.useRealTimers();
});
