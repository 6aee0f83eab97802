import type { ExchangeRecord } from '../../core/capture/records.ts';
import { visibleText } from '../../core/token/visible.ts';
import { clockText } from './clock-words.tsx';
import { Facts } from './facts.tsx';
import { usePanel } from './panel-context.ts';
import { wholeUrl } from './url-text.ts';
import { useWords } from './words.ts';

/** The request and its answer, as they were witnessed. */
export const ExchangeFacts = ({ exchange }: { exchange: ExchangeRecord }) => {
  const { source, clocks, dates, now } = usePanel();
  const words = useWords();
  const { method, url, status, error, start, end, startUnknown, resource, initiator, witness } = exchange;
  const { dpopNonce, location } = exchange;
  const clock = clocks.ofExchange(exchange);
  const number = new Intl.NumberFormat(source.language, { maximumFractionDigits: 0 });
  const facts: readonly (readonly [key: string, text: string])[] = [
    ['method', method],
    ['url', wholeUrl(url)],
    ['status', status === undefined ? (error ?? source.text('exchanges_pending')) : String(status)],
    [startUnknown ? 'answered_at' : 'sent_at', `${dates.local(start, now.peek())} · ${dates.utc(start)}`],
    ['took', end === undefined || startUnknown ? '' : source.text('exchange_ms', number.format(end - start))],
    ['clock', clock ? clockText(source, words, clock) : source.text('clock_unknown')],
    ['location', location === undefined ? '' : wholeUrl(location)],
    ['nonce', dpopNonce ?? ''],
    ['resource', resource],
    ['initiator', initiator ?? ''],
    ['witness', source.text(`exchange_witness_${witness}`)],
  ];
  return (
    <>
      <h2>{source.text('exchange_facts')}</h2>
      <div class="exchange-facts">
        <Facts facts={facts.map(([key, text]) => [source.text(`exchange_fact_${key}`), visibleText(text)])} />
      </div>
    </>
  );
};
