/** Markdown (CommonMark 0.31, GitHub Flavored Markdown 0.29) in which captured text is text, whatever it says. */
import { layOut } from '../token/lay-out.ts';
import { visibleText } from '../token/visible.ts';

/**
 * What renderers make links, mentions and emoji of in the finished text, where no escape is left; forges also issues
 * (`#1`, `GH-1`, `GL-1`), merge requests, snippets, epics, milestones, labels (`!1`, `$1`, `&1`, `%1`, `~a`) and commits.
 */
const LINKS =
  /@|\/\/|www\.|#\d|:[\w+-]+:|[!$%&~^][\w"]|\bG[HL]-\d|\[\w+:|\*iteration|\b(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{7,40}\b/i;
/** What is a mark in the middle of a line, and what only at its beginning. */
const MARKS = /[\\`*_[\]<>#|~&!{}$]|^[-+=]|(?<=^\d{1,9})[.)]/g;
const PUNCTUATION = /[!-/:-@[-`{-~]/g;
/** Lines of one token's claims: more than anybody reads in a report. */
const MAX_LINES = 2_000;

/** Letters, digits, and what is no mark in the middle of a line: a full stop at a word's end, so that no host is among it. */
const PLAIN = /^(?:[\p{L}\p{N} ,·%()'’–-]|[.;:!?](?= |$))*$/u;

const longestRun = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0);

/** Captured text as a code span, in which nothing is markup; on one line, its invisible characters made visible. */
export const code = (text: string): string => {
  const shown = visibleText(text);
  if (shown === '') return '–';
  const fence = '`'.repeat(longestRun(shown) + 1);
  // One space is taken off at each end where both have one, and the span may not begin or end with a backtick of its text.
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
};

/** A sentence that may quote captured text. Spaces before it would hide what begins the line, or make code of it. */
export const sentence = (text: string): string => {
  const shown = visibleText(text).trim();
  return LINKS.test(shown) ? code(shown) : shown.replace(MARKS, (mark) => `\\${mark}`);
};

/**
 * As numbers: no renderer takes these for marks, nor a backslash before a pipe for the end of a cell or not. Forges look
 * for links in what comes of it, but in no code.
 */
const asEntities = (text: string): string => {
  const shown = visibleText(text);
  const entities = shown.replace(PUNCTUATION, (mark) => `&#${mark.charCodeAt(0)};`);
  return LINKS.test(shown) ? `<code>${entities}</code>` : entities;
};

/** A pipe ends a cell even within a code span, unless a backslash stands before it. */
const asCell = (text: string): string => {
  if (text === '') return '–';
  if (text.includes('\\|')) return asEntities(text);
  return PLAIN.test(text) && !LINKS.test(text) ? visibleText(text) : code(text).replaceAll('|', '\\|');
};

/** A table: its head in our own words, its cells captured text. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head.map(sentence), head.map(() => '---'), ...rows.map((row) => row.map(asCell))]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');

/** Lines in a fence that none of them can close (CommonMark section 4.5). */
export const fenced = (lines: readonly string[], language = ''): string => {
  const shown = lines.map(visibleText);
  const fence = '`'.repeat(shown.reduce((length, line) => Math.max(length, longestRun(line) + 1), 3));
  return `${fence}${language}\n${shown.map((line) => `${line}\n`).join('')}${fence}\n`;
};

/** JSON text over lines, its literals as they are written. */
export const fencedJson = (json: string): string => {
  const lines = layOut(json, MAX_LINES);
  return fenced(lines.length === MAX_LINES ? [...lines, '…'] : lines, 'json');
};
