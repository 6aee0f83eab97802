import { visibleText } from '../../core/token/visible.ts';
import { CONTENT_ENCRYPTION, KEY_MANAGEMENT } from '../../core/trust/jwe-algorithms.ts';
import type { Encryption } from '../model/workbench-shape.ts';
import { usePanel } from './panel-context.ts';
import { useWorkbench } from './use-workbench.ts';
import { WorkbenchGenerate, WorkbenchGenerated } from './workbench-generated.tsx';
import { WorkbenchKeyBox } from './workbench-key-box.tsx';
import { WorkbenchCookie, WorkbenchOuter } from './workbench-outer.tsx';

const CONTENTS: readonly Encryption['what'][] = ['token', 'payload'];

/** One of the algorithms that there are; what a copied token had and is none of them is shown as it is. */
const Pick = ({
  label,
  value,
  names,
  onPick,
}: {
  label: string;
  value: string;
  names: readonly string[];
  onPick: (name: string) => void;
}) => (
  <label class="wb-field">
    <span>{label}</span>
    <select value={value} onChange={(event) => onPick(event.currentTarget.value)}>
      {!names.includes(value) && <option value={value}>{visibleText(value) || '–'}</option>}
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  </label>
);

const Settings = () => {
  const { source } = usePanel();
  const workbench = useWorkbench();
  const { encryption, setEncryption, encryptionKeyReading, generateEncryptionKey } = workbench;
  const { what, alg, enc, key } = encryption.value;
  return (
    <>
      <fieldset class="wb-options" aria-label={source.text('workbench_encrypt_what')}>
        {CONTENTS.map((one) => (
          <label key={one} class="check">
            <input
              type="radio"
              name="workbench-what"
              checked={what === one}
              onChange={() => setEncryption({ what: one })}
            />
            {source.text(`workbench_encrypt_what_${one}`)}
          </label>
        ))}
      </fieldset>
      <div class="wb-row">
        <Pick
          label={source.text('workbench_encrypt_alg')}
          value={alg}
          names={[...KEY_MANAGEMENT.keys()]}
          onPick={(name) => setEncryption({ alg: name })}
        />
        <Pick
          label={source.text('workbench_encrypt_enc')}
          value={enc}
          names={[...CONTENT_ENCRYPTION.keys()]}
          onPick={(name) => setEncryption({ enc: name })}
        />
        <WorkbenchGenerate
          alg={KEY_MANAGEMENT.has(alg) ? alg : ''}
          busy={workbench.generatingEncryption.value}
          onClick={() => void generateEncryptionKey()}
        />
      </div>
      <WorkbenchKeyBox
        name={source.text('workbench_encrypt_key')}
        placeholder={source.text('workbench_encrypt_placeholder')}
        text={key}
        reading={encryptionKeyReading.value}
        onInput={(text) => setEncryption({ key: text })}
      />
      <WorkbenchGenerated made={workbench.generatedEncryption.value} />
      <WorkbenchCookie />
      <WorkbenchOuter />
    </>
  );
};

/** A JWE around the token, or around the payload alone. */
export const WorkbenchEncryption = () => {
  const { source } = usePanel();
  const { encryption, setEncryption } = useWorkbench();
  const { on } = encryption.value;
  const name = source.text('workbench_encrypt');
  return (
    <section class="wb-part" aria-label={name}>
      <h2>
        <label class="check">
          <input type="checkbox" checked={on} onChange={() => setEncryption({ on: !on })} />
          {name}
        </label>
      </h2>
      {on && <Settings />}
    </section>
  );
};
