/**
 * The workbench and the ways in and out of the panel, in every state that looks different. One scene after the other, in
 * this order, in whatever language the panel speaks.
 */

import { harOf } from '../fixtures/har.ts';
import { ecPair, publicPem } from '../fixtures/keys.ts';
import { hmacToken, SECRET } from '../fixtures/tokens.ts';
import type { Surface } from './driver.ts';
import type { Files } from './files.ts';
import { fileIsRead } from './imports.ts';
import { says } from './panel.ts';
import { choose } from './panel-reader.ts';
import { rawToken, retype } from './workbench.ts';

export type Scene = readonly [name: string, show: (panel: Surface, files: Files) => Promise<unknown>];

/** Names and values as long as real ones are. */
const TOKEN = hmacToken(SECRET, {
  header: { kid: 'signing-key-of-november-2026' },
  payload: {
    iss: 'https://login.a-long-name.example.com/realms/production',
    sub: 'alice.of.a.long.name@example.com',
    email: 'alice.of.a.long.name@example.com',
    preferred_username: 'alice',
    'https://schemas.example.com/claims/department': 'Research and Development',
    aud: ['https://orders.example.com/', 'https://customers.example.com/'],
    iat: 1_795_000_000,
    exp: 1_795_003_600,
  },
});

const HAR = harOf('chromium', [
  { url: 'https://orders.example.com/orders?page=1', headers: { Authorization: `Bearer ${TOKEN}` } },
  { url: 'https://orders.example.com/admin', headers: { Authorization: `Bearer ${TOKEN}` }, status: 401 },
]);

const FILE = 'a bug report of a customer with a very long name, second attempt.har';

/** The panel's own text for the key. */
const said = (panel: Surface, key: string): Promise<string> =>
  panel.evaluate((name) => chrome.i18n.getMessage(name), key);

const press = async (panel: Surface, selector: string, key: string): Promise<void> =>
  panel.click({ selector, text: await said(panel, key) });

const closeDialog = async (panel: Surface): Promise<void> => {
  await panel.click('dialog > .title button');
  await panel.waitUntil({ what: 'the end of the dialogue' }, () => document.querySelector('dialog') === null);
};

const signBy = (panel: Surface, mode: string) => press(panel, '.wb-part.sign label', `workbench_mode_${mode}`);

const ENCRYPTION = '.wb-part.sign + .wb-part';

/** Makes a key pair, and unfolds all its forms. */
const generate = async (panel: Surface, part: string): Promise<void> => {
  await panel.click(`${part} .wb-row .wb-button`);
  for (const position of [1, 2, 3, 4])
    await panel.click(`${part} .wb-forms li:nth-child(${position}):not(:only-child) summary`);
};

const exportFormat = (panel: Surface, format: string) =>
  choose(panel, 'dialog .export-choices label:first-child select', format);

const preview = (panel: Surface) =>
  panel.waitFor(() => document.querySelector<HTMLTextAreaElement>('dialog textarea')?.value);

const giveFile = async (panel: Surface, path: string): Promise<void> => {
  await press(panel, '.bar button', 'import_button');
  await panel.giveFiles('dialog [type=file]', path);
};

const IMPORTING: readonly Scene[] = [
  ['the dialogue of the import', (panel) => press(panel, '.bar button', 'import_button')],
  [
    'a file that is cut',
    async (panel, files) => {
      await panel.giveFiles('dialog [type=file]', files.put(FILE, HAR.slice(0, HAR.lastIndexOf('"response"'))));
      await panel.waitFor(() => document.querySelector('dialog .imports .buttons button'));
    },
  ],
  ['its log', (panel) => fileIsRead(panel)],
  [
    'a file without a token',
    async (panel, files) => {
      await giveFile(panel, files.put('nothing-is-in-this-file-that-looks-like-a-token.log', 'nothing'));
      await says(panel, 'dialog .imports', await said(panel, 'import_no_log'));
    },
  ],
  [
    'a whole file beside the others',
    async (panel, files) => {
      await closeDialog(panel);
      await giveFile(panel, files.put('second.har', HAR));
      await fileIsRead(panel);
    },
  ],
];

const EXPORTING: readonly Scene[] = [
  [
    'the export as JSON',
    async (panel) => {
      await press(panel, '.bar button', 'toolbar_export');
      await preview(panel);
    },
  ],
  ...(['csv', 'markdown', 'har'] as const).map(
    (format): Scene => [
      `the export as ${format}`,
      async (panel) => {
        await exportFormat(panel, format);
        await preview(panel);
      },
    ],
  ),
  [
    'the export with live credentials',
    async (panel) => {
      await panel.click('dialog .setting [type=checkbox]');
      await preview(panel);
    },
  ],
];

const COPYING: readonly Scene[] = [
  [
    'the dialogue of the copies',
    async (panel) => {
      await closeDialog(panel);
      await panel.click({ selector: '[role=option]', text: 'alice' });
      await rawToken(panel);
      await press(panel, '.raw-box button', 'menu_copy_as');
      await preview(panel);
    },
  ],
  ['a request', (panel) => press(panel, 'dialog label', 'copy_format_curl_cmd')],
  ['the code that verifies it', (panel) => panel.click({ selector: 'dialog label', text: 'System.IdentityModel' })],
];

const WORKBENCH: readonly Scene[] = [
  [
    'a blank token',
    async (panel) => {
      await closeDialog(panel);
      await panel.click('#tab-workbench');
      await rawToken(panel);
    },
  ],
  ['to sign with a key', (panel) => signBy(panel, 'key')],
  [
    'a key pair',
    async (panel) => {
      await choose(panel, '.wb-part.sign select', 'RS256');
      await generate(panel, '.wb-part.sign');
    },
  ],
  ['unsecured', (panel) => signBy(panel, 'none')],
  [
    'to load a token',
    async (panel) => {
      await panel.click('.wb-bar button:last-of-type');
      await panel.paste('dialog textarea', TOKEN);
    },
  ],
  [
    'a copy, as it was',
    async (panel) => {
      await panel.click('dialog button.primary');
      await panel.waitFor(() => document.querySelector('dialog') === null);
      await panel.waitFor((token) => document.querySelector('.wb-token .raw')?.textContent === token, TOKEN);
    },
  ],
  [
    'a copy, changed',
    async (panel) => {
      for (const position of [1, 2, 3, 6]) await panel.click(`.wb-quick button:nth-child(${position})`);
      await panel.waitFor(() => document.querySelector('.wb-changes'));
    },
  ],
  ['the signature left out', (panel) => signBy(panel, 'empty')],
  [
    'the registered claims',
    async (panel) => {
      await panel.click('.wb-part.payload .wb-add button');
      await panel.waitFor(() => document.querySelector('.wb-choices [role=option]'));
    },
  ],
  [
    'an error',
    async (panel) => {
      await panel.press('Escape');
      await retype(panel, 'payload', '{"sub":"a","sub":12345678901234567890,');
      await panel.waitFor(() => document.querySelector('.wb-token.stale'));
    },
  ],
  [
    'encrypted',
    async (panel) => {
      await retype(panel, 'payload', '{"sub":"alice"}');
      await panel.click(`${ENCRYPTION} [type=checkbox]`);
      await choose(panel, `${ENCRYPTION} .wb-row label:first-child select`, 'RSA-OAEP-256');
      await panel.paste(`${ENCRYPTION} textarea`, publicPem(ecPair('P-256')));
    },
  ],
  ['encrypted for a new key', (panel) => generate(panel, ENCRYPTION)],
];

export const SCENES: readonly Scene[] = [...IMPORTING, ...EXPORTING, ...COPYING, ...WORKBENCH];
