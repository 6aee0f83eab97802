import { useMemo } from 'preact/hooks';
import { layOut } from '../../core/token/lay-out.ts';
import { LongText } from './long-text.tsx';

/** A short value on one line reads best as it was written. */
const MAX_ONE_LINE = 60;

/** Lines drawn; the copy button takes all. */
const MAX_LINES = 2000;

const linesOf = (text: string): readonly string[] =>
  text.length <= MAX_ONE_LINE && !text.includes('\n') ? [text] : layOut(text, MAX_LINES + 1);

/** JSON laid out for reading; every literal stays as it was written. */
export const JsonText = ({ text }: { text: string }) => {
  const lines = useMemo(() => linesOf(text), [text]);
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
