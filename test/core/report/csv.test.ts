import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell, csvOf } from '../../../src/core/report/csv.ts';
import { readCsv } from './read-csv.ts';

const FORMULA = /^(?:[\t\r\n]|[\s\p{Cc}\p{Default_Ignorable_Code_Point}"']*[=+\-@＝＋－＠﹦﹢﹣﹫])/u;
const cells = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[=+\-@\t\r"',\n; 1]{0,6}$/));

test('what is written is what is read, but for signs before what would be formulas', () => {
  fc.assert(
    fc.property(fc.array(fc.array(cells, { minLength: 1, maxLength: 5 }), { maxLength: 5 }), (rows) => {
      const read = readCsv(csvOf(rows));
      const bare = (all: readonly (readonly string[])[]) =>
        all.map((row) => row.map((cell) => cell.replaceAll("'", '')));
      expect(bare(read)).toEqual(bare(rows));
      for (const [at, row] of rows.entries()) {
        const isPlain = row.every((cell) => !cell.split(/[;\t\r\n]/).some((part) => FORMULA.test(part)));
        if (isPlain && !/[\t\r\n]/.test(row.join(''))) expect(read[at]).toEqual(row);
      }
    }),
  );
});

test('no cell begins a formula, whatever a spreadsheet splits at', () => {
  const starts = [
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '＝',
    ' =',
    '\u3000=',
    '"=',
    " '=",
    '\0=',
    '\ufeff+',
    '\u200b-',
    '\u2060=',
    '\u202e@',
    '\x01+',
    '\u00ad=',
    '﹦',
  ];
  for (const start of starts) expect(csvCell(`${start}1`)).toMatch(/^"?'/);
  expect(csvCell('a;  =cmd|x')).toBe("a;'  =cmd|x");
  expect(csvCell('https://a.test/?x;=1+1;@b')).toBe("https://a.test/?x;'=1+1;'@b");
  fc.assert(
    fc.property(cells, (cell) => {
      for (const part of csvCell(cell)
        .replace(/^"/, '')
        .split(/[;\t\r\n]/))
        expect(part).not.toMatch(/^ *[=+\-@]/);
    }),
  );
});
