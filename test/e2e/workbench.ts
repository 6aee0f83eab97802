/** What a person does in the workbench, and reads there. */
import type { Surface } from './driver.ts';
import { choose, openToken } from './panel-reader.ts';

export type EditedPart = 'header' | 'payload' | 'outer';

/** CodeMirror stands in a shadow root of it. */
const editorOf = (part: EditedPart) => `${part === 'outer' ? '.wb-outer' : `.wb-part.${part}`} .json-editor`;
export const SIGNING_KEY = '.wb-key textarea';

/** What stands in the editor; of a short text all lines are drawn. */
export const textIn = (panel: Surface, part: EditedPart): Promise<string> =>
  panel.evaluate((path) => {
    const lines = document.querySelector(path)?.shadowRoot?.querySelectorAll('.cm-line') ?? [];
    return [...lines].map(({ textContent }) => textContent).join('\n');
  }, editorOf(part));

/** By the row's menu. Resolves with the token, once its copy is there. */
export const editCopyOf = async (panel: Surface, row: string): Promise<string> => {
  await openToken(panel, row);
  const token = await rawToken(panel);
  await panel.click({ selector: '[role=option]', text: row }, { button: 'right' });
  await panel.click({ selector: '[role=menuitem]', text: 'Edit in the workbench' });
  await sayIs(panel, 'The same as the original, to the letter');
  return token;
};

/** The compact token in sight: the selected one, or the one that the workbench made. */
export const rawToken = (panel: Surface): Promise<string> =>
  panel.waitFor(() => document.querySelector('.raw')?.textContent);

/** Waits until the sentence on top is this one. Gives why, where it says that. */
export const sayIs = (panel: Surface, sentence: string): Promise<string> =>
  panel
    .waitUntil(
      { what: `the workbench to say "${sentence}"` },
      (wanted) => {
        const box = document.querySelector('.wb-result .say');
        return box?.querySelector('h1')?.textContent === wanted && [box.querySelector('p')?.textContent ?? ''];
      },
      sentence,
    )
    .then(([why = '']) => why);

/** Waits until the token that is made, and that is no older one, has exactly this text as its part. Gives the token. */
export const madeWith = (panel: Surface, part: 'header' | 'payload', text: string): Promise<string> =>
  panel.waitUntil(
    { what: `a token whose ${part} is ${text}` },
    (segment, at) => {
      const token = document.querySelector('.wb-result .wb-token:not(.stale) .raw')?.textContent ?? '';
      return token.split('.')[at] === segment && token;
    },
    Buffer.from(text).toString('base64url'),
    part === 'header' ? 0 : 1,
  );

/** Puts the focus behind the last character. */
export const toEndOf = async (panel: Surface, part: EditedPart): Promise<void> => {
  await panel.click(editorOf(part));
  await panel.press('Control+End');
};

/** Types another text in place of all that stands there. */
export const retype = async (panel: Surface, part: EditedPart, text: string): Promise<void> => {
  await panel.click(editorOf(part));
  await panel.press('Control+a');
  await panel.typeOn(text);
};

export const chooseSignature = (panel: Surface, mode: string): Promise<void> =>
  panel.click({ selector: '.wb-part.sign .wb-options label', text: mode });

export const chooseAlgorithm = (panel: Surface, alg: string): Promise<void> =>
  choose(panel, '.wb-part.sign select', alg);

const ENCRYPTION = '.wb-part[aria-label="Encrypt (JWE)"]';

const switchEncryption = (panel: Surface): Promise<void> => panel.click(`${ENCRYPTION} h2 [type=checkbox]`);

const giveEncryptionKey = async (panel: Surface, key: string): Promise<void> => {
  await panel.paste(`${ENCRYPTION} textarea`, key);
  await sayIs(panel, "Encrypted: only the recipient's key opens it");
};

/** Turns it on, for who has the private key. */
export const encryptFor = async (panel: Surface, alg: string, publicKey: string): Promise<void> => {
  await switchEncryption(panel);
  await choose(panel, `${ENCRYPTION} .wb-row label:first-child select`, alg);
  await giveEncryptionKey(panel, publicKey);
};

/** Turns it on, as the original was encrypted, for who shares the secret. */
export const sealAgain = async (panel: Surface, secret: string): Promise<void> => {
  await switchEncryption(panel);
  await giveEncryptionKey(panel, secret);
};

export const compressFirst = (panel: Surface): Promise<void> =>
  panel.click({ selector: `${ENCRYPTION} label`, text: 'Compress first (zip: DEF)' });

export const stopEncrypting = (panel: Surface): Promise<void> => switchEncryption(panel);

/** Presses the button; gives the key that was made, by the names of its forms, once the token is signed with it. */
export const generateKey = async (panel: Surface, alg: string): Promise<Readonly<Record<string, string>>> => {
  await panel.click({ selector: '.wb-part.sign button', text: `Generate a key for ${alg}` });
  await sayIs(panel, `Signed with ${alg}, and the signature holds`);
  return panel.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('[aria-label="The generated key"] li')].map((form) => [
        form.querySelector('summary')?.textContent ?? '',
        form.querySelector('.wb-form')?.textContent ?? '',
      ]),
    ),
  );
};

/** What is wrong with the text, as it is told below the editor. */
export const marksOf = (panel: Surface, part: EditedPart): Promise<readonly string[]> =>
  panel.evaluate(
    (path) => [...document.querySelectorAll(path)].map((line) => (line.textContent ?? '').replace(/^[✕⚠] /, '').trim()),
    `.wb-part.${part} .wb-marks li`,
  );
