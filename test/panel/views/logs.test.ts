// @vitest-environment happy-dom
/** Logs out of files: how they come, stand beside the live one, and are told from it. */
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import type { ImportEnd, ImportProblem } from '../../../src/core/report/import/imported.ts';
import { NOW } from '../../fixtures/fake-source.ts';
import { hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { createReader, fileOf, type Reading } from '../reading.ts';
import { seen, tabRecord } from '../records.ts';
import { all, click, named, open, press, select, text, texts, the, type, until } from '../screen.ts';

const THEN = NOW - 7 * 86_400_000;
const claims = { sub: 'carol', iat: THEN / 1000 - 60, exp: THEN / 1000 + 600 };
const inFile = [
  ...seen(hmacToken(SECRET, { payload: claims }), { start: THEN, end: THEN + 50, status: 200 }),
  tabRecord({ requests: 12 }),
];
const live = seen(hmacToken(SECRET, { payload: { sub: 'alice' } }));

const setUp = async (options: Parameters<typeof open>[0] = { records: live }) => {
  const { importFile, readings } = createReader();
  const screen = await open(options, { importFile });
  const reading = (at: number): Promise<Reading> =>
    until(() => {
      const found = readings[at];
      if (!found) throw new Error(`no reading ${at}`);
      return found;
    });
  return { ...screen, readings, reading };
};

const choose = async (...files: readonly File[]) => {
  await click(named('Import…'));
  const input = await until(() => the('dialog input[type=file]'));
  Object.defineProperty(input, 'files', { configurable: true, value: files });
  await act(async () => void input.dispatchEvent(new Event('change', { bubbles: true })));
};

const tell = (doing: () => void) => act(async () => doing());

/** A file is chosen and read to its end, and its log is open. */
const imported = async (end: Partial<ImportEnd> = {}, options?: Parameters<typeof open>[0]) => {
  const screen = await setUp(options);
  await choose(fileOf('login.har'));
  const reading = await screen.reading(0);
  await tell(() => {
    reading.put({ read: 10, records: inFile });
    reading.end({ read: 12, creator: 'WebInspector 537.36', ...end });
  });
  return screen;
};

const tabs = () => texts('.logs [role=tab]');
const tab = (name: string) => {
  const found = all('.logs [role=tab]').find((one) => one.textContent?.startsWith(name));
  if (!found) throw new Error(`no tab ${name}`);
  return found;
};
const rows = () => texts('.row .name');

test('with nothing but the live log there is no strip', async () => {
  await setUp();
  expect(all('.logs')).toEqual([]);
});

test('a file that is read without a word opens as a log of its own, beside the live one', async () => {
  await imported();
  await until(() => expect(rows()).toEqual(['Access token · carol']));
  expect(all('dialog')).toEqual([]);
  expect(tabs()).toEqual(['Live', 'login.har']);
  expect(tab('login.har').getAttribute('aria-selected')).toBe('true');
  expect(text('.import-bar')).toContain('HAR · WebInspector 537.36 · 12 requests');
  expect(text('.status')).toContain('1 token');
  expect(text('.status')).toContain('imported from login.har');
  expect(text('.status')).toContain('Read: login.har.');
  await click(tab('Live'));
  await until(() => expect(rows()).toEqual(['Access token · alice']));
  expect(all('.import-bar')).toEqual([]);
});

test('what captures is the live log alone; all views are there for both', async () => {
  await imported();
  await until(() => the('.import-bar'));
  expect(all('.recording')).toEqual([]);
  expect(document.body.textContent).not.toContain('Preserve log');
  expect(texts('.tabs [role=tab]')).toEqual(['Tokens 1', 'Exchanges 1', 'Timeline', 'Workbench']);
  await click(tab('Live'));
  expect(all('.recording')).toHaveLength(1);
});

test('what a view remembers is of its log', async () => {
  await imported();
  await until(() => the('.import-bar'));
  await type(named('Filter tokens'), 'nobody');
  await click(tab('Live'));
  expect(named('Filter tokens')).toHaveProperty('value', '');
  await click(tab('login.har'));
  expect(named('Filter tokens')).toHaveProperty('value', 'nobody');
});

test('arrows move between the logs, Delete closes one and leads to the views', async () => {
  await imported();
  const own = await until(() => tab('login.har'));
  own.focus();
  expect(own.tabIndex).toBe(0);
  await press(own, 'ArrowRight');
  expect(document.activeElement).toBe(own);
  await press(own, 'ArrowLeft');
  expect(document.activeElement).toBe(tab('Live'));
  await press(tab('Live'), 'Delete');
  expect(tabs()).toEqual(['Live', 'login.har']);
  await press(tab('Live'), 'ArrowRight');
  await press(tab('login.har'), 'Delete');
  expect(all('.logs')).toEqual([]);
  await until(() => expect(document.activeElement).toBe(the('.tabs [aria-selected=true]')));
  expect(rows()).toEqual(['Access token · alice']);
});

test('a log is closed by its cross, by the wheel, and by its bar; a right click does not', async () => {
  await imported();
  await until(() => tab('login.har'));
  await act(async () => void tab('login.har').dispatchEvent(new MouseEvent('auxclick', { button: 2, bubbles: true })));
  expect(tabs()).toHaveLength(2);
  await click(named('Close this log'));
  expect(all('.logs')).toEqual([]);
});

test('each token is judged as of its own time, or as of now', async () => {
  await imported();
  await select(0);
  expect(text('section.detail h1')).toContain('Alive for 10 min');
  expect(text('section.detail .say')).toContain('its own time in the file');
  expect(text('.four')).toContain('at that time in 10 minutes');
  await type(the('.import-bar select'), 'now');
  expect(text('section.detail h1')).toBe('Would be refused now: expired 6 d 23 h ago.');
  expect(text('section.detail .say')).not.toContain('its own time');
  expect(text('.four')).not.toContain('at that time');
  await type(the('.import-bar select'), 'then');
  expect(text('section.detail h1')).toContain('Alive for 10 min');
});

test('the live log knows no other time than now', async () => {
  await setUp();
  await select(0);
  expect(text('section.detail')).not.toContain('its own time');
});

test('while it reads, the dialogue says how far it is, and what came', async () => {
  const { reading } = await setUp();
  await choose(fileOf('a.har'), fileOf('b.har'));
  const one = await reading(0);
  await tell(() => one.put({ read: 5, records: inFile }));
  const progress = await until(() => named('Reading a.har'));
  expect([progress.getAttribute('max'), progress.getAttribute('value')]).toEqual(['10', '5']);
  await until(() => expect(text('.imports li')).toContain('1 token · 1 exchange'));
  expect(texts('.imports li')[1]).toContain('waiting for the file before it');
  expect(tabs()).toEqual(['Live', 'a.har 50%', 'b.har 0%']);
});

test('stopped, what was read is a log that says it is incomplete', async () => {
  const { reading } = await setUp();
  await choose(fileOf('a.har'));
  const one = await reading(0);
  await tell(() => one.put({ read: 5, records: inFile }));
  await click(named('Stop, keep what was read'));
  expect(text('.imports')).toContain('this log is incomplete');
  await click(named('Show the log of a.har'));
  await until(() => expect(rows()).toEqual(['Access token · carol']));
  expect(text('.import-bar .told')).toContain('this log is incomplete');
});

test('discarded, nothing of it stays', async () => {
  const { reading } = await setUp();
  await choose(fileOf('a.har'));
  const one = await reading(0);
  await tell(() => one.put({ read: 5, records: inFile }));
  await click(named('Discard'));
  expect(document.activeElement).toBe(the('dialog input'));
  expect(all('.imports')).toEqual([]);
  expect(all('.logs')).toEqual([]);
});

test('the dialogue can be left meanwhile: the panel is there, and the reading goes on', async () => {
  const { reading } = await setUp();
  await choose(fileOf('a.har'));
  const one = await reading(0);
  await tell(() => one.put({ read: 5, records: inFile }));
  await click(named('Close'));
  await until(() => expect(all('dialog')).toEqual([]));
  expect(rows()).toEqual(['Access token · alice']);
  await click(await until(() => tab('a.har')));
  expect(named('Reading a.har').getAttribute('value')).toBe('5');
  await tell(() => {
    one.put({ read: 10 });
    one.end({ read: 12 });
  });
  await until(() => expect(text('.import-bar')).toContain('HAR · 12 requests'));
  expect(tabs()).toEqual(['Live', 'a.har']);
});

const cut: ImportProblem = { code: 'json', offset: 900, line: 1204, column: 7, detail: '\u202e}' };

test('a broken file says where it breaks; what was readable is a log, and the word stays there until it is dismissed', async () => {
  await imported({ problems: [cut] });
  const told = 'Line 1,204, column 7: The JSON breaks here, at “\\u202E}”. What can be read before and after is kept.';
  await until(() => expect(text('dialog .remarks')).toContain(told));
  await click(named('Show the log of login.har'));
  await until(() => expect(text('.told .remarks')).toContain(told));
  expect(rows()).toEqual(['Access token · carol']);
  named('Got it').focus();
  await click(named('Got it'));
  expect(all('.told')).toEqual([]);
  // Each goes as it is pressed; the focus stays with what takes it back.
  expect(document.activeElement).toBe(named('What is missing'));
  await click(named('What is missing'));
  expect(text('.told')).toContain(told);
  expect(document.activeElement).toBe(named('Got it'));
});

test('a file with nothing in it says so, and leaves no log', async () => {
  const { reading } = await setUp();
  await choose(fileOf('a.txt'));
  const one = await reading(0);
  await tell(() =>
    one.end({ format: 'text', read: 3, problems: [{ code: 'nothing', offset: 0, line: 1, column: 1 }] }),
  );
  await until(() => expect(text('dialog .remarks')).toContain('no token is in it'));
  expect(text('dialog .remarks')).not.toContain('Line 1');
  expect(text('dialog')).toContain('Text · 3 lines');
  expect(all('.logs')).toEqual([]);
});

test('a HAR without credentials says what to do; a redacted export says what cannot be', async () => {
  await imported({ sanitized: true, redacted: true, withoutBodies: true, format: 'log', at: THEN });
  await until(() => expect(text('dialog .remarks')).toContain('Export HAR (with sensitive data)…'));
  expect(text('dialog .remarks')).toContain('signatures were taken off');
  expect(text('dialog .remarks')).toContain('Some bodies are not in the file');
  expect(text('dialog .imports')).toContain('Claimcheck log · WebInspector 537.36 · written Jan 8, 2027');
});

test('a name that hides something, or is long, is written out, and cut', async () => {
  const { reading } = await setUp();
  const name = `${'x'.repeat(300)}\u202erah.exe`;
  await choose(fileOf(name));
  const one = await reading(0);
  await tell(() => {
    one.put({ records: inFile });
    one.end();
  });
  await until(() => expect(tabs()[1]).toBe(`${'x'.repeat(19)}…xxxx\\u202Erah.exe`));
  expect(text('.status')).toContain('\\u202Erah.exe');
});

test("on the extension's own page there are tokens and the workbench; a log out of a file has all", async () => {
  await imported({}, { captures: false });
  await until(() => expect(texts('.tabs [role=tab]')).toEqual(['Tokens 1', 'Exchanges 1', 'Timeline', 'Workbench']));
  await click(tab('Pasted'));
  expect(texts('.tabs [role=tab]')).toEqual(['Tokens 0', 'Workbench']);
  const first = the('.tabs [role=tab]');
  first.focus();
  await press(first, 'ArrowRight');
  expect(document.activeElement?.id).toBe('tab-workbench');
});

const dropped = async (target: Element, files: readonly File[], plain = '', kind = 'drop') => {
  const event = new Event(kind, { bubbles: true, cancelable: true });
  const types = files.length > 0 ? ['Files'] : ['text/plain'];
  Object.defineProperty(event, 'dataTransfer', { value: { files, types, getData: () => plain, dropEffect: '' } });
  await act(async () => void target.dispatchEvent(event));
  return event.defaultPrevented;
};

/** With the place for files, which loads when the panel is there. */
const setUpDrops = async () => {
  const screen = await setUp();
  await until(async () => expect(await dropped(the('.list'), [fileOf('a.har')], '', 'dragover')).toBe(true));
  await act(async () => void document.dispatchEvent(new Event('dragend')));
  return screen;
};

test('files that are dropped anywhere are read, and the place says so while they are above', async () => {
  const { reading } = await setUpDrops();
  const list = the('.list');
  expect(await dropped(list, [fileOf('a.har')], '', 'dragover')).toBe(true);
  expect(text('.drop-hint')).toContain('Drop to import');
  expect(await dropped(list, [fileOf('a.har')])).toBe(true);
  expect(all('.drop-hint')).toEqual([]);
  expect((await reading(0)).file.name).toBe('a.har');
  await until(() => the('dialog .imports'));
});

test('text that is dropped is decoded as if pasted; without a token it is told', async () => {
  await setUpDrops();
  const list = the('.list');
  expect(await dropped(list, [], '', 'dragover')).toBe(true);
  expect(text('.drop-hint')).toContain('tokens in this text');
  await dropped(list, [], `Bearer ${hmacToken(SECRET, { payload: { sub: 'dave' } })}`);
  await until(() => expect(rows()).toContain('Token · dave'));
  await dropped(list, [], 'no token');
  await until(() => expect(text('.notice')).toContain('no JSON Web Token in this text'));
});

test('text that is dragged into a field, or out of the panel itself, is not taken', async () => {
  await setUpDrops();
  expect(await dropped(named('Filter tokens'), [], 'x')).toBe(false);
  await act(async () => void the('.list').dispatchEvent(new Event('dragstart', { bubbles: true })));
  expect(await dropped(the('.list'), [], 'x')).toBe(false);
  await act(async () => void the('.list').dispatchEvent(new Event('dragend', { bubbles: true })));
  expect(await dropped(the('.list'), [], 'x')).toBe(true);
});

test('an open dialogue takes no file for a log, and is not left for it either; a key box takes keys', async () => {
  const { readings } = await setUpDrops();
  await click(named('Settings'));
  const dialog = await until(() => the('dialog[open]'));
  expect(await dropped(dialog, [fileOf('a.har')])).toBe(true);
  expect(await dropped(dialog, [], 'x')).toBe(false);
  await click(named('Close'));
  await until(() => expect(all('dialog')).toEqual([]));
  await select(0);
  const box = await until(() => named('Key'));
  expect(await dropped(box, [new File([SECRET], 'key.txt')])).toBe(true);
  await until(() => expect(box).toHaveProperty('value', SECRET));
  expect(readings).toEqual([]);
});

test('the dialogue of imports takes what is dropped on it', async () => {
  const { reading } = await setUpDrops();
  await click(named('Import…'));
  const dialog = await until(() => the('dialog[open]'));
  expect(text('dialog')).toContain('Chrome leaves credentials out of a HAR');
  expect(await dropped(dialog, [fileOf('a.har')])).toBe(true);
  expect((await reading(0)).file.name).toBe('a.har');
});

test('a HAR that is pasted becomes a log, as a file would; a token stays a token', async () => {
  const { reading, readings } = await setUp();
  const paste = async (pasted: string) => {
    await click(named('Paste'));
    await type(await until(() => named('Text with tokens')), pasted);
    await click(the('dialog button[type=submit]'));
  };
  const har = JSON.stringify({ log: { version: '1.2', entries: [] } }, undefined, 2);
  await paste(har);
  const { file, put, end } = await reading(0);
  expect(await file.text()).toBe(har);
  await tell(() => {
    put({ read: 10, records: inFile });
    end({ read: 12 });
  });
  await until(() => expect(all('dialog')).toEqual([]));
  expect(tabs()).toEqual(['Live', 'Pasted log']);
  await until(() => expect(rows()).toEqual([expect.stringContaining('carol')]));
  await click(tab('Live'));
  await paste(JSON.stringify({ log: hmacToken(SECRET, { payload: { sub: 'dave' } }) }));
  await until(() => expect(rows()).toContainEqual(expect.stringContaining('dave')));
  expect(readings).toHaveLength(1);
});

test('all files are closed at once, from any of them, and more of them than are read are told', async () => {
  const { reading } = await setUp();
  await choose(...Array.from({ length: 22 }, (_, index) => fileOf(`${index}.har`)));
  const said = 'At most 20 files are read at once. Left out, to be chosen again: 2.';
  await until(() => expect(text('dialog')).toContain(said));
  const first = await reading(0);
  await tell(() => {
    first.put({ read: 10, records: inFile });
    first.end();
  });
  await click(named('Show the log of 0.har'));
  await click(named('Close all files'));
  await until(() => expect(all('.logs')).toEqual([]));
  expect(all('dialog')).toEqual([]);
  expect(rows()).toEqual(['Access token · alice']);
});

test('one file alone has no button for all', async () => {
  await imported({ format: 'text', zoneless: true });
  await until(() => expect(text('.import-bar')).toContain('Some lines begin with a time that names no zone.'));
  expect(all('.import-bar button').map((button) => button.textContent)).not.toContain('Close all files');
});
