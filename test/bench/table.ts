import { type Figure, isMet } from './figure.ts';

const number = (value: number): string => {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
};

const goalOf = ({ goal }: Figure): string =>
  goal === undefined ? '' : 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;

const cellsOf = (figure: Figure): readonly string[] => {
  const { what, ours, unit, against, theirs, ratio, spread } = figure;
  return [
    what,
    `${number(ours)} ${unit}`,
    `${against}: ${number(theirs)}`,
    number(ratio),
    spread ? `${number(spread[0])}–${number(spread[1])}` : '',
    goalOf(figure),
    figure.goal ? (isMet(figure) ? '✓' : '✗') : '',
  ];
};

const HEAD = ['measure', 'Claimcheck', 'beside', 'ratio', 'middle half', 'goal', ''];

/** The figures as a Markdown table. */
export const tableOf = (figures: readonly Figure[]): string => {
  const rows = [HEAD, ...figures.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), rule, ...body.map(line)].join('\n');
};
