import type { ExchangeRecord } from '../../core/capture/records.ts';
import type { Diagnosis } from '../../core/judge/diagnosis.ts';
import { toneOf } from '../../core/judge/saying.ts';
import { checkedText, diagnosisText, evidenceText } from '../../core/judge/why-text.ts';
import type { PanelSource } from '../source.ts';
import { NewerToken } from './newer-token.tsx';
import { usePanel } from './panel-context.ts';
import { VisibleText } from './visible-text.tsx';

/** What there is to say of an exchange that needs no explanation. */
const plainSentence = (source: PanelSource, { status, error }: ExchangeRecord): string => {
  if (error !== undefined) return source.text('exchange_say_failed', error);
  return status === undefined
    ? source.text('exchange_say_pending')
    : source.text('exchange_say_answered', String(status));
};

/** On top of an exchange: why it was refused, what shows that, and what was looked at and is in order. */
export const ExchangeWhy = ({ exchange, why }: { exchange: ExchangeRecord; why: Diagnosis | undefined }) => {
  const { source } = usePanel();
  const tone = why ? toneOf(why) : 'plain';
  return (
    <div class={`say ${tone}`}>
      <h1>
        <VisibleText text={why ? diagnosisText(why, source.text) : plainSentence(source, exchange)} />
      </h1>
      {why && why.evidence.length > 0 && (
        <ul class="evidence" aria-label={source.text('exchange_evidence_name')}>
          {why.evidence.map((one, index) => (
            <li key={index}>
              <VisibleText text={evidenceText(one, source.text)} />
            </li>
          ))}
        </ul>
      )}
      {why?.token !== undefined && why.outcome === 'refused' && <NewerToken token={why.token} exchange={exchange} />}
      {why && why.checked.length > 0 && <p>{checkedText(why, source.text)}</p>}
    </div>
  );
};
