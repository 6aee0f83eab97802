/** A stretch of text to show as it is, or (escaped) as the code of characters that would not be seen. */
export interface Run {
  readonly text: string;
  readonly escaped: boolean;
}

/**
 * What a screen does not show or lets lie: controls, line and paragraph separators, lone surrogates, interlinear
 * annotation, and all that Unicode calls default-ignorable (zero-width, bidirectional, tags, fillers).
 * Variation selectors 1 to 16 stay: they belong to ordinary emoji.
 */
export const INVISIBLE_CHARACTER =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufff9-\ufffb[\p{Default_Ignorable_Code_Point}--[\ufe00-\ufe0f]]]/v;
const INVISIBLE = new RegExp(`${INVISIBLE_CHARACTER.source}+`, 'gv');

const escapeOf = (character: string): string => {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
};

/**
 * Cuts text into runs in which nothing hides: `admin\u202E` is told from `admin` (Trojan source, CVE-2021-42574).
 * Takes any string; line breaks are escaped too, so cut into lines first where they are wanted. Linear; never throws.
 */
export const visible = (text: string): readonly Run[] => {
  const runs: Run[] = [];
  let end = 0;
  for (const { 0: hidden, index } of text.matchAll(INVISIBLE)) {
    if (index > end) runs.push({ text: text.slice(end, index), escaped: false });
    runs.push({ text: Array.from(hidden, escapeOf).join(''), escaped: true });
    end = index + hidden.length;
  }
  if (end < text.length) runs.push({ text: text.slice(end), escaped: false });
  return runs;
};

/** The same as one string, for messages. */
export const visibleText = (text: string): string =>
  visible(text)
    .map((run) => run.text)
    .join('');
