import type { ExchangeRecord } from '../../core/capture/records.ts';
import { statusMark } from './exchange-row.tsx';
import { usePanel } from './panel-context.ts';
import { hostAndPath, wholeUrl } from './url-text.ts';
import { VisibleText } from './visible-text.tsx';

/** Hops that are drawn; browsers give up after twenty, and a page that goes on by itself may never. */
const MAX_SHOWN = 50;

/** The request hop by hop: where it went, what was answered, and where that led. */
export const ExchangeChain = ({ chain, at }: { chain: readonly ExchangeRecord[]; at: ExchangeRecord }) => {
  const { source, selectExchange } = usePanel();
  return (
    <>
      <h2>{source.text('exchange_chain', String(chain.length))}</h2>
      <ol class="chain" aria-label={source.text('exchanges_hop_hint')}>
        {chain.slice(0, MAX_SHOWN).map((hop) => {
          const [sign, tone] = statusMark(hop);
          return (
            <li key={hop.id} aria-current={hop === at ? 'step' : undefined}>
              <span class={tone}>
                <span aria-hidden="true">{sign} </span>
                {hop.status ?? '…'}
              </span>
              <button type="button" class="link cut" title={wholeUrl(hop.url)} onClick={() => selectExchange(hop.id)}>
                {hop.method} <VisibleText text={hostAndPath(hop.url)} />
              </button>
            </li>
          );
        })}
      </ol>
    </>
  );
};
