// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import '../../../src/panel/views/row-menu.tsx';
import { NOW } from '../../fixtures/fake-source.ts';
import { compact, hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { idOf, seen, sightingRecord, tokenRecord } from '../records.ts';
import { all, click, named, open, press, select, text, texts, the, until } from '../screen.ts';

const names = ['alice', 'bob', 'carol'];
const tokens = names.map((sub) => hmacToken(SECRET, { payload: { sub, n: 1 } }));
const [alice = '', bob = '', carol = ''] = tokens;
/** alice is the newest, and was sent with a proof of possession. */
const records = [
  ...seen(alice, { id: 'x1', place: { kind: 'request_header', name: 'authorization', scheme: 'DPoP' } }),
  ...tokens.slice(1).flatMap((token, index) => seen(token, { start: NOW - 1 - index })),
];

const items = () => texts('[role=menu] [role=menuitem]');
const rows = () => texts('.row .name').map((name) => name.split(' · ')[1]);
const selected = () => texts('.row[aria-selected=true] .name').map((name) => name.split(' · ')[1]);

const rightClick = async (row: number, more: MouseEventInit = {}) => {
  const target = all('.row')[row] ?? document.body;
  const event = new MouseEvent('contextmenu', { bubbles: true, cancelable: true, button: 2, ...more });
  await act(async () => void target.dispatchEvent(event));
  return event;
};
const openMenu = async (row = 0) => {
  const screen = await open({ records });
  await until(() => expect(rows()).toHaveLength(3));
  await rightClick(row);
  await until(() => the('[role=menu]'));
  return screen;
};
const choose = (name: string) => {
  const item = all('[role=menuitem]').find((one) => one.textContent === name);
  if (!item) throw new Error(`no ${name} in ${items()}`);
  return click(item);
};

test('a token is decoded in a tab of its own', async () => {
  const { fake } = await openMenu(1);
  await choose('Decode in a tab');
  expect(fake.decoded).toEqual([bob]);
});

test('a right click selects the row and says what can be done with it', async () => {
  await open({ records });
  await until(() => expect(rows()).toEqual(names));
  expect((await rightClick(1, { clientX: 40, clientY: 60 })).defaultPrevented).toBe(true);
  await until(() => expect(named('What to do with this token').getAttribute('role')).toBe('menu'));
  expect(selected()).toEqual(['bob']);
  expect(items()).toEqual([
    'Copy token',
    'Copy as Authorization: Bearer …',
    'Copy as…',
    'Copy claims as JSON',
    'Edit in the workbench',
    'Decode in a tab',
    'Compare with…',
    'Show its requests',
    'Make a policy…',
    'Hide this token',
  ]);
  expect(the('[role=menu]').style.left).toBe('40px');
  expect(the('[role=menu]').style.top).toBe('60px');
  expect(document.activeElement?.textContent).toBe('Copy token');
});

test.each([
  ['ContextMenu', {}],
  ['F10', { shiftKey: true }],
])('%s opens it for the selected row, arrows move in it, Escape leaves it', async (key, more) => {
  await open({ records });
  await select(0);
  const list = named('Tokens');
  expect((await press(list, key, more)).defaultPrevented).toBe(true);
  await until(() => the('[role=menu]'));
  const focused = () => document.activeElement?.textContent;
  for (const [move, expected] of [
    ['ArrowDown', 'Copy as Authorization: DPoP …'],
    ['ArrowUp', 'Copy token'],
    ['ArrowUp', 'Hide this token'],
    ['ArrowDown', 'Copy token'],
    ['End', 'Hide this token'],
    ['Home', 'Copy token'],
  ] as const) {
    await press(document.activeElement ?? document.body, move);
    expect(focused(), move).toBe(expected);
  }
  expect(selected()).toEqual(['alice']);
  await press(document.activeElement ?? document.body, 'Escape');
  expect(all('[role=menu]')).toEqual([]);
  expect(document.activeElement).toBe(list);
  expect(selected()).toEqual(['alice']);
});

test('without a row there is no menu, and the keys are the browser’s', async () => {
  await open({ records });
  expect((await press(named('Tokens'), 'ContextMenu')).defaultPrevented).toBe(false);
  const event = new MouseEvent('contextmenu', { bubbles: true, cancelable: true });
  await act(async () => void named('Tokens').dispatchEvent(event));
  expect(event.defaultPrevented).toBe(false);
  expect(all('[role=menu]')).toEqual([]);
});

test('goes when the focus goes elsewhere', async () => {
  await openMenu();
  await act(async () => named('Filter tokens').focus());
  expect(all('[role=menu]')).toEqual([]);
  expect(document.activeElement).toBe(named('Filter tokens'));
});

test('copies the token, its header and its claims as they were written', async () => {
  const { fake } = await openMenu();
  await choose('Copy token');
  expect(text('.notice')).toBe('Token copied.');
  expect(all('[role=menu]')).toEqual([]);
  await rightClick(0);
  await choose('Copy as Authorization: DPoP …');
  await rightClick(0);
  await choose('Copy claims as JSON');
  expect(fake.copied).toEqual([alice, `Authorization: DPoP ${alice}`, '{"sub":"alice","n":1}']);
  expect(text('.notice')).toBe('Payload copied.');
});

test('what a browser does not copy is told', async () => {
  await open({ records, copies: false });
  await until(() => expect(rows()).toHaveLength(3));
  await rightClick(0);
  await until(() => the('[role=menu]'));
  await choose('Copy token');
  expect(text('.notice')).toBe('The browser did not allow copying.');
});

test('leads to the comparison, and back to the list', async () => {
  await openMenu(1);
  await choose('Compare with…');
  await until(() => the('dialog[open] .sentences'));
  const chosen = all('dialog select').map((one) => (one instanceof HTMLSelectElement ? one.value : ''));
  expect(chosen).toEqual([carol, bob].map(idOf));
  await press(the('dialog'), 'Escape');
  await until(() => expect(all('dialog')).toEqual([]));
  expect(document.activeElement).toBe(named('Tokens'));
});

test('leads to its requests', async () => {
  await openMenu();
  await choose('Show its requests');
  expect(the('#tab-exchanges').getAttribute('aria-selected')).toBe('true');
  expect(document.activeElement).toBe(the('#tab-exchanges'));
});

test('offers what there is: no header, no requests and no policy for what was never sent', async () => {
  const lone = compact({ alg: 'HS256' }, 'text', 'c2ln');
  const kept = sightingRecord(lone, '', { place: { kind: 'local_storage', name: 'jwt' } });
  await open({ records: [tokenRecord(lone), kept] });
  await until(() => expect(all('.row')).toHaveLength(1));
  await rightClick(0);
  await until(() => the('[role=menu]'));
  expect(items()).toEqual([
    'Copy token',
    'Copy as Authorization: Bearer …',
    'Copy as…',
    'Copy claims as JSON',
    'Edit in the workbench',
    'Decode in a tab',
    'Hide this token',
  ]);
});

test('hides a token until it is shown again; an export has it all the same', async () => {
  const { fake } = await openMenu(1);
  await choose('Hide this token');
  expect(rows()).toEqual(['alice', 'carol']);
  expect(selected()).toEqual(['carol']);
  await rightClick(1);
  await choose('Hide this token');
  expect(rows()).toEqual(['alice']);
  expect(selected()).toEqual(['alice']);
  expect(text('.status')).toContain('2 hidden · show');
  // One that is told again stays away.
  await act(async () => fake.put(...seen(bob, { id: 'x9', start: NOW + 5 })));
  expect(rows()).toEqual(['alice']);
  await click(named('2 hidden · show'));
  expect(rows()).toEqual(['alice', 'bob', 'carol']);
  expect(text('.status')).not.toContain('hidden');
  // The button went with what was hidden.
  expect(document.activeElement).toBe(the('#tab-tokens'));
});

test('a hidden one that was cleared and comes again is there', async () => {
  const { fake } = await openMenu(0);
  await choose('Hide this token');
  await click(named("Clear this tab's log"));
  await act(async () => fake.put(...seen(alice)));
  await until(() => expect(rows()).toEqual(['alice']));
  expect(the('.row').id).toBe(`row-${idOf(alice)}`);
});
