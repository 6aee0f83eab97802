import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { quoteForCmd, quoteForSh } from '../../../src/core/report/copy-as-shell.ts';
import { hasProgram } from '../../fixtures/programs.ts';
import { HOSTILE, hostile } from './copy-as-arbitrary.ts';

/** Programs start slowly where many tests run at once. */
vi.setConfig({ testTimeout: 120_000 });

/** What a shell is given, and what it makes of it, has no NUL, and is UTF-8. */
const texts = fc.oneof(hostile, fc.string({ unit: 'binary' })).map((text) => text.replaceAll('\0', '').toWellFormed());

/** With the options by which none reads a person's own files. */
const SHELLS: readonly (readonly [shell: string, ...options: readonly string[]])[] = [
  ['bash'],
  ['dash'],
  ['sh'],
  ['zsh', '-f'],
  ['mksh'],
  ['busybox', 'sh'],
  ['fish', '--no-config'],
];

for (const [shell, ...options] of SHELLS) {
  if (!hasProgram(shell, ...options, '-c', 'exit 0')) {
    test(`${shell}: not checked, it is not on this machine`, () => {});
    continue;
  }
  test(`${shell} gives back what was quoted`, () => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 40 }), (all) => {
        const script = `printf '%s\\0' ${all.map(quoteForSh).join(' ')}`;
        const printed = execFileSync(shell, [...options, '-c', script], { encoding: 'utf8' });
        expect(printed.split('\0').slice(0, -1)).toEqual(all);
      }),
      { numRuns: 25 },
    );
  });
}

/** A word of fish (its docs, "Quotes"): a mark or a backslash is escaped in single quotes, too. */
const FISH_WORD = /(?:\\[\\']|'(?:\\[\s\S]|[^'\\])*')+/g;

const fish = (line: string): readonly string[] => {
  if (line.replace(FISH_WORD, '').trim() !== '') throw new Error(`cannot be read: ${line}`);
  return (line.match(FISH_WORD) ?? []).map((word) =>
    word.replace(/'((?:\\[\s\S]|[^'\\])*)'|\\(.)/g, (_, quoted?: string, escaped = '') =>
      quoted === undefined ? escaped : quoted.replace(/\\([\\'])/g, '$1'),
    ),
  );
};

test('fish, read by its rules, gives back what was quoted, backslashes before the closing mark included', () => {
  expect(fish("'a\\\\b' 'it\\'s'")).toEqual(['a\\b', "it's"]);
  expect(() => fish("'a\\'")).toThrow('cannot be read');
  const tricky = fc.string({ unit: fc.constantFrom("'", '\\', 'a', ' ') });
  fc.assert(
    fc.property(fc.array(fc.oneof(tricky, texts), { minLength: 1, maxLength: 4 }), (all) => {
      expect(fish(all.map(quoteForSh).join(' '))).toEqual(all);
    }),
    { numRuns: 500 },
  );
});

/**
 * The parsers of Windows, as far as one line at the prompt goes. cmd: variables are expanded first, and it knows no escape
 * for that; here every variable is defined whose name does not begin with `^`. Then quotation marks and `^`.
 */
const cmd = (line: string): string => {
  const variable = /%(?!\^)[^%:]+[%:]/.exec(line);
  if (variable) throw new Error(`expands ${variable[0]}`);
  let [read, isQuoted] = ['', false];
  for (let at = 0; at < line.length; at++) {
    let character = line[at] ?? '';
    if (character === '^' && !isQuoted) {
      at += 1;
      character = line[at] ?? '';
    } else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && /[&|<>()\r\n]/.test(character)) throw new Error(`means something: ${character}`);
    read += character;
  }
  return read;
};

/** The C runtime (Microsoft Learn, "Parsing C command-line arguments"): 2n backslashes and a mark, or 2n+1. */
const runtime = (line: string): readonly string[] => {
  const args: string[] = [];
  let [word, isQuoted]: [string | undefined, boolean] = [undefined, false];
  for (const [piece, slashes = '', mark] of line.matchAll(/(\\*)(")|\\+|[\s\S]/g)) {
    if (mark !== undefined) {
      word = (word ?? '') + '\\'.repeat(slashes.length >> 1);
      if (slashes.length % 2 > 0) word += '"';
      else isQuoted = !isQuoted;
    } else if (piece === ' ' && !isQuoted) {
      if (word !== undefined) args.push(word);
      word = undefined;
    } else word = (word ?? '') + piece;
  }
  return word === undefined ? args : [...args, word];
};

/** Visible ASCII and spaces: what a request to copy consists of. */
const plain = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom(...'"\\ %^!&') }),
  fc.constantFrom('%PATH%', '%PATH:a=b%', '%=C:%', '100%', '%20a%20', '\\\\"', 'a\\', '^%PATH^%'),
);

test('cmd and the C runtime give back what was quoted', () => {
  expect(runtime(cmd('curl ^"a^ b^" c\\^"d'))).toEqual(['curl', 'a b', 'c"d']);
  expect(() => cmd('a%PATH%')).toThrow('expands');
  fc.assert(
    fc.property(fc.array(plain, { minLength: 1, maxLength: 4 }), (all) => {
      expect(runtime(cmd(all.map(quoteForCmd).join(' ')))).toEqual(all);
    }),
    { numRuns: 500 },
  );
});

test('what cmd cannot take becomes a space, and ends no line', () => {
  const quoted = quoteForCmd(HOSTILE);
  expect(quoted).toMatch(/^[\x20-\x7e]+$/);
  expect(runtime(cmd(quoted))).toEqual([HOSTILE.replace(/[^\x20-\x7e]/g, ' ')]);
});

test('a run of backslashes takes linear time', () => {
  const quoted = quoteForCmd(`${'\\'.repeat(200_000)}a`);
  expect(quoted).toHaveLength(400_005);
});
