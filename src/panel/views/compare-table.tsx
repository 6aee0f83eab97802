import type { Change, Difference } from '../../core/judge/compare-json.ts';
import { distance } from './compare-words.ts';
import { LongText } from './long-text.tsx';
import { usePanel } from './panel-context.ts';
import { VisibleText } from './visible-text.tsx';

/** Each with its word beside it. */
export const SIGNS: Readonly<Record<Change, string>> = {
  added: '+',
  removed: '−',
  changed: '≠',
  reordered: '⇄',
  rewritten: '≈',
  same: '=',
};

/** Rows drawn; a healthy token has some ten to thirty. The copy has all. */
const MAX_ROWS = 300;

/** Of a list only what the other has not; everything else as it stands. */
const Value = ({ text, only }: { text: string; only: readonly string[] | undefined }) => {
  const { source } = usePanel();
  if (!only) return <LongText text={text} />;
  if (only.length === 0) return <span class="dim">{source.text('compare_only_nothing')}</span>;
  return (
    <>
      <span class="dim">{source.text('compare_only')}</span> <LongText text={only.join(', ')} />
    </>
  );
};

const Row = ({ row }: { row: Difference }) => {
  const { source } = usePanel();
  const { path, change, left, right, came, went, later } = row;
  return (
    <tr class={change}>
      <td class="change">
        <span aria-hidden="true">{SIGNS[change]}</span> {source.text(`compare_change_${change}`)}
      </td>
      <th scope="row">{path === '' ? source.text('compare_whole') : <VisibleText text={path} />}</th>
      <td class="value left">
        <Value text={left} only={went} />
      </td>
      <td class="value right">
        <Value text={right} only={came} />
        {later !== undefined && <span class="dim"> {distance(source, later)}</span>}
      </td>
    </tr>
  );
};

/** The members of one part, a row each: what happened to it, its path, and both values. */
export const CompareTable = ({
  name,
  rows,
  withSame,
}: {
  name: string;
  rows: readonly Difference[];
  withSame: boolean;
}) => {
  const { source } = usePanel();
  const drawn = withSame ? rows : rows.filter(({ change }) => change !== 'same');
  return (
    <>
      <h2>{name}</h2>
      {drawn.length === 0 ? (
        <p class="hint">{source.text('compare_no_difference')}</p>
      ) : (
        <table class="compared" aria-label={name}>
          <thead>
            <tr>
              <th scope="col">{source.text('compare_change')}</th>
              <th scope="col">{source.text('compare_member')}</th>
              <th scope="col">{source.text('compare_left')}</th>
              <th scope="col">{source.text('compare_right')}</th>
            </tr>
          </thead>
          <tbody>
            {drawn.slice(0, MAX_ROWS).map((row, index) => (
              <Row key={index} row={row} />
            ))}
          </tbody>
        </table>
      )}
      {drawn.length > MAX_ROWS && <p class="hint">{source.text('problems_more', String(drawn.length - MAX_ROWS))}</p>}
    </>
  );
};
