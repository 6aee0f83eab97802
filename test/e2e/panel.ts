/** What a person does in the panel or in the extension's own page, whichever browser: the same views stand in both. */
import type { Surface } from './driver.ts';

export const ROW = '[role=option]';
export const KEY_BOX = '.key-box textarea';

/** Through the dialog "Paste". Resolves once the token is selected and its signature was looked at. */
export const pasteToken = async (panel: Surface, text: string): Promise<void> => {
  await pasteText(panel, text);
  await panel.waitUntil({ what: 'the pasted token' }, () => {
    const isOpen = document.querySelector('dialog') !== null;
    const answer = document.querySelector('[aria-label=Verdict] li small')?.textContent;
    return (
      !isOpen && document.querySelector('.row[aria-selected=true]') !== null && answer && answer !== 'being checked'
    );
  });
};

/** Through the dialog "Paste", whether there is a token in it or not. */
export const pasteText = async (panel: Surface, text: string): Promise<void> => {
  await panel.click({ selector: '.bar button', text: 'Paste' });
  await panel.paste('dialog textarea', text);
  const isShown = await panel.evaluate(() =>
    Boolean(document.querySelector<HTMLTextAreaElement>('dialog textarea')?.value),
  );
  if (isShown) return panel.click({ selector: 'dialog button', text: 'Decode' });
  // A long text is read as it is pasted, and never shown. (Firefox gives a made paste no data.)
  await panel.waitUntil(
    { what: 'the pasted text to be read' },
    () => document.querySelector('dialog [role=alert]') !== null || document.querySelector('dialog') === null,
  );
};

/** The four answers of the selected token, in the panel's words. */
export const verdictOf = (panel: Surface): Promise<readonly string[]> =>
  panel.evaluate(() =>
    [...document.querySelectorAll('[aria-label=Verdict] li small')].map((answer) => answer.textContent?.trim() ?? ''),
  );

/** Waits until the signature of the selected token is in the state; gives all that the section says of it. */
export const signatureIs = async (panel: Surface, state: string): Promise<string> => {
  await panel.waitUntil(
    { what: `a signature that is: ${state}` },
    (wanted) => document.querySelector('[aria-label=Verdict] li .state')?.textContent === wanted,
    state,
  );
  return panel.evaluate(() => document.querySelector('.signature > p:not(.force)')?.textContent?.trim() ?? '');
};

/** Waits until the text stands in the element. */
export const says = (panel: Surface, selector: string, text: string): Promise<unknown> =>
  panel.waitUntil(
    { what: `"${text}" in ${selector}` },
    (path, wanted) => [...document.querySelectorAll(path)].some((element) => element.textContent?.includes(wanted)),
    selector,
    text,
  );

/** Pastes into the empty key box. */
export const giveKey = async (panel: Surface, key: string): Promise<void> => {
  await panel.evaluate((selector) => document.querySelector<HTMLTextAreaElement>(selector)?.select(), KEY_BOX);
  await panel.paste(KEY_BOX, key);
};

/** Takes back every key that was given. */
export const removeKeys = async (panel: Surface): Promise<void> => {
  await panel.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLElement>('.keys button')) button.click();
  });
  await panel.waitUntil({ what: 'no key' }, () => document.querySelector('.keys') === null);
};

interface Watched extends Window {
  uncaught?: string[];
  longTasks?: string[];
}

/** From now on, what nobody catches in the document is noted, and each task of 50 ms or more where the browser tells. */
export const watchErrors = (panel: Surface): Promise<void> =>
  panel.evaluate(() => {
    const uncaught: string[] = [];
    (window as Watched).uncaught = uncaught;
    addEventListener('error', (event) => uncaught.push(event.message));
    addEventListener('unhandledrejection', (event) => uncaught.push(String(event.reason)));
    addEventListener('securitypolicyviolation', (event) => uncaught.push(`CSP: ${event.violatedDirective}`));
    const longTasks: string[] = [];
    (window as Watched).longTasks = longTasks;
    if (!PerformanceObserver.supportedEntryTypes.includes('longtask')) return;
    new PerformanceObserver((list) => {
      const doing = document.querySelector('.row[aria-selected=true]')?.textContent?.slice(0, 40) ?? '';
      for (const { duration } of list.getEntries()) longTasks.push(`${Math.round(duration)} ms at ${doing}`);
    }).observe({ type: 'longtask' });
  });

export const longTasksIn = (panel: Surface): Promise<readonly string[]> =>
  panel.evaluate(() => (window as Watched).longTasks ?? []);

export const uncaughtIn = (panel: Surface): Promise<readonly string[]> =>
  panel.evaluate(() => (window as Watched).uncaught ?? ['nobody watched']);
