// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import { NOW } from '../../fixtures/fake-source.ts';
import { compact, hmacToken } from '../../fixtures/tokens.ts';
import { exchangeRecord, seen, sightingRecord } from '../records.ts';
import { all, click, named, open, press, text, texts, the, until } from '../screen.ts';

const subs = Array.from({ length: 30 }, (_, index) => `user${index}`);
const tokens = subs.map((sub) => hmacToken('secret', { payload: { sub } }));
/** user0 is the newest. */
const records = tokens.flatMap((token, index) => seen(token, { start: NOW - index }));

const selected = () => texts('.row[aria-selected=true] .name');

test('is a listbox of options that know their place', async () => {
  await open({ records });
  const list = named('Tokens');
  expect(list.getAttribute('role')).toBe('listbox');
  const [first, second] = all('[role=option]');
  expect(first?.textContent).toContain('Access token · user0');
  expect(first?.getAttribute('aria-setsize')).toBe('30');
  expect(first?.getAttribute('aria-posinset')).toBe('1');
  expect(second?.getAttribute('aria-posinset')).toBe('2');
});

test('a row says what it is, about whom, how long it lives, and where it goes', async () => {
  const payload = { iss: 'https://login.test', sub: 'alice', iat: NOW / 1000 - 60, exp: NOW / 1000 + 272 };
  const live = hmacToken('secret', { payload });
  await open({
    records: [...seen(live, { id: 'x1', status: 401 }), exchangeRecord('x2'), sightingRecord(live, 'x2')],
  });
  await until(() => expect(text('[role=option] .spoken')).toBe('no key,'));
  expect(text('[role=option] .time')).toBe('4:32');
  expect(text('[role=option] .more')).toContain('HS256 · login.test → api.test · 2 requests');
  expect(text('[role=option] .more')).toContain('1 × refused');
});

test('hostile names are shown for what they are', async () => {
  const hostile = compact({ alg: 'HS256\u202e' }, { sub: '<img src=x>\u202egnp', iss: '\u200b' }, 'c2ln');
  await open({ records: seen(hostile) });
  expect(text('[role=option] .name')).toBe('Access token · <img src=x>\\u202Egnp');
  expect(text('[role=option] .more')).toContain('HS256\\u202E · \\u200B → api.test');
  expect(all('img')).toEqual([]);
});

test('the keys of a list move, open and leave', async () => {
  const { fake } = await open({ records });
  const list = named('Tokens');
  const keys: readonly (readonly [key: string, expected: string])[] = [
    ['ArrowDown', 'user0'],
    ['ArrowDown', 'user1'],
    ['ArrowUp', 'user0'],
    ['ArrowUp', 'user0'],
    ['PageDown', 'user9'],
    ['PageDown', 'user18'],
    ['PageUp', 'user9'],
    ['End', 'user29'],
    ['ArrowDown', 'user29'],
    ['Home', 'user0'],
  ];
  for (const [key, expected] of keys) {
    expect((await press(list, key)).defaultPrevented).toBe(true);
    expect(selected(), key).toEqual([`Access token · ${expected}`]);
    expect(list.getAttribute('aria-activedescendant')).toBe(the('.row[aria-selected=true]').id);
  }
  await until(() => the('section.detail[tabindex]'));
  await press(list, 'Enter');
  expect(document.activeElement).toBe(named('Token'));
  await press(named('Token'), 'Escape');
  expect(document.activeElement).toBe(list);

  await press(list, 'c', { ctrlKey: true });
  expect(fake.copied).toEqual([tokens[0]]);
  expect(text('.notice')).toBe('Token copied.');

  await press(list, 'Escape');
  expect(selected()).toEqual([]);
  expect(text('section.detail p')).toBe('Select a token to see what it says.');
  // With nothing left to leave, keys belong to whoever stands above.
  expect((await press(list, 'Escape')).defaultPrevented).toBe(false);
  expect((await press(list, 'c', { ctrlKey: true })).defaultPrevented).toBe(false);
  expect((await press(list, 'x')).defaultPrevented).toBe(false);
});

test('says when the browser does not let it copy', async () => {
  await open({ records, copies: false });
  await press(named('Tokens'), 'End');
  await press(named('Tokens'), 'c', { metaKey: true });
  expect(text('.notice')).toBe('The browser did not allow copying.');
});

test('a click selects; what comes in later does not move the selection', async () => {
  const { fake } = await open({ records });
  await click(the('[role=option] b'));
  expect(selected()).toEqual(['Access token · user0']);
  await act(() => fake.put(...seen(hmacToken('secret', { payload: { sub: 'late' } }), { start: NOW + 1 })));
  expect(texts('[role=option] .name')[0]).toBe('Access token · late');
  expect(selected()).toEqual(['Access token · user0']);
});

test('of 10,000 tokens only the rows in sight are in the document, wherever one looks', async () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    seen(compact({ alg: 'HS256' }, { sub: `u${index}` }, 'c2ln'), { start: NOW - index }),
  );
  const { fake } = await open();
  await act(() => fake.put(...many.flat()));
  await until(() => expect(text('.status')).toContain('10,000 tokens'));
  const rows = () => all('[role=option]').length;
  expect(rows()).toBeLessThan(60);
  const list = named('Tokens');
  await press(list, 'End');
  await act(() => void list.dispatchEvent(new Event('scroll')));
  expect(rows()).toBeLessThan(60);
  expect(the('.row[aria-selected=true]').getAttribute('aria-posinset')).toBe('10000');
  expect(selected()).toEqual(['Access token · u9999']);
  await act(() => {
    list.scrollTop = 45 * 5000;
    list.dispatchEvent(new Event('scroll'));
  });
  const places = all('[role=option]').map((row) => Number(row.getAttribute('aria-posinset')));
  expect(places).toContain(5001);
  expect(places).toContain(5011);
  expect(rows()).toBeLessThan(60);
  // Nothing points to a row that is not there.
  expect(list.hasAttribute('aria-activedescendant')).toBe(false);
}, 20_000);
