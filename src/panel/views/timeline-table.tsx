import { useState } from 'preact/hooks';
import type { Row } from '../model/timeline.ts';
import { usePanel } from './panel-context.ts';
import { timelineWords } from './timeline-words.ts';
import { VisibleText } from './visible-text.tsx';
import { useWords } from './words.ts';

/** Tokens of the table at first, and so many more with each press: each is some ten elements. */
const AT_ONCE = 300;

const COLUMNS = ['token', 'from', 'until', 'requests', 'refused', 'came', 'replaced'] as const;

/** What the plot shows, in words: each token, the newest of a lineage first. */
export const TimelineTable = ({ rows }: { rows: readonly Row[] }) => {
  const model = usePanel();
  const { source, log, selection, show, now, timeOf } = model;
  const words = timelineWords(model, useWords());
  const [shown, setShown] = useState(AT_ONCE);
  const total = rows.reduce((sum, { links }) => sum + links.length, 0);
  const lines = rows
    .flatMap(({ links }) => links.map((link, index) => ({ link, next: links[index + 1] })).reverse())
    .slice(0, shown);
  const nameOf = (column: (typeof COLUMNS)[number]) => source.text(`timeline_column_${column}`);
  const open = (token: string) => {
    selection.select(token);
    show('tokens');
  };
  return (
    <section class="timeline-table" aria-label={source.text('timeline_name')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {nameOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ link, next }) => {
            const entry = log.entry(link.token);
            const refused = link.uses.filter((use) => use.refused).length;
            if (!entry) return null;
            const isRead = timeOf(entry, now.peek()).state !== 'unreadable';
            const noEnd = source.text(isRead ? 'timeline_no_end' : 'timeline_state_unknown');
            return (
              <tr key={link.token}>
                <th scope="row">
                  <button type="button" class="link" onClick={() => open(link.token)}>
                    <VisibleText text={words.token(entry)} />
                  </button>
                </th>
                <td data-name={nameOf('from')}>{words.time(link.from)}</td>
                <td data-name={nameOf('until')}>{link.until === undefined ? noEnd : words.time(link.until)}</td>
                <td data-name={nameOf('requests')} class="number">
                  {link.uses.length}
                </td>
                <td data-name={nameOf('refused')} class={refused > 0 ? 'number bad' : 'number'}>
                  {refused}
                </td>
                <td data-name={nameOf('came')}>{words.came(link)}</td>
                <td data-name={nameOf('replaced')} class={next && next.refusedInGap > 0 ? 'bad' : ''}>
                  {next && words.replaced(next)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {total > shown && (
        <button type="button" class="link left" onClick={() => setShown(shown + AT_ONCE)}>
          {source.text('timeline_more', String(total - shown))}
        </button>
      )}
    </section>
  );
};
