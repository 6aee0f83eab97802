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
    </>
  );
};
