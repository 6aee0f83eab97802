import { useState } from 'preact/hooks';
import { usePanel } from './panel-context.ts';
import { VisibleText } from './visible-text.tsx';

/** Characters shown before "show all": more than any claim of a healthy token, less than what stalls a layout. */
const MAX_SHOWN = 4000;
/** Never more than this, however large the token: one layout of it still fits a frame or two. */
const MAX_ALL = 200_000;

/** Text of any length; a long one is cut, with a button for the rest. */
export const LongText = ({ text }: { text: string }) => {
  const { source } = usePanel();
  const [all, showAll] = useState(false);
  const limit = all ? MAX_ALL : MAX_SHOWN;
  if (text.length <= limit) return <VisibleText text={text} />;
  return (
    <>
      <VisibleText text={text.slice(0, limit)} />…{' '}
      {all ? (
        <em>{source.text('text_cut', String(text.length))}</em>
      ) : (
        <button type="button" class="link" onClick={() => showAll(true)}>
          {source.text('text_show_all', String(text.length))}
        </button>
      )}
    </>
  );
};
