// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import { NOW } from '../../fixtures/fake-source.ts';
import { compact, encodeSegment, hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { idOf, seen } from '../records.ts';
import { all, click, named, open, press, select, text, texts, the, type, until } from '../screen.ts';

const iat = NOW / 1000;
const common = { iss: 'https://login.test', sub: 'alice', aud: 'api' };
const older = hmacToken(SECRET, {
  header: { kid: 'a1' },
  payload: { ...common, iat, exp: iat + 300, scope: 'openid', realm_access: { roles: ['user', 'tester'] } },
});
const newer = hmacToken(SECRET, {
  header: { kid: 'b2' },
  payload: {
    ...common,
    iat: iat + 300,
    exp: iat + 3900,
    scope: 'openid',
    realm_access: { roles: ['admin', 'user'] },
    org: '\u202eevil',
  },
});
const stranger = hmacToken(SECRET, { payload: { iss: 'https://other.test', sub: 'bob', scope: 'x' } });
/** In the list: the newer one, the older one, the stranger. */
const records = [...seen(newer), ...seen(older, { start: NOW - 1000 }), ...seen(stranger, { start: NOW - 2000 })];

const compare = async (row = 0) => {
  const screen = await open({ records });
  await select(row);
  await click(named('Compare…'));
  await until(() => the('dialog .sentences'));
  return screen;
};
const chosen = () => all('dialog select').map((element) => (element instanceof HTMLSelectElement ? element.value : ''));
/** The n-th list of tokens. */
const list = (index: number) => all('dialog select')[index] ?? document.body;
const rows = (name: string) =>
  [...the(`dialog [aria-label=${name}]`).querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim() ?? ''),
  );
const inDialog = (name: string) => {
  const found = all('dialog button').find((button) => button.textContent === name);
  if (!found) throw new Error(`no button ${name}`);
  return found;
};

test('puts the token beside the one that it most likely replaced, the older one to the left', async () => {
  await compare();
  expect(text('dialog h1')).toBe('Compare two tokens');
  expect(chosen()).toEqual([idOf(older), idOf(newer)]);
  expect(all('dialog option').map((option) => option.textContent)).toContain(
    `${new Date(NOW - 2000).toTimeString().slice(0, 8)} · Access token · bob · other.test`,
  );
});

test('tells time, key and size in sentences', async () => {
  await compare();
  const [time, key, size] = texts('dialog .sentences p');
  expect(time).toBe(
    'The right one was issued 5 min later. The right one lives 55 min longer: 1 h instead of 5 min. The right one expires 1 h later.',
  );
  expect(key).toBe('Another key is named: kid a1 → b2.');
  expect(size).toBe(`Length in characters: ${older.length} and ${newer.length}.`);
});

test('says what came, went and changed, by sign and word, and hides what stayed', async () => {
  await compare();
  expect(rows('Header')).toEqual([['≠ changed', 'kid', 'a1', 'b2']]);
  expect(rows('Payload')).toEqual([
    ['≠ changed', 'iat', `${iat}`, `${iat + 300} 5 min later`],
    ['≠ changed', 'exp', `${iat + 300}`, `${iat + 3900} 1 h later`],
    ['≠ changed', 'realm_access.roles', 'only here: tester', 'only here: admin'],
    ['+ added', 'org', '', '\\u202Eevil'],
  ]);
  await click(named('Unchanged too (6)'));
  expect(rows('Payload').filter(([change]) => change === '= same')).toHaveLength(4);
  expect(rows('Header')[0]).toEqual(['= same', 'alg', 'HS256', 'HS256']);
});

test('either side can be another token, and both can change places', async () => {
  await compare();
  await click(inDialog('Swap'));
  expect(chosen()).toEqual([idOf(newer), idOf(older)]);
  expect(texts('dialog .sentences p')[0]).toContain('The right one lives 55 min less: 5 min instead of 1 h.');
  expect(rows('Payload').at(-1)).toEqual(['− removed', 'org', '\\u202Eevil', '']);
  await type(list(0), idOf(stranger));
  expect(chosen()).toEqual([idOf(stranger), idOf(older)]);
  expect(texts('dialog .sentences p')[0]).toBe('The left one has no exp.');
  await type(list(0), idOf(older));
  expect(texts('dialog .sentences p').at(-1)).toBe('Both are the same token.');
  expect(texts('dialog p.hint')).toEqual(['No difference.', 'No difference.']);
});

test('one key that verified both is told, whatever they call it', async () => {
  const { fake } = await compare();
  await act(() => fake.source.addKey(SECRET, ''));
  await until(() => expect(texts('dialog .sentences p')[1]).toBe('One and the same key verified both.'));
});

test('is copied as text, without a token and with a line for each difference', async () => {
  const { fake } = await compare();
  await click(inDialog('Copy as text'));
  const [copied = ''] = fake.copied;
  expect(copied).toMatch(/^Left: \S+ · Access token · alice · login\.test\nRight: \S+ · Access token/);
  expect(copied).toContain('Another key is named: kid a1 → b2.\n');
  expect(copied).toContain(`≠ exp: ${iat + 300} → ${iat + 3900} (1 h later)\n`);
  expect(copied).toContain('≠ realm_access.roles: −tester +admin\n');
  expect(copied).toContain('+ org: \\u202Eevil\n');
  expect(copied).not.toContain('eyJ');
  expect(text('dialog output')).toBe('Comparison copied.');
});

test('what cannot be read is not compared, and says so', async () => {
  const sealed = `${encodeSegment({ alg: 'dir', enc: 'A256GCM' })}..aXYtb2YtMTItb2N0.${'Q'.repeat(40)}.dGFnLW9mLTE2LW9jdGV0cw`;
  const broken = compact({ alg: 'HS256' }, '{"a":1', 'c2ln');
  await open({ records: [...seen(sealed), ...seen(broken, { start: NOW - 1 })] });
  await select(0);
  await click(named('Compare…'));
  await until(() => the('dialog .sentences'));
  expect(texts('dialog .sentences p').at(-1)).toContain('The content of the right one cannot be read here');
  expect(texts('dialog h2')).toEqual(['Header']);
  expect(texts('dialog .sentences p')[0]).toContain('Another form: signed → encrypted.');
});

test('with one token there is nothing to compare, and no button for it', async () => {
  await open({ records: seen(older) });
  await select(0);
  expect(() => named('Compare…')).toThrow();
});

test('thousands of tokens are chosen from by the filter', async () => {
  const many = Array.from({ length: 300 }, (_, index) => hmacToken(SECRET, { payload: { sub: `user${index}` } }));
  await open({ records: many.flatMap((token, index) => seen(token, { start: NOW - index })) });
  await select(0);
  await click(named('Compare…'));
  await until(() => the('dialog .sentences'));
  expect(all('dialog select:first-of-type option').length).toBeLessThan(500);
  await type(the('dialog .compare input'), 'sub:user299');
  // Those that are chosen stay.
  expect(texts('dialog label:first-of-type option').map((option) => option.split(' · ')[2])).toEqual([
    'user1',
    'user299',
  ]);
  await type(list(0), idOf(many[299] ?? ''));
  expect(chosen()[0]).toBe(idOf(many[299] ?? ''));
});

test('thousands of claims draw as many rows as one reads', async () => {
  const wide = (value: string) => Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`c${index}`, value]));
  const [one, other] = [hmacToken(SECRET, { payload: wide('a') }), hmacToken(SECRET, { payload: wide('b') })];
  await open({ records: [...seen(one), ...seen(other, { start: NOW - 1 })] });
  await select(0);
  await click(named('Compare…'));
  await until(() => the('dialog .sentences'));
  expect(rows('Payload')).toHaveLength(300);
  expect(texts('dialog p.hint')).toContain('and 4700 more');
});

test('Escape closes it and gives the focus back', async () => {
  await open({ records });
  await select(0);
  const button = named('Compare…');
  await click(button);
  await until(() => the('dialog .sentences'));
  expect(document.activeElement?.tagName).toBe('SELECT');
  await press(the('dialog'), 'Escape');
  await until(() => expect(all('dialog')).toEqual([]));
  expect(document.activeElement).toBe(button);
});
