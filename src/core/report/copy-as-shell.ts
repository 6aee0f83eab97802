/** One argument of a command, quoted for the shell that it is pasted into. */

/**
 * For POSIX shells (XCU section 2.2.2): in single quotes nothing means anything, history and globs included. Takes any
 * text without NUL. A backslash stands outside of them like the mark itself, since fish, which is no POSIX shell but is
 * pasted into all the same, takes `\'` and `\\` for escapes even there (fish docs, "Quotes").
 */
export const quoteForSh = (text: string): string => `'${text.replace(/['\\]/g, "'\\$&'")}'`;

/** The C runtime takes backslashes for escapes before a quotation mark, the closing one too; elsewhere for themselves. */
const BEFORE_MARK = /(?<!\\)\\+(?="|$)/g;
/** All but what cmd takes as it stands. */
const SPECIAL = /[^\w.:/=~+ -]/g;
/** With nothing escaped behind it. */
const PERCENT = /\^%(?=[\w.:/=~+ -])/g;

/**
 * For cmd at its prompt, in visible ASCII and spaces: any other character becomes a space.
 *
 * Two parsers read it. For the C runtime's (Microsoft Learn, "Parsing C command-line arguments") it stands in quotation
 * marks, those inside behind a backslash. For cmd's, which knows no escape within quotation marks, the marks themselves
 * are escaped by `^`, and so is all that may mean something. `%` is expanded before `^` is read, so the escape behind it,
 * `%^NAME%`, makes it the name of no variable. (In a batch file, and under `cmd /v:on`, other rules hold.)
 */
export const quoteForCmd = (text: string): string => {
  const plain = text.replace(/[^\x20-\x7e]/g, ' ');
  const argument = `"${plain.replace(BEFORE_MARK, '$&$&').replaceAll('"', '\\"')}"`;
  return argument.replace(SPECIAL, '^$&').replace(PERCENT, '^%^');
};
