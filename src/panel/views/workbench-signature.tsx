import { visibleText } from '../../core/token/visible.ts';
import { ALGORITHMS } from '../../core/trust/algorithms.ts';
import type { SignatureMode } from '../model/workbench-shape.ts';
import { usePanel } from './panel-context.ts';
import { useOutcome } from './use-outcome.ts';
import { useWorkbench } from './use-workbench.ts';
import { WorkbenchGenerate, WorkbenchGenerated } from './workbench-generated.tsx';
import { WorkbenchKey } from './workbench-key.tsx';

const MODES: readonly SignatureMode[] = ['original', 'key', 'none', 'empty'];

/** What becomes of the signature. */
const Modes = () => {
  const { source } = usePanel();
  const { mode, modes, setMode } = useWorkbench();
  const tell = useOutcome();
  const choose = (event: Event, one: SignatureMode) => {
    const isSet = setMode(one);
    // What was not set is not to look as if it were.
    if (!isSet) event.preventDefault();
    tell('header', isSet);
  };
  return (
    <>
      <fieldset class="wb-options" aria-label={source.text('part_signature')}>
        {MODES.map((one) => (
          <label key={one} class="check">
            <input
              type="radio"
              name="workbench-mode"
              checked={mode.value === one}
              disabled={!modes.value.includes(one)}
              onClick={(event) => choose(event, one)}
            />
            {source.text(`workbench_mode_${one}`)}
          </label>
        ))}
      </fieldset>
      <p class="hint">{source.text(`workbench_mode_hint_${mode.value}`)}</p>
    </>
  );
};

/** `alg` of the header, from a list; what is none of it is shown as it is typed. */
const AlgorithmSelect = () => {
  const { source } = usePanel();
  const { alg, setAlg } = useWorkbench();
  const tell = useOutcome();
  const typed = alg.value;
  const choose = (select: HTMLSelectElement) => {
    const isSet = setAlg(select.value);
    if (!isSet) select.value = typed;
    tell('header', isSet);
  };
  return (
    <label class="wb-field">
      <span>{source.text('workbench_alg')}</span>
      <select value={typed} onChange={(event) => choose(event.currentTarget)}>
        {!ALGORITHMS.has(typed) && <option value={typed}>{visibleText(typed) || '–'}</option>}
        {[...ALGORITHMS.keys()].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
};

/** What becomes of the signature, by which algorithm, and with which key. */
export const WorkbenchSignature = () => {
  const { source } = usePanel();
  const { mode, alg, generate, generating, generated, writeKid } = useWorkbench();
  const tell = useOutcome();
  const kid = source.text('workbench_kid');
  const isKeyed = ALGORITHMS.get(alg.value)?.kty !== undefined;
  const name = source.text('part_signature');
  return (
    <section class="wb-part sign" aria-label={name}>
      <h2>
        <i class="sign" /> {name}
      </h2>
      <Modes />
      <div class="wb-row">
        <AlgorithmSelect />
        {mode.value === 'key' && (
          <WorkbenchGenerate
            alg={isKeyed ? alg.value : ''}
            busy={generating.value}
            onClick={() => void generate(alg.value)}
          />
        )}
      </div>
      {mode.value === 'key' && <WorkbenchKey />}
      {mode.value === 'key' && <WorkbenchGenerated made={generated.value} />}
      {mode.value === 'key' && generated.value && (
        <button type="button" class="link" onClick={() => tell('header', writeKid(), kid)}>
          {kid}
        </button>
      )}
    </section>
  );
};
