import { applyEdits, format } from 'jsonc-parser';
import { useMemo } from 'preact/hooks';
import { LongText } from './long-text.tsx';

/** Longer texts are shown as they stand: laying them out would cost more than a frame. */
const MAX_FORMATTED = 100_000;

/** A short value on one line reads best as it was written. */
const MAX_ONE_LINE = 60;

const laidOut = (text: string) =>
  text.length > MAX_FORMATTED || (text.length <= MAX_ONE_LINE && !text.includes('\n'))
    ? text
    : applyEdits(text, format(text, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' }));

/** Lines drawn; the copy button takes all. */
const MAX_LINES = 2000;

/** JSON laid out for reading; every literal stays as it was written. */
export const JsonText = ({ text }: { text: string }) => {
  const lines = useMemo(() => laidOut(text).split('\n'), [text]);
  const limited = lines.slice(0, MAX_LINES);
  return (
    <code class="json">
      {limited.map((line, index) => (
        <span key={index} class="line">
          <LongText text={line} />
        </span>
      ))}
      {lines.length > MAX_LINES && <span class="line">…</span>}
    </code>
  );
};
