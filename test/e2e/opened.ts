/** What a person sees of a token that keys open, whichever browser: verbs for the scenarios of `opened-*.test.ts`. */
import type { Surface } from './driver.ts';
import { pasteText } from './panel.ts';

/** Characters of a segment that tell two tokens apart; the panel cuts very long ones. */
const TELLING = 60;

/** Pastes a token and waits until its own detail is there, looked at. */
export const show = async (panel: Surface, token: string): Promise<void> => {
  await pasteText(panel, token);
  const [head = '', body = '', sign = ''] = token.startsWith('{') ? [] : token.split('.');
  const pieces = [`${head.slice(0, TELLING)}`, `${body.slice(-TELLING)}.${sign.slice(0, TELLING)}`];
  await panel.waitUntil(
    { what: 'the detail of the pasted token' },
    (wanted) => {
      const text = document.querySelector('.raw')?.textContent ?? '';
      const answer = document.querySelector('[aria-label=Verdict] li .state')?.textContent;
      return document.querySelector('dialog') === null && answer && wanted.every((piece) => text.includes(piece));
    },
    token.startsWith('{') ? [signatureOf(token)] : pieces,
  );
};

/** A piece of a JSON serialisation that no other has. */
const signatureOf = (json: string): string => {
  const { signature, signatures, ciphertext } = JSON.parse(json) as {
    signature?: string;
    signatures?: { signature: string }[];
    ciphertext?: string;
  };
  return (signature ?? signatures?.[0]?.signature ?? ciphertext ?? '').slice(0, TELLING);
};

/** The sentence on top, and its tone. */
export const sentenceOf = (panel: Surface): Promise<readonly [sentence: string, tone: string]> =>
  panel.evaluate(() => {
    const box = document.querySelector('.say');
    return [box?.querySelector('h1')?.textContent ?? '', box?.className.replace('say ', '') ?? ''] as const;
  });

/** The rows of a table of members, by the table's name: `name: value`. */
export const membersOf = (panel: Surface, name: string): Promise<readonly string[]> =>
  panel.evaluate(
    (label) =>
      [...document.querySelectorAll(`table[aria-label=${JSON.stringify(label)}] tr`)].map(
        (row) => `${row.querySelector('th')?.textContent}: ${row.querySelector('.value')?.textContent}`,
      ),
    name,
  );

/** The items of a list, by its name. */
export const itemsOf = (panel: Surface, name: string): Promise<readonly string[]> =>
  panel.evaluate(
    (label) =>
      [...document.querySelectorAll(`[aria-label=${JSON.stringify(label)}] > li`)].map((item) =>
        (item.textContent ?? '').replace(/\s+/g, ' ').trim(),
      ),
    name,
  );

/** Another payload under the same header and signature. */
export const forged = (token: string, payload: unknown): string => {
  const [head, , sign] = token.split('.');
  return [head, Buffer.from(JSON.stringify(payload)).toString('base64url'), sign].join('.');
};
