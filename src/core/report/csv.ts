/** CSV as RFC 4180 has it, which no spreadsheet takes for formulas. */

/** What makes a spreadsheet compute a cell, or split it (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;
const QUOTED = /[",\r\n]/;

/** One cell: quoted where it must be, and with `'` before what would be a formula. */
export const csvCell = (text: string): string => {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return QUOTED.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** Rows of cells, each row ended by CRLF. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
