import { useEffect, useRef } from 'preact/hooks';
import { lazy } from './lazy.tsx';
import { usePanel } from './panel-context.ts';
import { StatusBar } from './status-bar.tsx';
import { Tabs } from './tabs.tsx';
import { TokenList } from './token-list.tsx';
import { Toolbar } from './toolbar.tsx';
import { useHandedOver } from './use-handed-over.ts';

const EmptyState = lazy(() => import('./empty-state.tsx').then((module) => module.EmptyState));
const ImportBar = lazy(() => import('./import-bar.tsx').then((module) => module.ImportBar));
const Exchanges = lazy(() => import('./exchanges.tsx').then((module) => module.Exchanges));
const Timeline = lazy(() => import('./timeline.tsx').then((module) => module.Timeline));
const Workbench = lazy(() => import('./workbench.tsx').then((module) => module.Workbench));
const DetailPane = lazy(() => import('./detail-pane.tsx').then((module) => module.DetailPane));
const PasteDialog = lazy(() => import('./paste-dialog.tsx').then((module) => module.PasteDialog));
const ExportDialog = lazy(() => import('./export-dialog.tsx').then((module) => module.ExportDialog));
const KeysDialog = lazy(() => import('./keys-dialog.tsx').then((module) => module.KeysDialog));
const OpaqueDialog = lazy(() => import('./opaque-dialog.tsx').then((module) => module.OpaqueDialog));
const CopyDialog = lazy(() => import('./copy-dialog.tsx').then((module) => module.CopyDialog));
const ImportDialog = lazy(() => import('./import-dialog.tsx').then((module) => module.ImportDialog));
const PolicyDialog = lazy(() => import('./policy-dialog.tsx').then((module) => module.PolicyDialog));
const CompareDialog = lazy(() => import('./compare-dialog.tsx').then((module) => module.CompareDialog));
const SettingsDialog = lazy(() => import('./settings-dialog.tsx').then((module) => module.SettingsDialog));

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input, textarea, select');

/** The whole panel: toolbar, list and detail side by side (one above the other when narrow), status bar. */
export const App = () => {
  const { log, open, dialog, settings, theme, source, view, imported } = usePanel();
  const main = useRef<HTMLElement>(null);
  useHandedOver();

  useEffect(() => {
    document.documentElement.dataset.theme = theme.value;
    document.documentElement.dataset.browser = source.browser;
  }, [theme.value, source]);

  useEffect(() => {
    main.current?.style.setProperty('--split', `${settings.value.split}%`);
  }, [settings.value.split, view.value, log.entries.value.length === 0]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target) || dialog.peek()) return;
      event.preventDefault();
      document.querySelector<HTMLInputElement>('.search input')?.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [dialog]);

  return (
    <div class="app">
      <header>
        <Toolbar />
        {!source.accessPage && <Tabs />}
        {imported && <ImportBar imported={imported} />}
      </header>
      {view.value === 'exchanges' ? (
        <Exchanges />
      ) : view.value === 'timeline' ? (
        <Timeline />
      ) : view.value === 'workbench' ? (
        <Workbench />
      ) : log.entries.value.length === 0 ? (
        <EmptyState />
      ) : (
        <main class="split" ref={main}>
          <TokenList />
          <DetailPane />
        </main>
      )}
      <StatusBar />
      {dialog.value === 'paste' && <PasteDialog onClose={() => open(undefined)} />}
      {dialog.value === 'export' && <ExportDialog onClose={() => open(undefined)} />}
      {dialog.value === 'import' && <ImportDialog onClose={() => open(undefined)} />}
      {dialog.value === 'copy' && <CopyDialog onClose={() => open(undefined)} />}
      {dialog.value === 'keys' && <KeysDialog onClose={() => open(undefined)} />}
      {dialog.value === 'opaque' && <OpaqueDialog onClose={() => open(undefined)} />}
      {dialog.value === 'policy' && <PolicyDialog onClose={() => open(undefined)} />}
      {dialog.value === 'compare' && <CompareDialog onClose={() => open(undefined)} />}
      {dialog.value === 'settings' && <SettingsDialog onClose={() => open(undefined)} />}
    </div>
  );
};
