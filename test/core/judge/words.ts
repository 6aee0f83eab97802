import { readFileSync } from 'node:fs';
import type { Text } from '../../../src/core/judge/duration.ts';

const read = (subject: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../../src/_locales/en/${subject}.json`, import.meta.url), 'utf8'));

/** Those of policies. */
export const policyWords: Record<string, string> = read('policy');

/** The English texts of this part, as they ship. */
export const words: Record<string, string> = {
  ...policyWords,
  ...Object.assign({}, ...['time', 'summary', 'why', 'checks', 'problems', 'signature'].map(read)),
};

export const text: Text = (key, ...parts) =>
  (words[key] ?? key).replace(/\$(\d)/g, (_, n: string) => parts[Number(n) - 1] ?? '?');
