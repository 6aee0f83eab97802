import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a page loads, in equal shares: prose, data, markup and scripts. All of it lies in node_modules. */
const SHARES = ['.md', '.json', '.html', '.js'];
/** Wherever a token stands in such text, others do not stand nearby. */
const TOKENS = 20;

const NON_ASCII = /[^\t\n\r\x20-\x7e]/g;

/** Text of the files with this ending, one after the other and again from the first, until it is long enough. */
const gather = (names: readonly string[], ending: string, length: number): string => {
  const parts: string[] = [];
  let gathered = 0;
  const files = names.filter((name) => name.endsWith(ending));
  for (let next = 0; gathered < length; next += 1) {
    const text = readFileSync(join('node_modules', files[next % files.length] ?? ''), 'utf8');
    parts.push(text);
    gathered += text.length;
  }
  return parts.join('\n').slice(0, length);
};

/** Ordinary text in ASCII with a few tokens in it. */
export const ordinaryText = (length: number, tokens: readonly string[]): string => {
  const names = readdirSync('node_modules', { recursive: true, encoding: 'utf8' }).sort();
  const text = SHARES.map((ending) => gather(names, ending, length / SHARES.length)).join('');
  const step = Math.floor(length / TOKENS);
  const pieces = Array.from({ length: TOKENS }, (_, at) => text.slice(at * step, (at + 1) * step));
  return pieces
    .map((piece, at) => `${piece} ${tokens[at] ?? ''} `)
    .join('')
    .replace(NON_ASCII, ' ');
};
