import { useState } from 'preact/hooks';
import { exchangesOf } from '../model/exchanges.ts';
import { gatewayRows } from '../model/gateway-rows.ts';
import { usePanel } from './panel-context.ts';

const TYPES = { csv: 'text/csv', json: 'application/json' };

/** Saves the exchanges that are shown, redacted, as CSV or JSON. */
export const ExchangeSave = () => {
  const model = usePanel();
  const { source, log, tell } = model;
  const { rows } = exchangesOf(model);
  const [busy, setBusy] = useState(false);

  const save = async (format: 'csv' | 'json') => {
    const at = source.now();
    const options = { format, at, version: source.version, browser: source.browser };
    setBusy(true);
    try {
      const shown = gatewayRows(model, rows.peek());
      const file = await source.exportGatewayLog(log.records(), shown, options, new AbortController().signal);
      if ('error' in file) return tell(source.text(`export_error_${file.error}`, String(file.found)));
      const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(':', '');
      const name = `claimcheck-gateway-${stamp}.${format}`;
      await source.save({ name, type: TYPES[format], text: file.text });
      tell(source.text('export_saved', name));
    } catch {
      tell(source.text('export_failed'));
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      {(['csv', 'json'] as const).map((format) => (
        <button
          key={format}
          type="button"
          class="save"
          disabled={rows.value.length === 0}
          // Disabled meanwhile, it would lose the focus.
          aria-disabled={busy}
          aria-label={source.text('exchanges_save', format.toUpperCase())}
          title={source.text('exchanges_save_hint')}
          onClick={() => busy || save(format)}
        >
          <span class="wide">{source.text('exchanges_save', format.toUpperCase())}</span>
          <span class="slim">{format.toUpperCase()}</span>
        </button>
      ))}
    </>
  );
};
