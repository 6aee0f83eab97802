/** What a person does with files in the panel: imports them, goes from log to log, exports one. */
import type { Download, Driver, Surface } from './driver.ts';
import { choose } from './panel-reader.ts';

/** By the button and the chooser; resolves once it is read, with its log shown. */
export const importFile = async (panel: Surface, path: string): Promise<void> => {
  await panel.click({ selector: '.bar button', text: 'Import…' });
  await panel.giveFiles('dialog [type=file]', path);
  await fileIsRead(panel);
};

/** Waits for the log of the file that was chosen or dropped: a file without problems is shown of itself. */
export const fileIsRead = async (panel: Surface): Promise<void> => {
  const [button, bar] = ['dialog .imports .buttons [aria-label]', '.import-bar'];
  const found = await panel.waitUntil(
    { what: 'the end of the file' },
    (...paths) => paths.find((path) => document.querySelector(path)),
    ...[button, `:root:not(:has(dialog, progress)) ${bar}`],
  );
  if (found === button) await panel.click(button);
  await panel.waitFor((path) => document.querySelector(path) !== null, `:root:not(:has(dialog)) ${bar}`);
};

/** All that is told over an imported log. */
export const fileFacts = (panel: Surface): Promise<string> =>
  panel.waitFor(() => document.querySelector('.import-bar')?.textContent?.replace(/\s+/g, ' ').trim());

/** Shows another of the open logs, by the name of its tab. */
export const showLog = async (panel: Surface, name: string): Promise<void> => {
  await panel.click({ selector: '.logs [role=tab]', text: name });
  await panel.waitFor(
    (wanted) => document.querySelector('.logs [role=tab][aria-selected=true]')?.textContent?.includes(wanted),
    name,
  );
};

/** Closes the imported log that is shown. */
export const closeLog = async (panel: Surface): Promise<void> => {
  const count = await panel.evaluate(() => document.querySelectorAll('.logs [role=tab]').length);
  await panel.click({ selector: '.import-bar button', text: 'Close this log' });
  await panel.waitUntil(
    { what: 'one log less' },
    (before) => document.querySelectorAll('.logs [role=tab]').length < before,
    count,
  );
};

export type Format = 'json' | 'csv' | 'markdown' | 'har';

/** Saves the log that is shown, in a format. */
export const exportAs = async (
  driver: Driver,
  panel: Surface,
  format: Format,
  { live = false, scope = 'all' }: { readonly live?: boolean; readonly scope?: 'all' | 'shown' | 'selected' } = {},
): Promise<Download> => {
  await panel.click({ selector: '.bar button', text: 'Export' });
  await choose(panel, 'dialog .export-choices label:first-child select', format);
  await choose(panel, 'dialog .export-choices label:last-child select', scope);
  if (live) await panel.click({ selector: 'dialog label', text: 'Include live credentials' });
  await panel.click({ selector: 'dialog button', text: live ? 'Save with live credentials' : 'Save the file' });
  const saved = await driver.nextDownload();
  await panel.waitUntil({ what: 'the end of the dialog' }, () => document.querySelector('dialog') === null);
  return saved;
};
