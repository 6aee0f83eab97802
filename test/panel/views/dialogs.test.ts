// @vitest-environment happy-dom
/** The dialogues: paste, settings; and what they share. */
import { act } from 'preact/test-utils';
import { describe, expect, test } from 'vitest';
import { NOW } from '../../fixtures/fake-source.ts';
import { hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { exchangeRecord, seen, tabRecord } from '../records.ts';
import { all, click, named, open, press, select, text, texts, the, type, until } from '../screen.ts';

const token = hmacToken(SECRET, { payload: { sub: 'alice', email: 'alice@corp.test' } });

const dialog = async (name: string) => {
  await click(named(name));
  return until(() => the('dialog[open]'));
};
const field = (label: string): HTMLInputElement => {
  const found = all('label')
    .find((one) => one.textContent?.includes(label))
    ?.querySelector('input');
  if (!found) throw new Error(`no field ${label}`);
  return found;
};

test('closed by its cross, a dialogue goes, and the focus is on what opened it, though its click gave it none', async () => {
  await open();
  named('Paste').focus();
  const opened = await dialog('Settings');
  expect(document.getElementById(opened.getAttribute('aria-labelledby') ?? '')?.textContent).toBe('Settings');
  await click(named('Close'));
  await until(() => expect(all('dialog')).toEqual([]));
  expect(document.activeElement).toBe(named('Settings'));
});

test('Escape closes a dialogue from within, and where what had the focus is gone', async () => {
  await open();
  for (const target of [() => the('dialog input'), () => document.body]) {
    await dialog('Settings');
    expect((await press(target(), 'Escape')).defaultPrevented).toBe(true);
    await until(() => expect(all('dialog')).toEqual([]));
  }
  expect((await press(document.body, 'Escape')).defaultPrevented).toBe(false);
});

test('a dialogue that did what it was for is gone before the focus goes back: what it covers takes none', async () => {
  await open();
  await dialog('Paste');
  const covered: boolean[] = [];
  named('Paste').addEventListener('focus', () => covered.push(all('dialog').length > 0));
  await type(named('Text with tokens'), token);
  await click(the('dialog button[type=submit]'));
  await until(() => expect(all('dialog')).toEqual([]));
  expect(document.activeElement).toBe(named('Paste'));
  expect(covered).toEqual([false]);
});

test('where what opened a dialogue has gone meanwhile, the tab of the view has the focus', async () => {
  await open();
  await until(() => the('main.empty'));
  await click(the('main.empty button.primary'));
  await until(() => the('dialog[open]'));
  await type(named('Text with tokens'), token);
  await click(the('dialog button[type=submit]'));
  await until(() => expect(all('dialog')).toEqual([]));
  expect(document.activeElement?.id).toBe('tab-tokens');
});

test('Tab goes round inside a dialogue, from its first field', async () => {
  await open();
  await dialog('Settings');
  const fields = all('dialog input');
  expect(document.activeElement).toBe(fields[0]);
  fields.at(-1)?.focus();
  expect((await press(the('dialog'), 'Tab', { shiftKey: true })).defaultPrevented).toBe(false);
  await press(the('dialog'), 'Tab');
  expect(document.activeElement).toBe(named('Close'));
  await press(named('Close'), 'Tab', { shiftKey: true });
  expect(document.activeElement).toBe(fields.at(-1));
});

test('opaque credentials are listed by name and place, newest first', async () => {
  await open({
    records: [
      tabRecord({ requests: 2, opaque: 3 }),
      exchangeRecord('x1', { opaque: ['authorization Bearer'], status: 200, start: NOW - 9000 }),
      exchangeRecord('x2', { opaque: ['x-api-key', 'cookie \u202esid'], url: 'https://api.test/b?c=1' }),
    ],
  });
  await dialog('3 requests with an opaque credential');
  const rows = texts('dialog li');
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatch(/GET api\.test\/b\?c=1.?x-api-key$/);
  expect(rows[1]).toMatch(/cookie \\u202Esid$/);
  expect(rows[2]).toMatch(/200.?GET api\.test\/me.?authorization Bearer$/);
});

describe('paste', () => {
  test('takes a token out of whatever stands around it, and says what it forgave', async () => {
    const { fake } = await open();
    await dialog('Paste');
    const decode = all('dialog button[type=submit]')[0];
    expect(decode).toHaveProperty('disabled', true);
    await type(named('Text with tokens'), `curl -H 'Authorization: Bearer ${token}' https://api.test`);
    await click(the('dialog button[type=submit]'));
    await until(() => expect(all('dialog')).toEqual([]));
    expect(texts('[role=option] .name')).toEqual(['Token · alice@corp.test']);
    expect(text('.notice')).toBe('The token was taken out of a cURL command.');
    await until(() => expect(text('section.detail')).toContain('alice@corp.test'));
    await act(() => named("Clear this tab's log").click());
    await until(() => expect(all('[role=option]')).toEqual([]));
    expect(fake.subscriptions()).toBe(5);
  });

  test('says when there is no token in it, until the text changes', async () => {
    await open();
    await dialog('Paste');
    await type(named('Text with tokens'), 'www.example.com');
    await press(named('Text with tokens'), 'Enter', { ctrlKey: true });
    await until(() => expect(text('dialog [role=alert]')).toContain('There is no JSON Web Token in this text'));
    await type(named('Text with tokens'), 'www.example.com ');
    expect(all('dialog [role=alert]')).toEqual([]);
  });

  test('what is captured already is selected, not doubled', async () => {
    await open({ records: seen(token) });
    await dialog('Paste');
    await type(named('Text with tokens'), token);
    await press(named('Text with tokens'), 'Enter', { metaKey: true });
    await until(() => expect(all('.row[aria-selected=true]')).toHaveLength(1));
    expect(all('[role=option]')).toHaveLength(1);
  });
});

test('what the context menu handed over is shown at once', async () => {
  await open({ captures: false, handedOver: `"${token}"` });
  await until(() => expect(texts('.row[aria-selected=true] .name')).toEqual(['Token · alice@corp.test']));
  expect(text('.notice')).toBe('The quotes around the token were removed.');
});

test('a selection without a token says so', async () => {
  await open({ captures: false, handedOver: 'nothing here' });
  await until(() => expect(text('[role=alert]')).toBe('There is no JSON Web Token in the selected text.'));
});

describe('settings', () => {
  test('are saved as they are switched', async () => {
    const { fake } = await open();
    await dialog('Settings');
    await click(field('Capture only while DevTools is open'));
    await click(field('Pause capturing'));
    await until(() => expect(fake.settings()).toMatchObject({ onlyWhileOpen: true, paused: true, preserveLog: true }));
    expect(text('.status')).toContain('Paused');
    expect(named('Resume capturing').classList).not.toContain('recording');
  });

  const leeways: readonly (readonly [typed: string, saved: number])[] = [
    ['30', 30],
    ['-1', 0],
    ['3601', 0],
    ['1.5', 0],
    ['', 0],
  ];
  test.each(leeways)('leeway %s is saved as %d', async (typed, saved) => {
    const { fake } = await open();
    await dialog('Settings');
    const leeway = field('Leeway in seconds');
    await act(() => {
      leeway.value = typed;
      leeway.dispatchEvent(new Event('change', { bubbles: true }));
    });
    expect(fake.settings().leeway).toBe(saved);
  });

  test('leeway keeps a token alive', async () => {
    const late = hmacToken(SECRET, { payload: { sub: 'a', exp: 1_800_000_000 - 10 } });
    const { fake } = await open({ records: seen(late) });
    await select(0);
    expect(text('[role=option] .time')).toBe('expired 10 s');
    await act(() => fake.source.saveSettings({ leeway: 60 }));
    expect(text('[role=option] .time')).toBe('0:50 left');
  });

  test("the extension's own page has those that matter there", async () => {
    await open({ captures: false });
    await dialog('Settings');
    expect(texts('dialog label')).toHaveLength(1);
  });
});
