/** CSV as RFC 4180 has it, which no spreadsheet takes for formulas. */

/**
 * What makes a spreadsheet compute a cell, or split it (OWASP, CSV injection): at its beginning, and behind what other
 * countries' spreadsheets split at, which take no heed of quotes in the middle of what they take for a cell. Some take off
 * spaces, quotes and what is invisible before they look.
 */
const FORMULA =
  /(?<=^|[;\t\r\n])(?=[\t\r\n]|[[\s\p{Cc}\p{Default_Ignorable_Code_Point}"']--[\t\r\n]]*[=+\-@＝＋－＠﹦﹢﹣﹫])/gv;
const QUOTED = /[",\r\n]/;

/** One cell: quoted where it must be, and with `'` before what would be a formula. Linear. */
export const csvCell = (text: string): string => {
  const plain = text.replace(FORMULA, "'");
  return QUOTED.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** Rows of cells, each row ended by CRLF. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
