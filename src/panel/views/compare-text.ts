/** A comparison as plain text, for a message or a bug report: claims alone, neither token nor signature. */
import type { Comparison, PartComparison } from '../../core/judge/compare.ts';
import type { Difference } from '../../core/judge/compare-json.ts';
import { visibleText } from '../../core/token/visible.ts';
import type { PanelSource } from '../source.ts';
import { SIGNS } from './compare-table.tsx';
import { byteSentences, distance, keySentences, timeSentences } from './compare-words.ts';

const lineOf = (source: PanelSource, { path, change, left, right, came, went, later }: Difference): string => {
  const name = path === '' ? source.text('compare_whole') : path;
  const lists = [...(went ?? []).map((member) => `−${member}`), ...(came ?? []).map((member) => `+${member}`)];
  const both = change === 'added' ? right : change === 'removed' ? left : `${left} → ${right}`;
  const value = lists.length > 0 ? lists.join(' ') : both;
  // One line each, whatever the claims say.
  const line = `${SIGNS[change]} ${visibleText(name)}: ${visibleText(value)}`;
  return later === undefined ? line : `${line} (${distance(source, later)})`;
};

const partLines = (source: PanelSource, name: string, { differences }: PartComparison): readonly string[] => {
  const lines = differences.filter(({ change }) => change !== 'same').map((row) => lineOf(source, row));
  return lines.length > 0 ? ['', name, ...lines] : [];
};

/** @param names what both tokens are called in the dialogue */
export const comparisonText = (
  source: PanelSource,
  comparison: Comparison,
  names: { readonly left: string; readonly right: string },
): string =>
  [
    `${source.text('compare_left')}: ${names.left}`,
    `${source.text('compare_right')}: ${names.right}`,
    '',
    ...timeSentences(source, comparison),
    ...keySentences(source, comparison),
    ...byteSentences(source, comparison),
    ...partLines(source, source.text('part_header'), comparison.header),
    ...partLines(source, source.text('part_payload'), comparison.payload),
    '',
  ].join('\n');
