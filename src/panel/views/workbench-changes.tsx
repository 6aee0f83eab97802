import { useMemo } from 'preact/hooks';
import { compareJson, type Difference } from '../../core/judge/compare-json.ts';
import { decode } from '../../core/token/decode.ts';
import type { Part } from '../model/workbench-shape.ts';
import { SIGNS } from './compare-table.tsx';
import { LongText } from './long-text.tsx';
import { usePanel } from './panel-context.ts';
import { useWorkbench } from './use-workbench.ts';
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

const useDifferences = (part: Part, before: string | undefined): readonly Difference[] => {
  const text = useWorkbench()[part].value;
  return useMemo(
    () => (before === undefined ? [] : compareJson(before, text).differences.filter(({ change }) => change !== 'same')),
    [before, text],
  );
};

/** What was changed against the original, member by member, as it is typed. */
export const WorkbenchChanges = ({ original }: { original: string }) => {
  const { source } = usePanel();
  const before = useMemo(() => decode(original), [original]);
  const header = useDifferences('header', before.headerText);
  const payload = useDifferences('payload', before.payloadText);
  const rows = [...header.slice(0, MAX_ROWS), ...payload.slice(0, MAX_ROWS)];
  const name = source.text('workbench_changes');
  if (before.form === 'jwe' || rows.length === 0) return null;
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
