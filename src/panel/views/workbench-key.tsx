import type { KeyReading } from '../../core/trust/key.ts';
import { keyErrorText, keySizeText } from './key-words.ts';
import { usePanel } from './panel-context.ts';
import { useWorkbench } from './use-workbench.ts';

/** Characters that the box shows; a longer text is read whole. */
const MAX_SHOWN = 50_000;

/** What a key was recognised as. */
export const KeyRecognised = ({ reading }: { reading: KeyReading | undefined }) => {
  const { source } = usePanel();
  if (!reading) return null;
  if ('error' in reading) return <span class="warn">{keyErrorText(source, reading)}</span>;
  const size = keySizeText(source, reading.candidates);
  return (
    <span>
      {source.text('key_recognised', source.text(`key_format_${reading.format}`))}
      {size !== '' && ` ${size}.`}
    </span>
  );
};

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

/** The key that signs. It is neither taken from the key boxes nor given to them. */
export const WorkbenchKey = () => {
  const { source } = usePanel();
  const { key, keyReading, typeKey } = useWorkbench();
  return (
    <div class="wb-key">
      <textarea
        rows={3}
        value={key.value.slice(0, MAX_SHOWN)}
        placeholder={source.text('workbench_key_placeholder')}
        aria-label={source.text('workbench_key')}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => typeKey(event.currentTarget.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData?.getData('text/plain') ?? '';
          if (pasted.length <= MAX_SHOWN) return;
          event.preventDefault();
          typeKey(pasted);
        }}
      />
      <output class="trial">
        {keyReading.value ? <KeyRecognised reading={keyReading.value} /> : source.text('workbench_key_hint')}
      </output>
      <Readings />
    </div>
  );
};
