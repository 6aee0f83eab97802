import type { ExchangeRecord } from '../../core/capture/records.ts';
import { exchangesOf } from '../model/exchanges.ts';
import { judgementsOf } from '../model/judgements.ts';
import { ExchangeChain } from './exchange-chain.tsx';
import { ExchangeDecision } from './exchange-decision.tsx';
import { ExchangeFacts } from './exchange-facts.tsx';
import { ExchangeTokens } from './exchange-tokens.tsx';
import { ExchangeWhy } from './exchange-why.tsx';
import { ExchangeWords } from './exchange-words.tsx';
import { usePanel } from './panel-context.ts';

/** Everything about one exchange: why it was answered so, what a gateway would say, its tokens, and the facts. */
export const ExchangeDetail = ({ exchange }: { exchange: ExchangeRecord }) => {
  const model = usePanel();
  const { source, log, selectExchange } = model;
  log.revision.value;
  const judgements = judgementsOf(model);
  judgements.revision.value;
  const { why, decision } = judgements.of(exchange);
  const chain = exchangesOf(model).chainOf(exchange);
  const { wwwAuthenticate: sent = [] } = exchange;

  const toList = () => document.querySelector<HTMLElement>('.list')?.focus();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    toList();
  };
  const close = () => {
    selectExchange(undefined);
    toList();
  };

  return (
    <section class="detail" aria-label={source.text('exchange_detail_name')} tabIndex={-1} onKeyDown={onKeyDown}>
      <button
        type="button"
        class="close icon"
        aria-label={source.text('exchange_close')}
        title={source.text('exchange_close')}
        onClick={close}
      >
        <span aria-hidden="true">✕</span>
      </button>
      <ExchangeWhy exchange={exchange} why={why} />
      {sent.length > 0 && <ExchangeWords sent={sent} />}
      <ExchangeTokens exchange={exchange} />
      <ExchangeDecision exchange={exchange} decision={decision} />
      {chain && <ExchangeChain chain={chain} at={exchange} />}
      <ExchangeFacts exchange={exchange} />
    </section>
  );
};
