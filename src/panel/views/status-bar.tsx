import { usePanel } from './panel-context.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { VisibleText } from './visible-text.tsx';
import { useWords } from './words.ts';

/** How much there is, what is wrong with it, and what was dropped; and the promise that nothing leaves the device. */
export const StatusBar = () => {
  const { source, imported, log, shown, expired, notice, settings, access, open, hidden, hide } = usePanel();
  const words = useWords();
  // "Show" goes with what was hidden.
  useKeptFocus(() => document.querySelector('.tabs [aria-selected="true"]'));
  const entries = log.entries.value;
  const { requests, opaque, dropped, skipped, binary } = log.counts.value;
  return (
    <footer class="status">
      <span>
        {shown.value.length < entries.length
          ? source.text('status_shown', String(shown.value.length), words.count('tokens', entries.length))
          : words.count('tokens', entries.length)}
      </span>
      {hidden.value > 0 && (
        <button type="button" class="link" onClick={() => hide()}>
          {source.text('status_hidden', String(hidden.value))}
        </button>
      )}
      {expired.value > 0 && <span>{words.count('expired', expired.value)}</span>}
      {imported && (
        <span class="cut">
          <VisibleText text={source.text('status_imported', imported.name)} />
        </span>
      )}
      {source.captures && (
        <span class="wide" title={words.count('binary', binary)}>
          {words.count('requests', requests)}
        </span>
      )}
      {skipped > 0 && (
        <span class="warn" title={source.text('status_skipped_hint')}>
          {words.count('skipped', skipped)}
        </span>
      )}
      {opaque > 0 && (
        <button type="button" class="link" title={source.text('opaque_hint')} onClick={() => open('opaque')}>
          {words.count('opaque', opaque)}
        </button>
      )}
      {source.captures && dropped > 0 && (
        <span class="warn" title={source.text('status_dropped_hint')}>
          {words.count('dropped', dropped)}
        </span>
      )}
      {settings.value.paused && source.captures && <span class="warn">{source.text('status_paused')}</span>}
      {!access.value && source.captures && (
        <button type="button" class="link warn" onClick={() => source.requestAccess()}>
          {source.text('status_no_access')}
        </button>
      )}
      <output class="notice">{notice.value}</output>
      <span class="grow" />
      <span class="cut" title={source.text('empty_local')}>
        {source.text('status_local')}
        <span class="wide">: {source.text('status_local_means')}</span>
      </span>
    </footer>
  );
};
