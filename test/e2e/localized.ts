import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The unpacked extension as it is, or a copy of it below the folder whose texts are those of another language: a browser
 * asks for the texts of its own, and the browsers of a test machine know no language but English.
 */
export const localized = (extensionDir: string, language: string, folder: string): string => {
  if (language === 'en') return resolve(extensionDir);
  const copy = join(folder, 'extension');
  cpSync(extensionDir, copy, { recursive: true });
  cpSync(join(copy, '_locales', language), join(copy, '_locales', 'en'), { recursive: true });
  return copy;
};
