/** The whole panel on a fake source, found and used as a person would: by role, name and key. */
import { act } from 'preact/test-utils';
import './one-slice.ts';
// What the panel loads when it is first needed is here at once: no test may end in the middle of an import.
import '../../src/core/capture/pasted.ts';
import '../../src/core/trust/trust.ts';
import '../../src/panel/model/agreement.ts';
import '../../src/panel/model/imports.ts';
import '../../src/panel/views/agreement.tsx';
import '../../src/panel/views/certificate.tsx';
import '../../src/panel/views/compare-dialog.tsx';
import '../../src/panel/views/copy-dialog.tsx';
import '../../src/panel/views/detached-payload.tsx';
import '../../src/panel/views/detail.tsx';
import '../../src/panel/views/dialogs.tsx';
import '../../src/panel/views/disclosures.tsx';
import '../../src/panel/views/drop-zone.tsx';
import '../../src/panel/views/empty-state.tsx';
import '../../src/panel/views/exchanges.tsx';
import '../../src/panel/views/export-dialog.tsx';
import '../../src/panel/views/import-bar.tsx';
import '../../src/panel/views/import-dialog.tsx';
import '../../src/panel/views/inner-tokens.tsx';
import '../../src/panel/views/key-field.tsx';
import '../../src/panel/views/keys-dialog.tsx';
import '../../src/panel/views/log-frame.tsx';
import '../../src/panel/views/log-strip.tsx';
import '../../src/panel/views/opaque-dialog.tsx';
import '../../src/panel/views/other-view.tsx';
import '../../src/panel/views/parts.tsx';
import '../../src/panel/views/paste-dialog.tsx';
import '../../src/panel/views/policy-dialog.tsx';
import '../../src/panel/views/settings-dialog.tsx';
import '../../src/panel/views/stores-button.tsx';
import '../../src/panel/views/timeline.tsx';
import { afterEach, expect, vi } from 'vitest';
import { mount } from '../../src/panel/mount.tsx';
import type { PanelSource } from '../../src/panel/source.ts';
import { createFakeSource, type FakeOptions, type FakeSource } from '../fixtures/fake-source.ts';

/** Height of the list: ten rows. happy-dom lays nothing out. */
const LIST_HEIGHT = 450;

const mounted = new Set<{ readonly fake: FakeSource; readonly unmount: () => void; readonly container: HTMLElement }>();

export interface Screen {
  readonly fake: FakeSource;
  readonly container: HTMLElement;
  unmount(): void;
}

/** @param instead verbs of the source that the test plays itself */
export const open = async (options: FakeOptions = {}, instead: Partial<PanelSource> = {}): Promise<Screen> => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => LIST_HEIGHT });
  const fake = createFakeSource(options);
  const container = document.createElement('div');
  document.body.append(container);
  let unmount = () => {};
  await act(async () => {
    // The same object: a test may replace a verb of it later.
    unmount = mount({ source: Object.assign(fake.source, instead), container });
  });
  const screen = { fake, container, unmount };
  mounted.add(screen);
  return screen;
};

/** Waits until something holds; the panel loads its parts as they are needed. */
export const until = <Value>(check: () => Value): Promise<Value> =>
  vi.waitFor(
    async () => {
      await act(() => undefined);
      const found = check();
      // What came just now has its effects too, a dialogue its keys.
      await act(() => undefined);
      return found;
    },
    { interval: 4, timeout: 4000 },
  );

const textOf = (element: Element) => element.textContent?.replace(/\s+/g, ' ').trim() ?? '';

export const all = (selector: string): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];

export const the = (selector: string): HTMLElement => {
  const [found] = all(selector);
  if (!found) throw new Error(`no ${selector} in ${textOf(document.body)}`);
  return found;
};

const spokenText = (element: Element) => {
  const copy = element.cloneNode(true);
  if (copy instanceof Element) for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove();
  return copy instanceof Element ? textOf(copy) : '';
};

/** The element whose accessible name is, or begins with, this. */
export const named = (name: string): HTMLElement => {
  const found =
    all('[aria-label]').find((element) => element.getAttribute('aria-label') === name) ??
    all('button, label, summary').find((element) => spokenText(element).startsWith(name));
  if (!found) throw new Error(`nothing named ${name} in ${textOf(document.body)}`);
  return found;
};

export const text = (selector: string): string => textOf(the(selector));
export const texts = (selector: string): readonly string[] => all(selector).map(textOf);

export const press = async (element: Element, key: string, more: KeyboardEventInit = {}): Promise<KeyboardEvent> => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  await act(async () => void element.dispatchEvent(event));
  return event;
};

export const click = (element: HTMLElement): Promise<void> => act(async () => element.click());

export const type = (element: Element, value: string): Promise<void> =>
  act(async () => {
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) element.value = value;
    else if (element instanceof HTMLSelectElement) element.value = value;
    else throw new Error('nothing to type into');
    element.dispatchEvent(new Event(element instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
  });

/** Selects the n-th row and waits for what it says. */
export const select = async (row: number): Promise<HTMLElement> => {
  const element = await until(() => {
    const found = all('[role=option]')[row];
    if (!found) throw new Error(`no row ${row}`);
    return found;
  });
  await click(element);
  return until(() => the('section.detail[tabindex]'));
};

afterEach(() => {
  const missing = [...mounted].flatMap(({ fake, unmount, container }) => {
    unmount();
    container.remove();
    return [...fake.missing];
  });
  mounted.clear();
  expect(missing, 'texts that are missing').toEqual([]);
});
