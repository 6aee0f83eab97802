// @vitest-environment happy-dom
/** What stands around the list and the detail: toolbar, splitter, status bar. */
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import { hmacToken } from '../../fixtures/tokens.ts';
import { seen, tabRecord } from '../records.ts';
import { all, click, named, open, press, text, the, until } from '../screen.ts';

const token = hmacToken('secret');
const expired = hmacToken('secret', { payload: { exp: 1_700_000_000 } });

test('the toolbar pauses, resumes, preserves and clears', async () => {
  const { fake } = await open({ records: seen(token) });
  const pause = named('Pause capturing');
  expect(pause.classList).toContain('recording');
  await click(pause);
  expect(fake.settings().paused).toBe(true);
  await click(named('Resume capturing'));
  expect(fake.settings().paused).toBe(false);
  await click(the('.check input'));
  expect(fake.settings().preserveLog).toBe(false);
  await click(named("Clear this tab's log"));
  await until(() => the('main.empty'));
});

test("the extension's own page can be cleared of what was pasted", async () => {
  await open({ captures: false, handedOver: token });
  await until(() => the('[role=option]'));
  await click(named("Clear this tab's log"));
  await until(() => the('main.empty'));
});

test('the splitter moves by its keys, within bounds, and is kept', async () => {
  const { fake } = await open({ records: seen(token), settings: { split: 36 } });
  const splitter = await until(() => named('Size of the token list'));
  expect(splitter.getAttribute('aria-valuenow')).toBe('36');
  await press(splitter, 'ArrowRight');
  await press(splitter, 'ArrowDown');
  expect(fake.settings().split).toBe(44);
  expect(splitter.getAttribute('aria-valuenow')).toBe('44');
  expect(the('main.split').style.getPropertyValue('--split')).toBe('44%');
  for (let times = 0; times < 30; times += 1) await press(splitter, 'ArrowLeft');
  expect(fake.settings().split).toBe(Number(splitter.getAttribute('aria-valuemin')));
  for (let times = 0; times < 30; times += 1) await press(splitter, 'ArrowUp');
  expect(fake.settings().split).toBe(15);
  expect((await press(splitter, 'x')).defaultPrevented).toBe(false);
});

test('the status bar counts what there is and what is missing', async () => {
  const { fake } = await open({
    records: [...seen(token), ...seen(expired), tabRecord({ requests: 1214, opaque: 1, dropped: 3 })],
    granted: false,
  });
  const status = () => text('.status');
  expect(status()).toContain('2 tokens1 expired1,214 requests1 request with an opaque credential3 records dropped');
  expect(status()).toContain('Local only: nothing leaves this device');
  await click(named('No site access'));
  expect(fake.asked()).toBe(1);
  expect(status()).not.toContain('No site access');
  await act(() => fake.drop(...seen(expired)));
  await until(() => expect(status()).toContain('1 token1,214 requests'));
});

test("on the extension's own page there is no traffic to tell of", async () => {
  await open({ captures: false, granted: false, settings: { paused: true } });
  expect(text('.status')).toBe('0 tokensLocal only: nothing leaves this device');
  expect(all('.record')).toEqual([]);
});
