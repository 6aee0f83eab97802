import { pasteKey } from '../core/capture/keys.ts';
import type { Edges } from './edges.ts';

/** Opens the extension's own page on a text. Through storage in memory: in an address a token would stay in the history. */
export const decodeInTab = async (edges: Edges, text: string): Promise<void> => {
  const id = edges.uuid();
  await edges.session.write({ [pasteKey(id)]: text });
  await edges.openPage(`#${id}`);
};

/** The context menu's and the toolbar button's way to the extension's own page. */
export const attachMenu = (edges: Edges): void => {
  edges.onInstalled(() => void edges.makeMenu());
  edges.onToolbarClicked(() => void edges.openPage(''));
  edges.onMenuClicked((selection) => void decodeInTab(edges, selection));
};
