import type { Problem } from '../../core/token/decoded.ts';
import type { Entry } from '../model/log.ts';
import { usePanel } from './panel-context.ts';
import { VisibleText } from './visible-text.tsx';

/** Characters of a segment that are drawn; the rest is counted. A copy always takes all. */
const MAX_SEGMENT = 6000;

const ENCODING = new Set<Problem['code']>(['character', 'padding', 'white_space', 'trailing_bits']);

/** A segment, with the character that breaks its encoding marked. */
const SegmentText = ({ text, mark }: { text: string; mark: number }) => {
  const shown = text.slice(0, MAX_SEGMENT);
  const rest = text.length - shown.length;
  return (
    <>
      {mark < 0 || mark >= shown.length ? (
        <VisibleText text={shown} />
      ) : (
        <>
          <VisibleText text={shown.slice(0, mark)} />
          <mark>
            <VisibleText text={shown.slice(mark, mark + 1)} />
          </mark>
          <VisibleText text={shown.slice(mark + 1)} />
        </>
      )}
      {rest > 0 && <em>… +{rest}</em>}
    </>
  );
};

/** Segments drawn one by one; a string with more dots than any token has is cut there. */
const MAX_SEGMENTS = 12;

/** The token as captured, its parts in the colours of the headings below. */
export const RawToken = ({ entry }: { entry: Entry }) => {
  const { source, tell } = usePanel();
  const { decoded } = entry;
  const problem = decoded.problems.find(({ code }) => ENCODING.has(code));
  const copy = async () => {
    const done = await source.copy(entry.compact);
    tell(source.text(done ? 'copied_token' : 'copy_failed'));
  };
  let start = 0;
  return (
    <div class="raw-box">
      {/* Scrolls when long, so it takes the focus. */}
      <section class="raw" tabIndex={0} aria-label={source.text('raw_name')}>
        {decoded.segments.slice(0, MAX_SEGMENTS).map((text, index) => {
          const from = start;
          start += text.length + 1;
          const part = index === 0 ? 'head' : index === decoded.segments.length - 1 && index > 1 ? 'sign' : 'body';
          return (
            <span key={index}>
              {index > 0 && '.'}
              <span class={part}>
                <SegmentText text={text} mark={problem ? problem.offset - from : -1} />
              </span>
            </span>
          );
        })}
        {decoded.segments.length > MAX_SEGMENTS && '…'}
      </section>
      <button type="button" class="copy" onClick={copy}>
        {source.text('copy')}
      </button>
    </div>
  );
};
