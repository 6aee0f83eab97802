import { useState } from 'preact/hooks';
import type { Entry } from '../model/log.ts';
import { storesOf } from '../model/stores.ts';
import { usePanel } from './panel-context.ts';
import { isKept, placeName } from './place-name.ts';
import { hostAndPath, wholeUrl } from './url-text.ts';
import { VisibleText } from './visible-text.tsx';
import { useWords } from './words.ts';

const FIRST = 12;
/** "All" still draws no more than this: older ones go out with an export. */
const MAX_ALL = 500;

/** In traffic, or else how it came here. */
const useHeading = (entry: Entry): string => {
  const { source } = usePanel();
  const words = useWords();
  if (entry.requests > 0) return source.text('sightings_heading', words.count('requests', entry.requests));
  const kept = [...entry.sightings.values()].some(({ place }) => isKept(place));
  return source.text(kept ? 'sightings_kept' : 'sightings_pasted');
};

/** Every message that carried the token and every store that keeps it, newest first. */
export const Sightings = ({ entry }: { entry: Entry }) => {
  const panel = usePanel();
  const { source, log, dates, now, show, selectExchange } = panel;
  const heading = useHeading(entry);
  const [all, showAll] = useState(false);
  log.revision.value;
  const open = (id: string) => {
    selectExchange(id);
    show('exchanges');
  };
  const total = entry.sightings.size;
  // Storage gives them in the order of their keys.
  const newest = [...entry.sightings.values()].sort((a, b) => b.at - a.at).slice(0, all ? MAX_ALL : FIRST);
  const page = newest.some(({ place }) => isKept(place)) ? storesOf(panel).reading.value?.page : undefined;
  return (
    <>
      <h2>
        {heading}
        {total > FIRST && (
          <button type="button" class="link end" aria-expanded={all} onClick={() => showAll(!all)}>
            {source.text(all ? 'sightings_fewer' : 'sightings_all', String(total))}
          </button>
        )}
      </h2>
      <ul class="seen" aria-label={source.text('sightings_name')}>
        {newest.map((sighting) => {
          const exchange = log.exchange(sighting.exchange);
          const refused = exchange?.status !== undefined && exchange.status >= 400;
          return (
            <li key={sighting.id}>
              <span class="dim">{dates.local(sighting.at, now.peek())}</span>
              <span class={refused ? 'bad' : 'dim'}>
                {exchange?.status ?? (exchange?.error ? source.text('exchange_failed') : exchange ? '…' : '')}
              </span>
              {exchange ? (
                <button
                  type="button"
                  class="link cut url"
                  title={exchange.error ?? wholeUrl(exchange.url)}
                  onClick={() => open(exchange.id)}
                >
                  {exchange.method} <VisibleText text={hostAndPath(exchange.url)} />
                </button>
              ) : (
                <span />
              )}
              <span class="dim cut">
                <VisibleText text={placeName(panel, sighting.place, page)} />
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
};
