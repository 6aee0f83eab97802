// @vitest-environment happy-dom
/** A copy that was changed is not lost to another. */
import { expect, test, vi } from 'vitest';
import '../one-slice.ts';
import { createSheets } from '../../../src/panel/model/workbench-sheets.ts';
import { CLAIMS, compact, hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { BUSY, builtOf, copyOf, openWorkbench, settled } from '../workbench.ts';

const FIRST = hmacToken(SECRET);
const SECOND = `${compact({ alg: 'HS256' }, { sub: 'bob' })}c2ln`;

test('only what was changed waits, the last one first, and each once', () => {
  let held: string | undefined;
  const sheets = createSheets(() => held);
  const waiting = () => sheets.aside.value.map(({ sheet, draft }) => [sheet.original, draft]);
  sheets.begin('a');
  sheets.begin('b');
  expect(waiting()).toEqual([]);
  held = 'of b';
  sheets.begin('c');
  held = 'of c';
  sheets.begin(undefined);
  expect(waiting()).toEqual([
    ['c', 'of c'],
    ['b', 'of b'],
  ]);
  const b = sheets.aside.value[1]?.sheet;
  if (!b) throw new Error('b');
  held = 'of the blank one';
  expect(sheets.turnTo(b)).toBe('of b');
  expect(sheets.current.value).toBe(b);
  expect(waiting()).toEqual([
    [undefined, 'of the blank one'],
    ['c', 'of c'],
  ]);
  expect(sheets.turnTo(b)).toBeUndefined();
  for (let id = 0; id < 20; id++) sheets.begin(String(id));
  expect(waiting()).toHaveLength(8);
});

test('a changed copy waits while another token is edited, and goes on as it was left', async () => {
  const { bench, model } = await copyOf(FIRST);
  bench.setMode('key');
  bench.typeKey('a secret of the first');
  bench.setEncryption({ on: true, what: 'payload', key: 'a secret of its encryption!!!!!!' });
  bench.type('payload', '{"sub":"carol"}');
  await settled(bench);
  const [sheet, typed] = [bench.sheet.value, bench.encryption.value];
  model.edit(SECOND);
  expect(bench.payload.value).toBe('{"sub":"bob"}');
  expect(bench.encryption.value.on).toBe(false);
  expect(bench.aside.value).toEqual([sheet]);
  bench.typeKey('another secret');
  bench.turnTo(sheet);
  expect(bench.sheet.value).toBe(sheet);
  expect([bench.payload.value, bench.mode.value, bench.key.value]).toEqual([
    ...['{"sub":"carol"}', 'key', 'a secret of the first'],
  ]);
  expect(bench.encryption.value).toEqual(typed);
  expect((await builtOf(bench)).decoded.form).toBe('jwe');
  // The other one was not changed.
  expect(bench.aside.value).toEqual([]);
});

test('asked for again, a changed copy goes on; Start over takes the changes back', async () => {
  const { bench, model } = await copyOf(FIRST);
  bench.type('payload', '{}');
  model.edit(FIRST);
  expect(bench.payload.value).toBe('{}');
  model.edit(SECOND);
  model.edit(FIRST);
  expect(bench.payload.value).toBe('{}');
  bench.startOver();
  expect(bench.payload.value).toBe(JSON.stringify(CLAIMS));
  expect((await builtOf(bench)).compact).toBe(FIRST);
  bench.edit(SECOND);
  expect(bench.aside.value).toEqual([]);
});

test('what None did to the header is put back, though another token was edited in between', async () => {
  const { bench } = await copyOf(FIRST);
  const { value: header } = bench.header;
  bench.setMode('none');
  const { value: sheet } = bench.sheet;
  bench.start(SECOND);
  bench.turnTo(sheet);
  expect([bench.mode.value, bench.alg.value]).toEqual(['none', 'none']);
  bench.setMode('original');
  expect(bench.header.value).toBe(header);
});

test('a blank token that was changed waits too, with its own key', async () => {
  const { bench } = openWorkbench();
  await vi.waitFor(() => expect(bench.generated.value).toBeDefined(), BUSY);
  expect(bench.aside.value).toEqual([]);
  const { value: generated } = bench.generated;
  bench.type('payload', '{"sub":"blank"}');
  const { value: sheet } = bench.sheet;
  bench.start(FIRST);
  expect(bench.key.value).toBe('');
  bench.turnTo(sheet);
  expect(bench.generated.value).toBe(generated);
  expect(await builtOf(bench)).toMatchObject({ answer: { state: 'verified' }, decoded: { payload: { sub: 'blank' } } });
  bench.start();
  expect(bench.aside.value).toEqual([sheet]);
  expect(bench.payload.value).toContain('Jane Doe');
  bench.dispose();
  expect(bench.aside.value).toEqual([]);
});
