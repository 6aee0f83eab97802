import { useMemo } from 'preact/hooks';
import { compareJson, type Difference } from '../../core/judge/compare-json.ts';
import { decode } from '../../core/token/decode.ts';
import type { Built } from '../model/workbench-shape.ts';
import { SIGNS } from './compare-table.tsx';
import { LongText } from './long-text.tsx';
import { usePanel } from './panel-context.ts';
import { useSigned } from './use-signed.ts';
import { VisibleText } from './visible-text.tsx';

/** Rows drawn of one part; a person changes a few. */
const MAX_ROWS = 50;

const Row = ({ row: { path, change, left, right } }: { row: Difference }) => {
  const { source } = usePanel();
  return (
    <li class={change}>
      <span class="change">
        <span aria-hidden="true">{SIGNS[change]}</span> {source.text(`compare_change_${change}`)}
      </span>{' '}
      <b>{path === '' ? source.text('compare_whole') : <VisibleText text={path} />}</b>{' '}
      <span class="value">
        {change !== 'added' && (
          <del>
            <LongText text={left} />
          </del>
        )}{' '}
        {change !== 'removed' && (
          <ins>
            <LongText text={right} />
          </ins>
        )}
      </span>
    </li>
  );
};

const useDifferences = (before = '', after = ''): readonly Difference[] =>
  useMemo(() => compareJson(before, after).differences.filter(({ change }) => change !== 'same'), [before, after]);

/** What was changed against the original, member by member. */
export const WorkbenchChanges = ({ original, built }: { original: string; built: Built }) => {
  const { source } = usePanel();
  const before = useMemo(() => decode(original), [original]);
  const after = useSigned(built);
  const header = useDifferences(before.headerText, after?.headerText);
  const payload = useDifferences(before.payloadText, after?.payloadText);
  const rows = [...header.slice(0, MAX_ROWS), ...payload.slice(0, MAX_ROWS)];
  const name = source.text('workbench_changes');
  if (before.form === 'jwe' || !after || rows.length === 0) return null;
  return (
    <>
      <h2>{name}</h2>
      <ul class="wb-changes" aria-label={name}>
        {rows.map((row, index) => (
          <Row key={index} row={row} />
        ))}
      </ul>
    </>
  );
};
