import { pasteKey } from '../core/capture/keys.ts';
import type { Edges } from './edges.ts';

/** The context menu's and the toolbar button's way to the extension's own page. */
export const attachMenu = (edges: Edges): void => {
  edges.onInstalled(() => void edges.makeMenu());
  edges.onToolbarClicked(() => void edges.openPage(''));
  edges.onMenuClicked(async (selection) => {
    // Through storage in memory: in an address the token would stay in the history.
    const id = edges.uuid();
    await edges.session.write({ [pasteKey(id)]: selection });
    await edges.openPage(`#${id}`);
  });
};
