/**
 * Hostile text in Markdown, by the rules of CommonMark 0.31 and GitHub Flavored Markdown 0.29. (The report was rendered
 * with micromark and markdown-it too, 3,000 times, and gave no element but its own.)
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, fenced, fencedJson, sentence, table } from '../../../src/core/report/markdown.ts';
import { exchange, jws, live, log, redacted, sighting, textOf, token, verdictsOf } from './logs.ts';

const marks = fc.constantFrom(
  ...['|', '\\', '`', '``', '```', '~~~', '\n', '\r\n', '<img src=x onerror=1>', '<!--', '-->', '](http://a.b)', '#12'],
  ...[
    '![x](y)',
    '[a]: http://x',
    'https://evil.test',
    'www.evil.test',
    'a@b.co',
    '# h',
    '* ',
    '- ',
    '1. ',
    '> ',
    ':x:',
  ],
  ...['---', '|---|', '&lt;', '&#60;', 'x', ' ', '\u202e', '\t', '    ', '$', '{', '=', '_a_', '~~', '@me', '[^1]'],
);
const hostile = fc.array(marks, { maxLength: 12 }).map((all) => all.join(''));

/** From left to right: code spans are gone, escaped characters harmless; in what is left a renderer looks for marks. */
const rest = (text: string): string =>
  text.replace(/\\[!-/:-@[-`{-~]|(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, (_, span) => (span === undefined ? 'x' : ''));

describe('a code span', () => {
  it('holds all of the text, on one line', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const span = code(text);
        expect(span).not.toMatch(/[\n\r\u202e]/);
        expect(rest(span).trim()).toBe(text === '' ? '–' : '');
      }),
    );
  });

  it.each([
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    [' a ', '`  a  `'],
    ['', '–'],
    ['a\nb', '`a\\u000Ab`'],
    ['\\', '`\\`'],
  ])('%j', (text, span) => {
    expect(code(text)).toBe(span);
  });
});

describe('a sentence', () => {
  it('has no marks, links or mentions', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const left = rest(sentence(text));
        expect(left).not.toMatch(/[`*_[\]<>#|~&!{}$@]|:\/\/|www\.|^\s*[-+=]|^\s*\d+[.)]|^\s/);
      }),
    );
  });

  it('reads as it is written where it is harmless', () => {
    expect(sentence("It had expired 2 min before, by the server's clock (42 s behind).")).toBe(
      "It had expired 2 min before, by the server's clock (42 s behind).",
    );
  });
});

describe('what forges make links of', () => {
  it.each([
    'GH-1',
    'GL-12',
    '!1',
    '%1',
    '%"a b"',
    '$1',
    '&1',
    '~bug',
    'a/b#1',
    '^alert#1',
    '[issue:a/b/1]',
    '*iteration:1',
    '9ba12248',
    '@me',
  ])('stands in code: %s', (reference) => {
    expect(sentence(`see ${reference} there`)).toBe(`\`see ${reference} there\``);
    expect(table(['a'], [[reference]])).toContain(`| \`${reference}\` |`);
    expect(table(['a'], [[`x\\|${reference}`]])).toMatch(/\| <code>[^<>`]*<\/code> \|\n$/);
  });

  it.each(['50 % of 3, 100%', 'Really! 12345678 s', 'HS256 and ES256, ML-DSA-44'])('and %s does not', (text) => {
    expect(sentence(text)).not.toContain('`');
    expect(table(['a'], [[text]])).toContain(`| ${text} |`);
  });
});

describe('a table', () => {
  it('has as many cells in each row as in its head', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile)), (rows) => {
        const lines = table(['one', 'two'], rows).split('\n').slice(0, -1);
        expect(lines).toHaveLength(rows.length + 2);
        // A pipe behind a backslash is none; neither renderer's way of counting backslashes may matter.
        for (const line of lines) {
          expect(line.match(/(?<!\\)\|/g)).toHaveLength(3);
          expect(line).not.toContain('\\\\|');
        }
      }),
    );
  });

  it('leaves plain words plain', () => {
    expect(table(['a'], [['Alive for 2 min; no key.'], ['RS256'], ['a.io'], ['x|y'], ['a\\|b'], ['']])).toBe(
      '| a |\n| --- |\n| Alive for 2 min; no key. |\n| RS256 |\n| `a.io` |\n| `x\\|y` |\n| a&#92;&#124;b |\n| – |\n',
    );
  });
});

describe('a fence', () => {
  it('is longer than any in its text', () => {
    fc.assert(
      fc.property(fc.array(hostile), (lines) => {
        const [first = '', ...others] = fenced(lines).split('\n');
        expect(others.slice(-2)).toEqual([first, '']);
        expect(others.slice(0, -2).join('\n')).not.toContain(first);
        expect(others.slice(0, -2)).toHaveLength(lines.length);
      }),
    );
  });

  it('has JSON over lines, its literals as they are written', () => {
    expect(fencedJson('{"a":1.0,"b":"``` \u202e"}')).toBe('````json\n{\n  "a": 1.0,\n  "b": "``` \\u202E"\n}\n````\n');
  });

  it('takes a flood of backticks', () => {
    expect(fenced(['` '.repeat(200_000)])).toMatch(/^```\n/);
  });
});

describe('the report', () => {
  it('has no headings, tables and lists but its own, whatever was captured', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, fc.boolean(), (one, two, three, isLive) => {
        const compact = jws(JSON.stringify({ iss: one, sub: two, [three]: three }));
        const what = log({
          tokens: [token(compact), token(jws(JSON.stringify(one + two)))],
          exchanges: [exchange(`https://a.io/${one}`, { method: two, wwwAuthenticate: [three] })],
          sightings: [sighting(compact, { kind: 'cookie', name: two, path: three })],
        });
        const verdicts = verdictsOf(what, three);
        const text = textOf(what, { ...(isLive ? live : redacted), format: 'markdown', verdicts });
        const lines = text.replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, 'block').split('\n');
        const count = (begin: RegExp) => lines.filter((line) => begin.test(line)).length;
        expect([count(/^# /), count(/^## /), count(/^### /), count(/^\| /)]).toEqual([1, 4, 1, 4]);
        expect(lines.filter((line) => line === 'block')).toHaveLength(isLive ? 6 : 4);
        for (const line of lines.filter((one) => !one.startsWith('|'))) {
          expect(rest(line).replace(/^#+ |^- /, '')).not.toMatch(/[<>[\]@]|:\/\/|^[#>*+-] /);
        }
      }),
    );
  });

  it('says why requests were refused, by which token, and what the server said', () => {
    const compact = jws('{"sub":"alice","exp":1800000000}');
    const what = log({
      tokens: [token(compact)],
      exchanges: [exchange('https://a.io/me', { status: 401, wwwAuthenticate: ['Bearer error="invalid_token"'] })],
      sightings: [sighting(compact, { kind: 'request_header', name: 'authorization' })],
    });
    const text = textOf(what, { ...redacted, format: 'markdown', verdicts: verdictsOf(what, 'the token') });
    expect(text).toContain('### 1\\. `GET https://a.io/me`\n\n- answered: 401, 1970-01-01T00:00:00.001Z\n');
    expect(text).toContain('- token: `token-1`\n- reason: the token has expired\n');
    expect(text).toContain('- WWW-Authenticate: `Bearer error="invalid_token"`\n- the token\n');
    expect(text).toContain('- expires\\_at: 2027-01-15T08:00:00.000Z\n');
  });
});
