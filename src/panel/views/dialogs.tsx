import type { ComponentType } from 'preact';
import type { Dialog } from '../model/model.ts';
import { lazy } from './lazy.tsx';
import { usePanel } from './panel-context.ts';

const DIALOGS: Readonly<Record<NonNullable<Dialog>, ComponentType<{ onClose: () => void }>>> = {
  paste: lazy(() => import('./paste-dialog.tsx').then((module) => module.PasteDialog)),
  export: lazy(() => import('./export-dialog.tsx').then((module) => module.ExportDialog)),
  keys: lazy(() => import('./keys-dialog.tsx').then((module) => module.KeysDialog)),
  opaque: lazy(() => import('./opaque-dialog.tsx').then((module) => module.OpaqueDialog)),
  copy: lazy(() => import('./copy-dialog.tsx').then((module) => module.CopyDialog)),
  import: lazy(() => import('./import-dialog.tsx').then((module) => module.ImportDialog)),
  policy: lazy(() => import('./policy-dialog.tsx').then((module) => module.PolicyDialog)),
  compare: lazy(() => import('./compare-dialog.tsx').then((module) => module.CompareDialog)),
  settings: lazy(() => import('./settings-dialog.tsx').then((module) => module.SettingsDialog)),
};

/** The dialogue that is open. */
export const Dialogs = () => {
  const { dialog, open } = usePanel();
  const Open = dialog.value && DIALOGS[dialog.value];
  return Open ? <Open onClose={() => open(undefined)} /> : null;
};
