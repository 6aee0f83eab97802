import type { ExchangeRecord } from '../../core/capture/records.ts';
import { subjectOf } from '../model/labels.ts';
import { usePanel } from './panel-context.ts';
import { placeName } from './place-name.ts';
import { VisibleText } from './visible-text.tsx';

/** Drawn at most: a page can put thousands into one body, and all of them are in the tokens view. */
const MAX_SHOWN = 50;

/** The tokens of an exchange, of the request and of the answer, each a way to the token itself. */
export const ExchangeTokens = ({ exchange }: { exchange: ExchangeRecord }) => {
  const model = usePanel();
  const { source, log, selection, show } = model;
  const carried = log.carriedIn(exchange.id);
  const judged = log.judgedIn(exchange);
  const { opaque = [] } = exchange;

  const openToken = (id: string) => {
    selection.select(id);
    show('tokens');
  };

  return (
    <>
      <h2>{source.text('exchange_tokens')}</h2>
      {carried.length === 0 && opaque.length === 0 && <p class="line dim">{source.text('exchange_tokens_none')}</p>}
      <ul class="carried" aria-label={source.text('exchange_tokens')}>
        {carried.slice(0, MAX_SHOWN).map(({ entry, sighting }) => {
          const subject = subjectOf(entry);
          return (
            <li key={sighting.id}>
              <button type="button" class="link cut" onClick={() => openToken(entry.id)}>
                {source.text(`kind_${entry.kind}`)}
                {subject && (
                  <>
                    {' '}
                    · <VisibleText text={subject} />
                  </>
                )}
              </button>
              <span class="dim cut">
                <VisibleText text={placeName(model, sighting.place)} />
              </span>
              {judged.size > 0 && judged.has(entry.id) && carried.length > 1 && (
                <span class="dim">{source.text('exchange_token_judged')}</span>
              )}
            </li>
          );
        })}
        {opaque.map((one) => (
          <li key={one}>
            <span>{source.text('exchanges_token_opaque')}</span>
            <span class="dim cut">
              <VisibleText text={one} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
};
