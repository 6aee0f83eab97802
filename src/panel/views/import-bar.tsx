import { useRef, useState } from 'preact/hooks';
import type { Imported } from '../model/imported.ts';
import type { Logs } from '../model/logs.ts';
import { ImportProgress } from './import-progress.tsx';
import { ImportFacts, ImportRemarks, isRemarkable } from './import-words.tsx';
import { useLogs, usePanel } from './panel-context.ts';
import { useKeptFocus } from './use-kept-focus.ts';

/** By what clock the log is judged. */
const AsOf = ({ imported }: { imported: Imported }) => {
  const { source } = usePanel();
  return (
    <label>
      {source.text('as_of')}{' '}
      <select
        value={imported.isThen.value ? 'then' : 'now'}
        onChange={(event) => imported.judgeThen(event.currentTarget.value === 'then')}
      >
        <option value="then">{source.text('as_of_then')}</option>
        <option value="now">{source.text('as_of_now')}</option>
      </select>
    </label>
  );
};

/** The live one is shown first, so that none of the others is drawn on the way. */
const closeFiles = (logs: Logs): void => {
  logs.show(logs.all.peek()[0]?.id ?? 0);
  for (const { id } of logs.all.peek()) logs.close(id);
};

/** Over a log that came out of a file: what the file is, what is to be known of it, and by what time it is judged. */
export const ImportBar = ({ imported }: { imported: Imported }) => {
  const { source } = usePanel();
  const logs = useLogs();
  const [dismissed, dismiss] = useState(false);
  const bar = useRef<HTMLElement>(null);
  // Most of its buttons go as they are pressed.
  useKeptFocus(() => bar.current?.querySelector('.told button') ?? bar.current?.querySelector('button'));
  const isRunning = imported.state.value === 'waiting' || imported.state.value === 'reading';
  const isTold = isRemarkable(imported) && !dismissed;
  return (
    <section class="import-bar" aria-label={source.text('import_bar')} ref={bar}>
      <div>
        {isRunning && (
          <>
            <ImportProgress imported={imported} />
            <button type="button" class="link" onClick={imported.stop}>
              {source.text('import_stop')}
            </button>
          </>
        )}
        {imported.end.value && (
          <span>
            <ImportFacts end={imported.end.value} />
          </span>
        )}
        {imported.isDated.value && <AsOf imported={imported} />}
        {isRemarkable(imported) && dismissed && (
          <button type="button" class="link warn" onClick={() => dismiss(false)}>
            {source.text('import_remarks')}
          </button>
        )}
        <span class="grow" />
        {logs.all.value.length > 2 && (
          <button type="button" class="link" onClick={() => closeFiles(logs)}>
            {source.text('log_close_all')}
          </button>
        )}
        <button
          type="button"
          class="link"
          aria-label={source.text('log_close')}
          title={source.text('log_close')}
          onClick={() => logs.close(logs.current.peek().id)}
        >
          {source.text('close')}
        </button>
      </div>
      {isTold && (
        <div class="told">
          <ImportRemarks imported={imported} />
          <button type="button" class="link" onClick={() => dismiss(true)}>
            {source.text('import_dismiss')}
          </button>
        </div>
      )}
    </section>
  );
};
