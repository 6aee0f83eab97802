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

/** An API's ordinary list in JSON, with the tokens spread over it. */
export const ordinaryJson = (length: number, tokens: readonly string[]): string => {
  const item = (id: number): object => ({
    ...{ id, name: `Customer ${id}`, active: id % 3 === 0, balance: id * 1.25, tags: ['new', 'b2b'] },
    address: { street: `${id} Example Street`, city: 'Springfield', note: 'Second door on the left, "ring twice"' },
  });
  const count = Math.floor(length / JSON.stringify(item(100_000)).length);
  const items = Array.from({ length: count }, (_, id) => item(id));
  for (const [at, token] of tokens.entries()) {
    const place = Math.floor(((at + 1) * count) / (tokens.length + 1));
    items[place] = { ...items[place], session: { access_token: token } };
  }
  return JSON.stringify({ items });
};
