import { useState } from 'preact/hooks';
import { type Facts, parseFilter, passes } from '../model/filter.ts';
import type { Entry } from '../model/log.ts';
import { usePanel } from './panel-context.ts';

/** Options drawn in each list: as many as one may look through, and few enough to open at once. The filter finds the rest. */
const MAX_OPTIONS = 200;

interface Side {
  readonly label: string;
  /** TokenRecord.id, '' for none. */
  readonly id: string;
  readonly choose: (id: string) => void;
}

const Pick = ({
  side: { label, id, choose },
  entries,
  nameOf,
}: {
  side: Side;
  entries: readonly Entry[];
  nameOf: (entry: Entry) => string;
}) => {
  const { log } = usePanel();
  const chosen = log.entry(id);
  const options = chosen && !entries.includes(chosen) ? [chosen, ...entries] : entries;
  return (
    <label>
      <span>{label}</span>
      <select value={chosen ? id : ''} onChange={(event) => choose(event.currentTarget.value)}>
        {!chosen && <option value="">–</option>}
        {options.map((entry) => (
          <option key={entry.id} value={entry.id}>
            {nameOf(entry)}
          </option>
        ))}
      </select>
    </label>
  );
};

/** Chooses the two tokens; where there are more than a list takes, a filter as that of the tokens narrows both. */
export const ComparePick = ({ sides, nameOf }: { sides: readonly Side[]; nameOf: (entry: Entry) => string }) => {
  const { source, log, now, moment, timeOf, signatures } = usePanel();
  const [filter, setFilter] = useState('');
  log.revision.value;
  const entries = log.entries.value;
  const facts: Facts = {
    time: (entry) => timeOf(entry, moment(entry, now.peek())).state,
    signature: (entry) => signatures.of(entry)?.state ?? 'no_key',
  };
  const terms = parseFilter(filter);
  const passing = entries.filter((entry) => passes(terms, entry, facts));
  const options = passing.slice(0, MAX_OPTIONS);
  return (
    <div class="compare">
      {sides.map((side) => (
        <Pick key={side.label} side={side} entries={options} nameOf={nameOf} />
      ))}
      {entries.length > MAX_OPTIONS && (
        <label>
          <span>{source.text('compare_filter')}</span>
          <input
            type="text"
            value={filter}
            title={source.text('filter_hint')}
            placeholder={source.text('filter_placeholder')}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
        </label>
      )}
      {passing.length > MAX_OPTIONS && (
        <p class="hint">{source.text('problems_more', String(passing.length - MAX_OPTIONS))}</p>
      )}
    </div>
  );
};
