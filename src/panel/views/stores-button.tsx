import { useState } from 'preact/hooks';
import { storesOf } from '../model/stores.ts';
import type { PanelSource, StoresReading } from '../source.ts';
import { usePanel } from './panel-context.ts';
import { useWords } from './words.ts';

/** Origins that are named in one sentence; a page has frames of any number. */
const MAX_NAMED = 3;

/** What a reading could not tell, one sentence for each kind of it. */
const gapsOf = (source: PanelSource, { unreadable, dropped }: StoresReading): readonly string[] => {
  const gaps = [...new Set(unreadable.map(({ store }) => store))].map((store) => {
    const origins = unreadable.filter((one) => one.store === store).map(({ origin }) => origin);
    const names = [...new Set(origins)].map((origin) => origin || source.text('stores_unknown_origin'));
    const more = names.length > MAX_NAMED ? ' …' : '';
    return source.text(`stores_unreadable_${store}`, names.slice(0, MAX_NAMED).join(', ') + more);
  });
  return dropped > 0 ? [...gaps, source.text('stores_dropped', String(dropped))] : gaps;
};

/** Reads what the page keeps, by itself while the panel is open, and again by a click; its title says what it could not. */
export const StoresButton = () => {
  const panel = usePanel();
  const { source, tell } = panel;
  const words = useWords();
  const stores = storesOf(panel);
  const [busy, setBusy] = useState(false);

  const name = source.text('stores_read');
  const reading = stores.reading.value;
  const gaps = reading ? gapsOf(source, reading) : [];
  const read = async () => {
    if (busy) return;
    setBusy(true);
    await stores.read();
    setBusy(false);
    const last = stores.reading.peek();
    if (!last) return;
    const tokens = new Set(last.found.map(({ compact }) => compact)).size;
    tell([source.text('stores_result', words.count('tokens', tokens)), ...gapsOf(source, last)].join(' '));
  };
  return (
    <button
      type="button"
      class="icon"
      aria-label={name}
      aria-busy={busy}
      title={[name, ...gaps].join('\n')}
      onClick={read}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <ellipse cx="8" cy="4" rx="4.8" ry="1.9" class="line" />
        <path class="line" d="M3.2 4v8c0 1 2.1 1.9 4.8 1.9s4.8-.9 4.8-1.9V4M3.2 8c0 1 2.1 1.9 4.8 1.9s4.8-.9 4.8-1.9" />
      </svg>
    </button>
  );
};
