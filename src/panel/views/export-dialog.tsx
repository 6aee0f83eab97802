import { useMemo, useState } from 'preact/hooks';
import type { ExportFormat } from '../../core/report/exported.ts';
import { claimNames } from '../model/claim-names.ts';
import { ExportChoices } from './export-choices.tsx';
import { ExportMasks, maskedClaims, proposed } from './export-masks.tsx';
import { ExportOutcome } from './export-outcome.tsx';
import { Modal } from './modal.tsx';
import { usePanel } from './panel-context.ts';
import { Preview } from './preview.tsx';
import { type ExportScope, useExport } from './use-export.ts';

/** HAR has no registered type; with that of JSON a browser would name the file so. */
const FILES: Readonly<Record<ExportFormat, { readonly ending: string; readonly type: string }>> = {
  json: { ending: 'json', type: 'application/json' },
  csv: { ending: 'csv', type: 'text/csv' },
  markdown: { ending: 'md', type: 'text/markdown' },
  har: { ending: 'har', type: 'application/har+json' },
};

/** Writes the log to a file: redacted, and proven so, unless live credentials are asked for, which nothing remembers. */
export const ExportDialog = ({ onClose }: { onClose: () => void }) => {
  const { source, log, tell } = usePanel();
  const [at] = useState(source.now());
  const [format, setFormat] = useState<ExportFormat>('json');
  const [scope, setScope] = useState<ExportScope>('all');
  const [live, setLive] = useState(false);
  const names = useMemo(() => claimNames(log.entries.peek()), [log]);
  const [masks, setMasks] = useState(() => proposed(names));
  const [said, say] = useState('');

  const made = useExport({ format, scope, live, masked: live ? [] : maskedClaims(masks) }, at);
  const text = typeof made === 'object' && 'text' in made ? made.text : undefined;

  const save = async () => {
    if (text === undefined) return;
    const { ending, type } = FILES[format];
    const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(':', '');
    const name = `claimcheck-${stamp}${live ? '-LIVE' : ''}.${ending}`;
    try {
      await source.save({ name, type, text });
    } catch {
      say(source.text('export_failed'));
      return;
    }
    tell(source.text('export_saved', name));
    onClose();
  };
  const copy = async () => {
    if (text === undefined) return;
    const done = await source.copy(text);
    say(source.text(done ? 'export_copied' : 'copy_failed'));
  };

  return (
    <Modal title={source.text('export_title')} onClose={onClose}>
      <ExportChoices format={format} scope={scope} onFormat={setFormat} onScope={setScope} />
      <ExportMasks names={names} masks={masks} disabled={live} onChange={setMasks} />
      <label class="setting">
        <input type="checkbox" checked={live} onChange={(event) => setLive(event.currentTarget.checked)} />
        <span class={live ? 'bad' : undefined}>
          {source.text('export_live')}
          <small>{source.text('export_live_hint')}</small>
        </span>
      </label>
      <ExportOutcome made={made} live={live} />
      {/* There from the start, so that nothing moves under the pointer when the file is ready. */}
      <Preview name={source.text('export_preview')} rows={10} text={text ?? ''} />
      <div class="buttons">
        <output class="grow hint">{said}</output>
        <button type="button" disabled={text === undefined} onClick={copy}>
          {source.text(live ? 'export_copy_live' : 'export_copy')}
        </button>
        <button type="button" class="primary" disabled={text === undefined} onClick={save}>
          {source.text(live ? 'export_save_live' : 'export_save')}
        </button>
      </div>
    </Modal>
  );
};
