import { IconButton } from './icon-button.tsx';
import { lazy } from './lazy.tsx';
import { usePanel } from './panel-context.ts';
import { SearchBox } from './search-box.tsx';

const StoresButton = lazy(() => import('./stores-button.tsx').then((module) => module.StoresButton));

const ClearButton = () => {
  const { source, clear } = usePanel();
  return (
    <IconButton name={source.text('toolbar_clear')} run={clear}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="5.2" class="line" />
        <path d="M4.4 4.4l7.2 7.2" class="line" />
      </svg>
    </IconButton>
  );
};

const CaptureControls = () => {
  const { source, settings } = usePanel();
  const { paused, preserveLog } = settings.value;
  const label = source.text(paused ? 'toolbar_resume' : 'toolbar_pause');
  return (
    <>
      <button
        type="button"
        class={paused ? 'icon' : 'icon recording'}
        aria-label={label}
        title={label}
        onClick={() => source.saveSettings({ paused: !paused })}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          {paused ? <circle cx="8" cy="8" r="4.5" class="hollow" /> : <circle cx="8" cy="8" r="5" />}
        </svg>
      </button>
      <ClearButton />
      <StoresButton />
      <span class="separator wide" />
      <label class="check wide" title={source.text('toolbar_preserve_hint')}>
        <input
          type="checkbox"
          checked={preserveLog}
          onChange={(event) => source.saveSettings({ preserveLog: event.currentTarget.checked })}
        />
        {source.text('toolbar_preserve')}
      </label>
    </>
  );
};

/** A button that is its sign alone where there is no room. */
const Verb = ({ sign, name, run }: { sign: string; name: string; run: () => void }) => (
  <button type="button" aria-label={name} title={name} onClick={run}>
    {sign}
    <span class="wide"> {name}</span>
  </button>
);

/** The row of verbs on top. What does not fit a narrow panel is in the settings too. */
export const Toolbar = () => {
  const { source, imported, open, log, view } = usePanel();
  return (
    <div class="bar">
      {source.captures ? <CaptureControls /> : !imported && <ClearButton />}
      {/* The exchanges have a filter of their own, and one token that is edited needs none. */}
      {(view.value === 'tokens' || view.value === 'timeline') && <SearchBox />}
      <span class="grow" />
      <Verb sign="+" name={source.text('toolbar_paste')} run={() => open('paste')} />
      <Verb sign="↓" name={source.text('import_button')} run={() => open('import')} />
      <button type="button" disabled={log.entries.value.length === 0} onClick={() => open('export')}>
        {source.text('toolbar_export')}
      </button>
      <IconButton name={source.text('ring_title')} run={() => open('keys')}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="5" cy="8" r="2.9" class="line" />
          <path class="line" d="M7.9 8h6.3v2.6M11.6 8v2" />
        </svg>
      </IconButton>
      <IconButton name={source.text('toolbar_settings')} run={() => open('settings')}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="2.1" class="line" />
          <path
            class="line"
            d="M8 1.8v1.9M8 12.3v1.9M1.8 8h1.9M12.3 8h1.9M3.6 3.6l1.4 1.4M11 11l1.4 1.4M12.4 3.6L11 5M5 11l-1.4 1.4"
          />
        </svg>
      </IconButton>
    </div>
  );
};
