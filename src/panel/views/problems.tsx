import type { Decoded } from '../../core/token/decoded.ts';
import { usePanel } from './panel-context.ts';
import { problemSentence } from './problem-sentence.ts';

/** A token of megabytes of nonsense has as many problems; the first ones tell. */
const MAX_SHOWN = 20;

/** What is wrong with the token as a string, each with its place. */
export const Problems = ({ decoded }: { decoded: Decoded }) => {
  const { source } = usePanel();
  if (decoded.problems.length === 0) return null;
  const rest = decoded.problems.length - MAX_SHOWN;
  return (
    <ul class="problems" aria-label={source.text('problems_name')}>
      {decoded.problems.slice(0, MAX_SHOWN).map((problem, index) => (
        <li key={index}>
          <span aria-hidden="true">⚠ </span>
          {problemSentence(source, problem)}
        </li>
      ))}
      {rest > 0 && <li>{source.text('problems_more', String(rest))}</li>}
    </ul>
  );
};
