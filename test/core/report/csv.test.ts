import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell, csvOf } from '../../../src/core/report/csv.ts';

/** RFC 4180 read back: the only reader of quoted cells that the tests trust. */
const readCsv = (text: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
};

const FORMULA = /^[=+\-@\t\r]/;
const cells = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[=+\-@\t\r",\n ]{0,6}$/));

test('what is written is what is read, but for a sign before what would be a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.array(cells, { minLength: 1, maxLength: 5 }), { maxLength: 5 }), (rows) => {
      const expected = rows.map((row) => row.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell)));
      expect(readCsv(csvOf(rows))).toEqual(expected);
    }),
  );
});

test('no cell begins a formula', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r']) expect(csvCell(`${start}1`)).toMatch(/^"?'/);
  fc.assert(fc.property(cells, (cell) => !FORMULA.test(csvCell(cell).replace(/^"/, ''))));
});
