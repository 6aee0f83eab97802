import { useLayoutEffect, useRef } from 'preact/hooks';
import { lazy } from './lazy.tsx';
import { usePanel } from './panel-context.ts';
import { StatusBar } from './status-bar.tsx';
import { Tabs } from './tabs.tsx';
import { TokenList } from './token-list.tsx';
import { Toolbar } from './toolbar.tsx';
import { useHandedOver } from './use-handed-over.ts';
import { useKeptFocus } from './use-kept-focus.ts';

const Dialogs = lazy(() => import('./dialogs.tsx').then((module) => module.Dialogs));
const EmptyState = lazy(() => import('./empty-state.tsx').then((module) => module.EmptyState));
const OtherView = lazy(() => import('./other-view.tsx').then((module) => module.OtherView));
const DetailPane = lazy(() => import('./detail-pane.tsx').then((module) => module.DetailPane));

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input, textarea, select');

/** Firefox on macOS gives a clicked button no focus: without it a dialogue could not give it back to what opened it. */
const focusClicked = ({ target }: Event) => {
  if (target instanceof Element) target.closest('button')?.focus({ preventScroll: true });
};

/** The whole panel: toolbar, list and detail side by side (one above the other when narrow), status bar. */
export const App = () => {
  const { log, dialog, settings, theme, source, view } = usePanel();
  const main = useRef<HTMLElement>(null);
  useHandedOver();
  useKeptFocus(() => document.getElementById(`tab-${view.peek()}`));

  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme.value;
    document.documentElement.dataset.browser = source.browser;
  }, [theme.value, source]);

  useLayoutEffect(() => {
    main.current?.style.setProperty('--split', `${settings.value.split}%`);
  }, [settings.value.split, view.value, log.entries.value.length === 0]);

  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target) || dialog.peek()) return;
      event.preventDefault();
      document.querySelector<HTMLInputElement>('.search input')?.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [dialog]);

  return (
    <div class="app" onClickCapture={focusClicked}>
      <header>
        <Toolbar />
        {!source.accessPage && <Tabs />}
      </header>
      {view.value !== 'tokens' ? (
        <OtherView view={view.value} />
      ) : log.entries.value.length === 0 ? (
        <EmptyState />
      ) : (
        <main class="split" ref={main}>
          <TokenList />
          <DetailPane />
        </main>
      )}
      <StatusBar />
      {dialog.value && <Dialogs />}
    </div>
  );
};
