import { useState } from 'preact/hooks';
import type { Place } from '../../core/capture/records.ts';
import type { Entry } from '../model/log.ts';
import type { PanelSource } from '../source.ts';
import { usePanel } from './panel-context.ts';
import { hostAndPath, wholeUrl } from './url-text.ts';
import { VisibleText } from './visible-text.tsx';
import { useWords } from './words.ts';

const FIRST = 12;
/** "All" still draws no more than this: older ones go out with an export. */
const MAX_ALL = 500;

/** The name of a place in a few words: `Authorization Bearer`, `cookie sid, 3 chunks`. */
const placeName = (source: PanelSource, { kind, name, scheme, path, chunks, attributes, from }: Place): string =>
  [
    from === 'location' ? 'Location' : '',
    source.text(`place_${kind}`, kind === 'request_header' || kind === 'response_header' ? capitalised(name) : name),
    scheme && scheme.toLowerCase() !== 'bearer' ? scheme : '',
    path ?? '',
    chunks ? source.text('place_chunks', String(chunks)) : '',
    attributes ? attributeNames(attributes) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');

const capitalised = (header: string) =>
  header === 'dpop' ? 'DPoP' : header.replace(/(^|-)([a-z])/g, (_, dash, letter) => dash + letter.toUpperCase());

const attributeNames = ({ httpOnly, secure, sameSite }: NonNullable<Place['attributes']>) =>
  [httpOnly && 'HttpOnly', secure && 'Secure', sameSite && `SameSite=${sameSite}`].filter(Boolean).join(' ');

/** Every message that carried the token, newest first. */
export const Sightings = ({ entry }: { entry: Entry }) => {
  const { source, log, dates, now } = usePanel();
  const words = useWords();
  const [all, showAll] = useState(false);
  log.revision.value;
  const total = entry.sightings.size;
  // Storage gives them in the order of their keys.
  const newest = [...entry.sightings.values()].sort((a, b) => b.at - a.at).slice(0, all ? MAX_ALL : FIRST);
  return (
    <>
      <h2>
        {entry.requests > 0
          ? source.text('sightings_heading', words.count('requests', entry.requests))
          : source.text('sightings_pasted')}
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
              <span class="cut url" title={exchange?.error ?? wholeUrl(exchange?.url ?? '')}>
                {exchange && (
                  <>
                    {exchange.method} <VisibleText text={hostAndPath(exchange.url)} />
                  </>
                )}
              </span>
              <span class="dim cut">
                <VisibleText text={placeName(source, sighting.place)} />
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
};
