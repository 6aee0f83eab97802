import { ALGORITHMS } from '../../core/trust/algorithms.ts';
import { signingKey } from '../model/workbench-key.ts';
import { usePanel } from './panel-context.ts';
import { useWorkbench } from './use-workbench.ts';
import { WorkbenchKeyBox } from './workbench-key-box.tsx';

/** Which of its readings a secret signs with, where that makes a difference. */
const Readings = () => {
  const { source } = usePanel();
  const { keyChoices, keyChoice, chooseReading } = useWorkbench();
  if (keyChoices.value.length === 0) return null;
  return (
    <fieldset class="wb-options" aria-label={source.text('workbench_reading')}>
      {keyChoices.value.map((reading) => (
        <label key={reading} class="check">
          <input
            type="radio"
            name="workbench-reading"
            checked={keyChoice.value === reading}
            onChange={() => chooseReading(reading)}
          />
          {source.text(`secret_reading_${reading}`)}
        </label>
      ))}
    </fieldset>
  );
};

/** Octets of the hash of an HMAC: what RFC 7518 section 3.2 wants of its secret at least. */
const leastFor = (alg: string): number => {
  const { kty, hash = '' } = ALGORITHMS.get(alg) ?? {};
  return kty === 'oct' ? Number(hash.replace('SHA-', '')) / 8 : 0;
};

/**
 * A secret that is too short signs here, so that a server can be tried with it, and this is said; so is that the line break
 * which a file ends with is not taken for a part of it.
 */
const SecretRemarks = () => {
  const { source } = usePanel();
  const { key, keyReading, keyChoice, alg } = useWorkbench();
  const [reading, least] = [keyReading.value, leastFor(alg.value)];
  if (!reading || 'error' in reading) return null;
  const signs = signingKey(reading.candidates, key.value, keyChoice.value, { alg: alg.value, kid: undefined });
  if (signs?.kty !== 'oct' || least === 0) return null;
  const { length } = signs.bytes;
  const isTrimmed = signs.reading === 'text' && length < new TextEncoder().encode(key.value).length;
  return (
    <>
      {length < least && (
        <p class="warn">{source.text('workbench_key_short', alg.value, String(least), String(length))}</p>
      )}
      {isTrimmed && <p class="hint">{source.text('workbench_key_trimmed')}</p>}
    </>
  );
};

/** The key that signs. It is neither taken from the key boxes nor given to them. */
export const WorkbenchKey = () => {
  const { source } = usePanel();
  const { key, keyReading, typeKey } = useWorkbench();
  return (
    <>
      <WorkbenchKeyBox
        name={source.text('workbench_key')}
        placeholder={source.text('workbench_key_placeholder')}
        text={key.value}
        reading={keyReading.value}
        hint={source.text('workbench_key_hint')}
        onInput={typeKey}
      />
      <Readings />
      <SecretRemarks />
    </>
  );
};
