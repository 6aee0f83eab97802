import { useLayoutEffect } from 'preact/hooks';
import { exchangesOf } from '../model/exchanges.ts';
import { WhyNothing } from './empty-state.tsx';
import { ExchangeDetail } from './exchange-detail.tsx';
import { ExchangeList } from './exchange-list.tsx';
import { ExchangeSave } from './exchange-save.tsx';
import { usePanel } from './panel-context.ts';
import { FilterBox } from './search-box.tsx';
import { Splitter } from './splitter.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import { useWords } from './words.ts';

/** What will appear here, and why nothing has. */
const NoExchanges = () => {
  const { source } = usePanel();
  return (
    <main class="empty">
      <h1>{source.text('exchanges_empty_title')}</h1>
      <p>{source.text('exchanges_empty_body')}</p>
      <WhyNothing />
    </main>
  );
};

/** The requests that carried a token or were refused: a list, and beside it the one that is selected. */
export const Exchanges = () => {
  const model = usePanel();
  const { source, log, exchange, settings } = model;
  const { filter, setFilter, rows, attend } = exchangesOf(model);
  const words = useWords();
  useLayoutEffect(() => attend(), [attend]);
  // A hop leads to a detail of its own.
  useKeptFocus(() => document.querySelector<HTMLElement>('.chain [aria-current] button'));
  log.revision.value;
  const total = log.size();
  if (total === 0) return <NoExchanges />;
  const selected = exchange.value === undefined ? undefined : log.exchange(exchange.value);
  const shown = rows.value.length;
  return (
    <main class="view">
      {!selected && <h1 class="spoken">{source.text('tab_exchanges')}</h1>}
      <div class="bar">
        <FilterBox
          filter={filter.value}
          setFilter={setFilter}
          name={source.text('exchanges_filter_name')}
          placeholder={source.text('exchanges_filter_placeholder')}
          hint={source.text('exchanges_filter_hint')}
        />
        <span class="dim wide" aria-live="polite">
          {shown < total
            ? source.text('exchanges_shown', String(shown), words.count('exchanges', total))
            : words.count('exchanges', total)}
        </span>
        <span class="grow" />
        <ExchangeSave />
      </div>
      <div class={selected ? 'split' : 'split whole'} style={{ '--split': `${settings.value.split}%` }}>
        <ExchangeList />
        {selected && <Splitter />}
        {selected && <ExchangeDetail key={selected.id} exchange={selected} />}
      </div>
    </main>
  );
};
