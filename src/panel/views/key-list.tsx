import { issuerOf } from '../../core/trust/issuer.ts';
import type { RingKey } from '../../core/trust/signature.ts';
import { nearestKeys, toldAs } from '../model/ring.ts';
import { keyLabel, short } from './key-words.ts';
import { usePanel } from './panel-context.ts';
import { useReading } from './use-reading.ts';

/** Keys listed beside a token; the ring can hold a thousand, and has a dialogue of its own. */
const MAX_LISTED = 6;

const KeyItem = ({ given }: { given: RingKey }) => {
  const { source, dates, now } = usePanel();
  const reading = useReading(given);
  return (
    <li>
      <span class="cut">
        {given.name && <b>{short(given.name)} </b>}
        {reading && keyLabel(source, reading)}
      </span>
      <span class="dim">
        {toldAs(given) === 'given'
          ? source.text('key_given', dates.local(given.addedAt, now.peek()))
          : source.text(`provenance_${given.provenance}`)}
      </span>
      <button type="button" class="link" onClick={() => source.removeKey(given.id)}>
        {source.text('key_remove')}
      </button>
    </li>
  );
};

/** The keys that have most to do with the selected token, each with the way to take it back, and the way to all. */
export const KeyList = () => {
  const { source, keys, selected, open } = usePanel();
  if (keys.value.length === 0) return null;
  const issuer = selected.value ? issuerOf(selected.value.claims) : '';
  return (
    <>
      <h3>{source.text('keys_heading')}</h3>
      <ul class="keys" aria-label={source.text('keys_heading')}>
        {nearestKeys(keys.value, issuer, MAX_LISTED).map((given) => (
          <KeyItem key={given.id} given={given} />
        ))}
      </ul>
      <p>
        <button type="button" class="link" onClick={() => open('keys')}>
          {source.text('ring_all', String(keys.value.length))}
        </button>
      </p>
    </>
  );
};
