// @vitest-environment happy-dom
/**
 * What is there can be used: a hand, or a key, may come before the browser has drawn. Here it never draws, and what
 * Preact leaves for after that (`useEffect`) never runs.
 */
import { options } from 'preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pairFor, publicPem } from '../../fixtures/keys.ts';
import { signedToken } from '../../fixtures/tokens.ts';
import { seen } from '../records.ts';
import { all, click, named, open, select, text, the, until } from '../screen.ts';

/** Preact's own door for it, which its types leave out. */
const drawing: { requestAnimationFrame?: (after: () => void) => void } = options;

/** All that has to be loaded was, and every view was there once. */
const show = async () => {
  const tokens = await Promise.all(['a', 'b'].map((sub) => signedToken('ES256', { payload: { sub } })));
  const screen = await open({ records: tokens.flatMap((token) => seen(token)) });
  await select(0);
  for (const name of ['Paste', 'Export']) {
    await click(named(name));
    await until(() => the('dialog[open]'));
    await click(named('Close'));
  }
  return screen;
};

/** No `act`: that would run the effects. */
const soon = <Value>(check: () => Value): Promise<Value> => vi.waitFor(check, { interval: 1, timeout: 4000 });

const key = (target: EventTarget, name: string): boolean => {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event.defaultPrevented;
};

describe('before anything is drawn', () => {
  beforeEach(async () => {
    await show();
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
});
