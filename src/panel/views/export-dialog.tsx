import { useEffect, useState } from 'preact/hooks';
import type { Exported } from '../../core/report/export.ts';
import { Modal } from './modal.tsx';
import { usePanel } from './panel-context.ts';
import { useWords } from './words.ts';

/** Characters of the preview: enough to see what goes out, not a second copy of a large log. */
const MAX_PREVIEW = 20_000;

/** How long a word that is being typed may take; each look at the file is a whole export. */
const TYPING_MS = 300;

/** Writes the log to a file: redacted, and proven so, unless live credentials are asked for. */
export const ExportDialog = ({ onClose }: { onClose: () => void }) => {
  const { source, log, tell } = usePanel();
  const words = useWords();
  const [live, setLive] = useState(false);
  const [masked, setMasked] = useState('');
  const [at] = useState(source.now());

  const [made, setMade] = useState<{ live: boolean; masked: string; exported: Exported | undefined }>();
  // Until the file that was asked for last is there, none is: what is saved must be what the buttons say.
  const isMade = made?.live === live && made.masked === masked;
  const result = isMade ? made.exported : undefined;
  const failed = isMade && !result;
  const preview = result && 'text' in result ? result.text : '';

  useEffect(() => {
    const ended = new AbortController();
    const maskClaims = masked.split(/[\s,]+/).filter((name) => name !== '');
    const options = { live, at, version: source.version, browser: source.browser, maskClaims };
    const done = (exported: Exported | undefined) => ended.signal.aborted || setMade({ live, masked, exported });
    const start = () => source.exportLog(log.records(), options, ended.signal).then(done, () => done(undefined));
    const timer = setTimeout(start, made ? TYPING_MS : 0);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [log, live, masked, at, source]);

  const save = async () => {
    if (!result || 'error' in result) return;
    const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(':', '');
    const name = `claimcheck-${stamp}${live ? '-LIVE' : ''}.json`;
    await source.save({ name, type: 'application/json', text: result.text });
    tell(source.text('export_saved', name));
    onClose();
  };

  return (
    <Modal title={source.text('export_title')} onClose={onClose}>
      {failed && (
        <p class="warn" role="alert">
          {source.text('export_failed')}
        </p>
      )}
      {result && 'error' in result && (
        <p class="warn" role="alert">
          {source.text(`export_error_${result.error}`, String(result.found))}
        </p>
      )}
      {!failed && !(result && 'error' in result) && (
        <p class="counts">
          {result &&
            source.text(
              live ? 'export_counts_live' : 'export_counts',
              words.count('tokens', result.counts.tokens),
              words.count('exchanges', result.counts.exchanges),
              words.count('replaced', result.counts.replaced),
            )}
        </p>
      )}
      <label class="setting">
        <input type="text" value={masked} disabled={live} onInput={(event) => setMasked(event.currentTarget.value)} />
        <span>
          {source.text('export_mask')}
          <small>{source.text('export_mask_hint')}</small>
        </span>
      </label>
      <label class="setting">
        <input type="checkbox" checked={live} onChange={(event) => setLive(event.currentTarget.checked)} />
        <span class={live ? 'bad' : undefined}>
          {source.text('export_live')}
          <small>{source.text('export_live_hint')}</small>
        </span>
      </label>
      {/* There from the start, so that nothing moves under the pointer when the file is ready. */}
      <textarea
        class="preview"
        readOnly
        // Without it Firefox writes what stands here into the file that restores its windows.
        autocomplete="off"
        rows={12}
        aria-label={source.text('export_preview')}
        value={preview.length > MAX_PREVIEW ? `${preview.slice(0, MAX_PREVIEW)}…` : preview}
      />
      <div class="buttons">
        <button type="button" class="primary" disabled={!result || 'error' in result} onClick={save}>
          {source.text(live ? 'export_save_live' : 'export_save')}
        </button>
      </div>
    </Modal>
  );
};
