import type { ExchangeRecord } from '../../core/capture/records.ts';
import { isRefused } from '../../core/judge/answered.ts';
import type { Diagnosis } from '../../core/judge/diagnosis.ts';
import type { Decision } from '../../core/judge/policy.ts';
import { shortText } from '../../core/judge/why-text.ts';
import { tokenLabel, toldBy } from '../model/exchange-token.ts';
import { exchangesOf, type Row } from '../model/exchanges.ts';
import { judgementsOf } from '../model/judgements.ts';
import type { Mark } from './answer.tsx';
import { usePanel } from './panel-context.ts';
import { hostAndPath } from './url-text.ts';
import { VisibleText } from './visible-text.tsx';

export const DECISION_MARKS: Readonly<Record<Decision['decision'], Mark>> = {
  accept: ['✓', 'good'],
  reject: ['✕', 'bad'],
  undecided: ['?', 'dim'],
};

/** A sign where the number alone would leave it to the colour. */
export const statusMark = (exchange: ExchangeRecord): Mark => {
  const { status, error } = exchange;
  if (isRefused(exchange)) return ['✕', 'bad'];
  if (error !== undefined || (status ?? 0) >= 400) return ['!', 'warn'];
  if (status === undefined) return ['…', 'dim'];
  return status >= 300 ? ['→', 'dim'] : ['', 'dim'];
};

/** A cause that is named stands out from one that is not; what was accepted is no refusal. */
const reasonTone = (why: Diagnosis | undefined): string => {
  if (!why) return '';
  if (why.outcome === 'accepted') return 'warn';
  return why.code === 'nothing_visible' ? 'dim' : 'named';
};

/** One exchange in a line; in a narrow list without token and decision, and with the reason below. */
export const ExchangeRow = ({
  row,
  index,
  top,
  selected,
}: {
  row: Row;
  index: number;
  top: number;
  selected: boolean;
}) => {
  const model = usePanel();
  const { source, log, dates, now } = model;
  const { exchange } = row;
  const judgements = judgementsOf(model);
  judgements.revision.value;
  const { why, decision } = judgements.of(exchange);
  const chain = exchangesOf(model).chainOf(exchange);
  const told = toldBy(exchange, log);
  const [statusSign, statusTone] = statusMark(exchange);
  const [decisionSign, decisionTone] = decision ? DECISION_MARKS[decision.decision] : (['–', 'dim'] as const);
  return (
    <tr
      id={`exchange-${exchange.id}`}
      class="exchange"
      aria-selected={selected}
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)` }}
      data-id={exchange.id}
    >
      <td data-column="time" class="cut" title={dates.utc(exchange.start)}>
        {dates.local(exchange.start, now.peek())}
      </td>
      <td data-column="method" class="cut">
        {exchange.method}
      </td>
      <td data-column="address" class="cut">
        {chain && (
          <span class="hop" title={source.text('exchanges_hop_hint')}>
            {chain.indexOf(exchange) + 1}/{chain.length}{' '}
          </span>
        )}
        <VisibleText text={hostAndPath(exchange.url)} />
      </td>
      <td data-column="status" class={`cut ${statusTone}`}>
        <span aria-hidden="true">{statusSign} </span>
        {exchange.status ?? source.text(exchange.error === undefined ? 'exchanges_pending' : 'exchange_failed')}
      </td>
      <td data-column="token" class={told.entry ? 'cut' : 'cut dim'}>
        <VisibleText text={tokenLabel(source, told)} />
        {told.more > 0 && <span class="dim"> +{told.more}</span>}
      </td>
      <td data-column="decision" class={`cut ${decisionTone}`}>
        <span aria-hidden="true">{decisionSign} </span>
        {decision ? (
          source.text(`exchanges_decision_${decision.decision}`)
        ) : (
          <span class="spoken">{source.text('exchanges_no_policy')}</span>
        )}
      </td>
      <td data-column="reason" class={`cut ${reasonTone(why)}`}>
        {why && <VisibleText text={shortText(why, source.text)} />}
      </td>
    </tr>
  );
};
