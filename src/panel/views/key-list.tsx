import { useEffect, useState } from 'preact/hooks';
import { visibleText } from '../../core/token/visible.ts';
import type { RingKey } from '../../core/trust/signature.ts';
import { usePanel } from './panel-context.ts';

/** Key ids named of a set; a set can hold hundreds. */
const MAX_KIDS = 4;

const KeyItem = ({ given }: { given: RingKey }) => {
  const { source, dates, now, signatures } = usePanel();
  const [label, setLabel] = useState('');
  useEffect(() => {
    void signatures.read(given).then((reading) => {
      if ('error' in reading)
        return setLabel(source.text(`key_error_${reading.error}`, visibleText(reading.detail ?? '')));
      const kids = reading.candidates.flatMap(({ kid }) => (kid === undefined ? [] : [kid]));
      const named =
        visibleText(kids.slice(0, MAX_KIDS).join(', ')) +
        (kids.length > MAX_KIDS ? ` … +${kids.length - MAX_KIDS}` : '');
      setLabel([source.text(`key_format_${reading.format}`), named].filter((part) => part !== '').join(' · '));
    });
  }, [given, signatures, source]);
  return (
    <li>
      <span class="cut">{label}</span>
      <span class="dim">{source.text('key_given', dates.local(given.addedAt, now.peek()))}</span>
      <button type="button" class="link" onClick={() => source.removeKey(given.id)}>
        {source.text('key_remove')}
      </button>
    </li>
  );
};

/** The keys that were given, each with the way to take it back. */
export const KeyList = () => {
  const { source, keys } = usePanel();
  if (keys.value.length === 0) return null;
  return (
    <>
      <h3>{source.text('keys_heading')}</h3>
      <ul class="keys" aria-label={source.text('keys_heading')}>
        {keys.value.map((given) => (
          <KeyItem key={given.id} given={given} />
        ))}
      </ul>
    </>
  );
};
