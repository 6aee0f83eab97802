import { visibleText } from '../../core/token/visible.ts';
import type { Check, CheckState } from '../../core/trust/check.ts';
import type { Mark } from './answer.tsx';
import { usePanel } from './panel-context.ts';

const MARKS: Readonly<Record<CheckState, Mark>> = {
  ok: ['✓', 'good'],
  mismatch: ['✕', 'bad'],
  missing: ['✕', 'bad'],
  unknown: ['?', 'dim'],
};

/** Comparisons of a token with what it must agree with: each its name, its state as sign and word, and a sentence. */
export const Checks = ({ checks, label }: { checks: readonly Check[]; label: string }) => {
  const { source } = usePanel();
  return (
    <ul class="checks" aria-label={label}>
      {checks.map(({ name, state, found = '', expected = '' }) => {
        const [sign, tone] = MARKS[state];
        return (
          <li key={name}>
            <span class={tone}>
              <span aria-hidden="true">{sign} </span>
              {source.text(`checked_${state}`)}
            </span>
            <b>{source.text(`check_${name}`)}</b>
            <span>{source.text(`check_${name}_${state}`, visibleText(found), visibleText(expected))}</span>
          </li>
        );
      })}
    </ul>
  );
};
