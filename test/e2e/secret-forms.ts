/** The forms in which a secret could stand in a file: what must not be there in any of them. */

/** A text as it would stand inside base64, wherever it begins there: without the characters that its neighbours share. */
const insideBase64 = (text: string): readonly string[] =>
  [0, 1, 2].flatMap((shift) => {
    const plain = Buffer.from(' '.repeat(shift) + text).toString('base64');
    const own = plain.slice(4, -4);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });

const percentEncoded = (text: string) =>
  [...text].map((character) => `%${character.charCodeAt(0).toString(16)}`).join('');

const jsonEscaped = (text: string) =>
  [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** As it is, URL-encoded in part or whole, in base64 and base64url, and escaped as in JSON. */
export const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret.replaceAll('.', '%2E')),
  secret.replaceAll('.', '%2E'),
  secret.replaceAll('.', '\\u002e'),
  percentEncoded(secret),
  jsonEscaped(secret),
  ...insideBase64(secret),
];

/** In the background: all tokens that it holds. */
export const capturedIn = async (): Promise<readonly string[]> => {
  const stored = await chrome.storage.session.get<Record<string, { compact: string }>>(null);
  return Object.entries(stored).flatMap(([key, record]) => (key.startsWith('token/') ? [record.compact] : []));
};
