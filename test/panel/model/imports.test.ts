// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import '../one-slice.ts';
import { type Imports, importsOf, MAX_FILES } from '../../../src/panel/model/imports.ts';
import { createLogs, type Logs } from '../../../src/panel/model/logs.ts';
import { createModel } from '../../../src/panel/model/model.ts';
import { createFakeSource, NOW } from '../../fixtures/fake-source.ts';
import { hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { createReader, fileOf, type Reading } from '../reading.ts';
import { seen, tabRecord, tokenRecord } from '../records.ts';

const until = <Value>(check: () => Value) => vi.waitFor(check, { interval: 2, timeout: 4000 });

const records = seen(hmacToken(SECRET));

let opened: Logs | undefined;
afterEach(() => {
  opened?.dispose();
  opened = undefined;
});

const setUp = () => {
  const { importFile, readings } = createReader();
  const logs = createLogs(createModel({ ...createFakeSource().source, importFile }));
  opened = logs;
  const imports = importsOf(logs);
  const reading = (at: number): Promise<Reading> =>
    until(() => {
      const found = readings[at];
      if (!found) throw new Error(`no reading ${at}`);
      return found;
    });
  return { logs, imports, readings, reading };
};

const states = ({ batch }: Imports) => batch.value.map(({ imported }) => imported.state.value);
const names = ({ all }: Logs) => all.value.map(({ model }) => model.imported?.name);

test('files are read one after the other, each into a log of its own', async () => {
  const { logs, imports, readings, reading } = setUp();
  imports.start([fileOf('a.har'), fileOf('b.har')]);
  expect(names(logs)).toEqual([undefined, 'a.har', 'b.har']);
  (await reading(0)).put({ read: 4, records });
  expect(states(imports)).toEqual(['reading', 'waiting']);
  expect(imports.batch.value[0]?.imported.read.value).toBe(4);
  expect(readings).toHaveLength(1);
  readings[0]?.end();
  (await reading(1)).put({ records });
  expect(states(imports)).toEqual(['read', 'reading']);
});

test('all went well and somebody waits: the first log opens, and the dialogue goes', async () => {
  const { logs, imports, reading } = setUp();
  logs.live.open('import');
  imports.start([fileOf('a.har'), fileOf('b.har')]);
  for (const at of [0, 1]) {
    const one = await reading(at);
    one.put({ records });
    one.end();
  }
  await until(() => expect(logs.current.value.model.imported?.name).toBe('a.har'));
  expect(logs.live.dialog.value).toBeUndefined();
  expect(logs.current.value.model.notice.value).toBe('Read: a.har, b.har.');
  expect(imports.batch.value).toEqual([]);
});

test('all went well and nobody waits: what is shown stays, and a notice tells', async () => {
  const { logs, imports, reading } = setUp();
  imports.start([fileOf('a.har')]);
  const one = await reading(0);
  one.put({ records });
  one.end();
  await until(() => expect(logs.live.notice.value).toBe('Read: a.har.'));
  expect(logs.current.value.id).toBe(0);
});

test.each([
  ['problems', { problems: [{ code: 'cut', offset: 9, line: 1, column: 10 }] }],
  ['no credentials in it', { sanitized: true }],
] as const)('with %s the dialogue stays and tells', async (_, end) => {
  const { logs, imports, reading } = setUp();
  logs.live.open('import');
  imports.start([fileOf('a.har')]);
  const one = await reading(0);
  one.put({ records });
  one.end(end);
  await until(() => expect(states(imports)).toEqual(['read']));
  expect(logs.live.dialog.value).toBe('import');
  expect(logs.current.value.id).toBe(0);
  expect(names(logs)).toEqual([undefined, 'a.har']);
});

test('a file without anything in it leaves no log, and is told of where nothing else is open', async () => {
  const { logs, imports, reading } = setUp();
  imports.start([fileOf('a.txt')]);
  const one = await reading(0);
  one.put({ records: [tabRecord({ requests: 3 })] });
  one.end({ problems: [{ code: 'nothing', offset: 0, line: 1, column: 1 }] });
  await until(() => expect(logs.live.dialog.value).toBe('import'));
  expect(names(logs)).toEqual([undefined]);
  expect(imports.batch.value[0]?.imported.end.value?.problems[0]?.code).toBe('nothing');
});

test('a dialogue that somebody is in is not taken away', async () => {
  const { logs, imports, reading } = setUp();
  logs.live.open('keys');
  imports.start([fileOf('a.txt')]);
  (await reading(0)).end();
  await until(() => expect(states(imports)).toEqual(['read']));
  expect(logs.live.dialog.value).toBe('keys');
  await until(() => expect(logs.live.notice.value).toBe('Nothing read: a.txt.'));
});

test('stopped, what was read stays, and the next file is read', async () => {
  const { logs, imports, reading } = setUp();
  imports.start([fileOf('a.har'), fileOf('b.har')]);
  (await reading(0)).put({ read: 4, records });
  imports.batch.value[0]?.imported.stop();
  await reading(1);
  expect(states(imports)).toEqual(['stopped', 'reading']);
  expect(names(logs)).toEqual([undefined, 'a.har', 'b.har']);
});

test('stopped before its turn, a file is never read', async () => {
  const { logs, imports, readings, reading } = setUp();
  imports.start([fileOf('a.har'), fileOf('b.har')]);
  imports.batch.value[1]?.imported.stop();
  (await reading(0)).put({ records });
  readings[0]?.end();
  await until(() => expect(states(imports)).toEqual(['read', 'stopped']));
  expect(readings).toHaveLength(1);
  expect(names(logs)).toEqual([undefined, 'a.har']);
});

test('discarded, nothing of it stays, and what the reader still says is for nobody', async () => {
  const { logs, imports, reading } = setUp();
  imports.start([fileOf('a.har')]);
  const one = await reading(0);
  one.put({ records });
  imports.discard(imports.batch.value[0]?.id ?? 0);
  expect(names(logs)).toEqual([undefined]);
  expect(imports.batch.value).toEqual([]);
  one.put({ records });
  one.end();
  expect(names(logs)).toEqual([undefined]);
});

test('closing the log stops its reading', async () => {
  const { logs, imports, reading } = setUp();
  imports.start([fileOf('a.har')]);
  (await reading(0)).put({ records });
  const state = imports.batch.value[0]?.imported.state;
  logs.close(logs.all.value[1]?.id ?? 0);
  await until(() => expect(state?.value).toBe('stopped'));
});

test('closing all logs at once, read or not, opens nothing and says nothing', async () => {
  const { logs, imports, readings, reading } = setUp();
  imports.start([fileOf('a.har'), fileOf('b.har'), fileOf('c.har')]);
  (await reading(0)).put({ records });
  const states = imports.batch.value.map(({ imported }) => imported.state);
  for (const { id } of logs.all.value) logs.close(id);
  await until(() => expect(states.map(({ value }) => value)).toEqual(['stopped', 'stopped', 'stopped']));
  await until(() => expect(imports.batch.value).toEqual([]));
  expect([names(logs), readings.length]).toEqual([[undefined], 1]);
  expect([logs.live.dialog.value, logs.live.notice.value]).toEqual([undefined, '']);
});

test('a reader that breaks leaves what was read', async () => {
  const { logs, imports, reading } = setUp();
  imports.start([fileOf('a.har')]);
  const one = await reading(0);
  one.put({ records });
  one.fail();
  await until(() => expect(states(imports)).toEqual(['broken']));
  expect(names(logs)).toEqual([undefined, 'a.har']);
});

test('two files of one name are told apart', async () => {
  const { logs, imports, reading } = setUp();
  imports.start([fileOf('a.har'), fileOf('a.har'), fileOf('a.har')]);
  expect(names(logs)).toEqual([undefined, 'a.har', 'a.har (2)', 'a.har (3)']);
  await reading(0);
});

test('more files than a hand means to drop are left alone', async () => {
  const { logs, imports, reading } = setUp();
  imports.start(Array.from({ length: MAX_FILES + 5 }, (_, index) => fileOf(`${index}.har`)));
  expect(logs.all.value).toHaveLength(MAX_FILES + 1);
  for (let at = 0; at < MAX_FILES; at += 1) (await reading(at)).end();
  await until(() =>
    expect(logs.live.notice.value).toMatch(
      /^At most 20 files are read at once. Left out, to be chosen again: 5. Nothing read: 0.har, /,
    ),
  );
  imports.start([fileOf('one.har')]);
  (await reading(MAX_FILES)).end();
  await until(() => expect(logs.live.notice.value).toBe('Nothing read: one.har.'));
});

test('what has a time is judged as of then; a text of which nothing has one, as of now', async () => {
  const { imports, readings, reading } = setUp();
  imports.start([fileOf('a.log'), fileOf('b.har')]);
  const [text, har] = imports.batch.value.map(({ imported }) => imported);
  // As the worker reads a line without a time: as of the reading.
  (await reading(0)).put({ records: [tokenRecord(hmacToken(SECRET), NOW)] });
  readings[0]?.end();
  (await reading(1)).put({ records: seen(hmacToken(SECRET), { start: NOW - 1 }) });
  expect([text?.isDated.value, text?.isThen.value]).toEqual([false, false]);
  expect([har?.isDated.value, har?.isThen.value]).toEqual([true, true]);
  har?.judgeThen(false);
  expect(har?.isThen.value).toBe(false);
});

test('what has ended was seen once the dialogue is left; what runs is still told of', async () => {
  const { imports, readings, reading } = setUp();
  imports.start([fileOf('a.har'), fileOf('b.har')]);
  (await reading(0)).put({ records });
  readings[0]?.end();
  await reading(1);
  imports.leave();
  expect(imports.batch.value.map(({ imported }) => imported.name)).toEqual(['b.har']);
});

test('taken down, the panel stops what it reads', async () => {
  const { logs, imports, reading } = setUp();
  imports.start([fileOf('a.har')]);
  await reading(0);
  logs.dispose();
  await until(() => expect(states(imports)).toEqual(['stopped']));
});
