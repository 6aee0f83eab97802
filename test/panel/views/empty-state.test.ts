// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import { tabRecord } from '../records.ts';
import { all, click, named, open, text, texts, the, until } from '../screen.ts';

test('says what will appear, and that no request was seen', async () => {
  await open();
  await until(() => expect(text('.empty h1')).toBe('No token yet'));
  expect(texts('.reasons li')).toEqual(['No request has been seen in this tab yet. Reload the page or use it.']);
  expect(text('.empty')).toContain('Nothing is sent anywhere');
});

test('says what was seen instead of tokens', async () => {
  const { fake } = await open();
  await act(() => fake.put(tabRecord({ requests: 1 })));
  expect(text('.reasons')).toBe('Nothing token-shaped in 1 request so far.');
  await act(() => fake.put(tabRecord({ requests: 1234, opaque: 2 })));
  expect(text('.reasons')).toMatch(
    /^Nothing token-shaped in 1,234 requests so far\. 2 requests with an opaque credential: .*not.* decoded\.$/,
  );
});

test('paused: says so, and resumes', async () => {
  const { fake } = await open({ settings: { paused: true } });
  expect(text('.reasons')).toContain('Capturing is paused.');
  await click(the('.reasons button'));
  expect(fake.settings().paused).toBe(false);
  expect(text('.reasons')).not.toContain('paused');
});

test('without access: says what is missing, and asks for it', async () => {
  const { fake } = await open({ granted: false });
  expect(text('.reasons')).toContain('no access to this site');
  await click(the('.reasons button'));
  expect(fake.asked()).toBe(1);
  expect(text('.reasons')).not.toContain('no access');
});

test('a sample is one click away', async () => {
  await open();
  await click(named('Show a sample'));
  await until(() => expect(all('[role=option]')).toHaveLength(1));
  await until(() => expect(text('section.detail')).toContain('http://example.com/is_root'));
  expect(text('section.detail h1')).toContain('expired');
});

test("the extension's own page captures nothing and says what it is for", async () => {
  await open({ captures: false });
  expect(text('.empty h1')).toBe('Decode a JSON Web Token');
  expect(all('.reasons')).toEqual([]);
  expect(document.body.textContent).not.toContain('Preserve log');
  await click(named('Paste a token'));
  await until(() => the('dialog[open]'));
});

test('the page that only asks for access asks for it', async () => {
  const { fake } = await open({ captures: false, accessPage: true });
  expect(text('.empty h1')).toBe('Site access for Claimcheck');
  await click(named('Grant site access'));
  expect(fake.asked()).toBe(1);
});
