import type { ComponentChildren } from 'preact';
import type { Decoded, Problem } from '../../core/token/decoded.ts';
import { JsonText } from './json-text.tsx';
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

/** The parts between the dots, each in the colour of its heading below. */
const Segments = ({ decoded }: { decoded: Decoded }) => {
  const problem = decoded.problems.find(({ code }) => ENCODING.has(code));
  const count = decoded.segments.length;
  let start = 0;
  return (
    <>
      {decoded.segments.slice(0, MAX_SEGMENTS).map((text, index) => {
        const from = start;
        start += text.length + 1;
        const part = index === 0 ? 'head' : index === count - 1 && index > 1 ? 'sign' : 'body';
        return (
          <span key={index}>
            {index > 0 && '.'}
            <span class={part}>
              <SegmentText text={text} mark={problem ? problem.offset - from : -1} />
            </span>
          </span>
        );
      })}
      {count > MAX_SEGMENTS && '…'}
    </>
  );
};

/** What follows the compact token: disclosures and key binding, behind tildes. */
const Tail = ({ decoded: { compact, segments, disclosures } }: { decoded: Decoded }) => {
  if (!disclosures) return null;
  const head = segments.join('.');
  return compact.startsWith(head) ? <SegmentText text={compact.slice(head.length)} mark={-1} /> : null;
};

/**
 * The token as captured: its parts in colours, or the JSON text that it is. `name` says which, where there are several.
 * `children` stand below the button that copies it.
 */
export const RawToken = ({
  decoded,
  name,
  children,
}: {
  decoded: Decoded;
  name?: string;
  children?: ComponentChildren;
}) => {
  const { source, tell } = usePanel();
  const copy = async () => {
    const done = await source.copy(decoded.compact);
    tell(source.text(done ? 'copied_token' : 'copy_failed'));
  };
  const label = source.text('raw_name');
  return (
    <div class="raw-box">
      {/* Scrolls when long, so it takes the focus. */}
      <section class="raw" tabIndex={0} aria-label={name === undefined ? label : `${label} · ${name}`}>
        {decoded.serialization ? (
          <JsonText text={decoded.compact} />
        ) : (
          <>
            <Segments decoded={decoded} />
            <Tail decoded={decoded} />
          </>
        )}
      </section>
      <div class="actions">
        <button type="button" class="copy" onClick={copy}>
          {source.text('copy')}
        </button>
        {children}
      </div>
    </div>
  );
};
