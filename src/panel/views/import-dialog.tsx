import { useLayoutEffect } from 'preact/hooks';
import { shortName } from '../model/file-name.ts';
import { type Import, importsOf, tooManyText } from '../model/imports.ts';
import { ImportCounts, ImportProgress } from './import-progress.tsx';
import { ImportFacts, ImportRemarks } from './import-words.tsx';
import { Modal } from './modal.tsx';
import { useLogs, usePanel } from './panel-context.ts';
import { useImport } from './use-import.ts';

/** By what they are called, for the chooser; it offers all others too. */
const ACCEPTED = '.har,.json,.txt,.log,application/json,text/plain,*/*';

/** The button that did it goes with its file's end: the focus is where more can be chosen. */
const goOn = ({ currentTarget }: Event, end: () => void): void => {
  if (currentTarget instanceof Element) currentTarget.closest('dialog')?.querySelector('input')?.focus();
  end();
};

/** One file: how far it is and the two ways to end that, then what it was and the way to its log. */
const ImportedFile = ({ one, onShow }: { one: Import; onShow: (id: number) => void }) => {
  const { source } = usePanel();
  const logs = useLogs();
  const { id, imported } = one;
  const name = shortName(imported.name);
  const log = logs.all.value.find((open) => open.id === id);
  const isRunning = imported.state.value === 'waiting' || imported.state.value === 'reading';
  return (
    <li>
      <h2>{name}</h2>
      {isRunning && (
        <p class="progress">
          <ImportProgress imported={imported} />
        </p>
      )}
      <p>{log && <ImportCounts model={log.model} />}</p>
      {/* Read aloud when it is there; how far it is would never end. */}
      <div aria-live="polite">
        <p>{imported.end.value && <ImportFacts end={imported.end.value} />}</p>
        <ImportRemarks imported={imported} />
        {!isRunning && !log && <p class="hint">{source.text('import_no_log')}</p>}
      </div>
      {isRunning && <p class="hint">{source.text('import_goes_on')}</p>}
      <p class="buttons">
        {isRunning && (
          <>
            <button type="button" onClick={(event) => goOn(event, imported.stop)}>
              {source.text('import_stop')}
            </button>
            <button type="button" onClick={(event) => goOn(event, () => importsOf(logs).discard(id))}>
              {source.text('import_discard')}
            </button>
          </>
        )}
        {!isRunning && log && (
          <button type="button" aria-label={source.text('import_show_named', name)} onClick={() => onShow(id)}>
            {source.text('import_show')}
          </button>
        )}
      </p>
    </li>
  );
};

/** Takes files, tells how far they are read, and what came of them. Left meanwhile, the reading goes on. */
export const ImportDialog = ({ onClose }: { onClose: () => void }) => {
  const { source } = usePanel();
  const logs = useLogs();
  const imports = importsOf(logs);
  const start = useImport();
  const batch = imports.batch.value;
  useLayoutEffect(() => imports.leave, [imports]);

  const onChange = (event: Event) => {
    const input = event.currentTarget;
    if (!(input instanceof HTMLInputElement)) return;
    void start([...(input.files ?? [])]);
    // The same file may be chosen again.
    input.value = '';
  };
  const show = (id: number) => {
    onClose();
    logs.show(id);
  };
  return (
    <Modal title={source.text('import_title')} onClose={onClose}>
      {batch.length === 0 ? (
        <>
          <p>{source.text('import_what')}</p>
          <p class="hint">{source.text('import_chrome_hint')}</p>
          <p class="hint">{source.text('import_local')}</p>
        </>
      ) : (
        <ul class="imports">
          {batch.map((one) => (
            <ImportedFile key={one.id} one={one} onShow={show} />
          ))}
        </ul>
      )}
      {imports.leftOut.value > 0 && <p class="warn">{tooManyText(source, imports.leftOut.value)}</p>}
      <div class="buttons">
        <label class={batch.length === 0 ? 'file primary' : 'file'}>
          {source.text(batch.length === 0 ? 'import_choose' : 'import_choose_more')}
          <input type="file" multiple accept={ACCEPTED} class="spoken" onChange={onChange} />
        </label>
      </div>
    </Modal>
  );
};
