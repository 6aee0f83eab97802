// @vitest-environment happy-dom
/**
 * What is there can be used: a hand, or a key, may come before the browser has drawn. Here it never draws, and what
 * Preact leaves for after that (`useEffect`) never runs.
 */
import { options } from 'preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pairFor, publicPem } from '../../fixtures/keys.ts';
import { signedToken } from '../../fixtures/tokens.ts';
import { createReader, fileOf } from '../reading.ts';
import { seen } from '../records.ts';
import { all, click, named, open, select, text, the, until } from '../screen.ts';

/** Preact's own door for it, which its types leave out. */
const drawing: { requestAnimationFrame?: (after: () => void) => void } = options;

/** All that has to be loaded was, and every view was there once. */
const show = async () => {
  const tokens = await Promise.all(['a', 'b'].map((sub) => signedToken('ES256', { payload: { sub } })));
  const { importFile, readings } = createReader();
  await open({ records: tokens.flatMap((token) => seen(token)) }, { importFile });
  await select(0);
  for (const name of ['Paste', 'Export', 'Import…']) {
    await click(named(name));
    await until(() => the('dialog[open]'));
    await click(named('Close'));
  }
  return readings;
};

/** No `act`: that would run the effects. */
const soon = <Value>(check: () => Value): Promise<Value> => vi.waitFor(check, { interval: 1, timeout: 4000 });

const key = (target: EventTarget, name: string): boolean => {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event.defaultPrevented;
};

describe('before anything is drawn', () => {
  let readings: Awaited<ReturnType<typeof show>>;
  beforeEach(async () => {
    readings = await show();
    drawing.requestAnimationFrame = () => undefined;
  });
  afterEach(() => {
    delete drawing.requestAnimationFrame;
  });

  test('a file let go above the key box of another token is its key, and no file to import', async () => {
    const before = the('.key-box');
    all('[role=option]')[1]?.click();
    const box = await soon(() => {
      expect(the('.key-box')).not.toBe(before);
      return named('Key');
    });
    const event = new Event('drop', { bubbles: true, cancelable: true });
    const files = [new File([publicPem(pairFor('ES256'))], 'issuer.pem')];
    Object.defineProperty(event, 'dataTransfer', { value: { files, types: ['Files'], getData: () => '' } });
    box.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    await soon(() => expect(text('.trial')).toContain('Recognised: Public key (PEM, SPKI).'));
    expect(all('dialog')).toEqual([]);
  });

  test('a dialogue is open, has the focus and its keys, and gives it back to what opened it', async () => {
    const button = named('Export');
    button.click();
    const dialog = await soon(() => the('dialog[open]'));
    expect(dialog.contains(document.activeElement)).toBe(true);
    expect(key(document.body, 'Escape')).toBe(true);
    await soon(() => expect(all('dialog')).toEqual([]));
    expect(document.activeElement).toBe(button);
  });

  test('dialogues one after the other give the focus back to what opened each', async () => {
    for (const name of ['Paste', 'Export', 'Paste', 'Export']) {
      const button = named(name);
      button.click();
      await soon(() => the('dialog[open]'));
      key(document.body, 'Escape');
      await soon(() => expect(document.activeElement).toBe(button));
    }
  });

  test('a file that was told of is gone from the dialogue as that closes, and takes nothing along that comes next', async () => {
    named('Import…').click();
    const input = await soon(() => the('dialog[open] input[type=file]'));
    Object.defineProperty(input, 'files', { value: [fileOf('cut.har')] });
    input.dispatchEvent(new Event('change', { bubbles: true }));
    const reading = await soon(() => {
      const [first] = readings;
      if (!first) throw new Error('no file is read');
      return first;
    });
    reading.put({ read: 10, records: seen(await signedToken('ES256')) });
    reading.end({ problems: [{ code: 'cut', offset: 9, line: 1, column: 10 }] });
    await soon(() => expect(text('dialog .imports')).toContain('cut.har'));
    await soon(() => named('Show the log of cut.har'));
    key(document.body, 'Escape');
    await soon(() => expect(all('dialog')).toEqual([]));
    named('Import…').click();
    await soon(() => the('dialog[open]'));
    expect(all('.imports')).toEqual([]);
  });
});
