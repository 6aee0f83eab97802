import type { Edges } from '../background/edges.ts';
import { cookiesFor } from './cookies.ts';
import { makeMenu, onInstalled, onMenuClicked, onToolbarClicked } from './menus.ts';
import { onMessage } from './messages.ts';
import { hasAccess, onAccessChanged } from './permissions.ts';
import { onGone } from './presence.ts';
import { onFailure, onRequest, onResponse } from './requests.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { onTabClosed, openPage, openTabs } from './tabs.ts';

/** The background's world, made of the browser. */
export const edges: Edges = {
  now: Date.now,
  after: (ms, task) => void setTimeout(task, ms),
  uuid: () => crypto.randomUUID(),
  onRequest,
  onResponse,
  onFailure,
  onDevToolsClosed: onGone,
  onTabClosed,
  openTabs,
  session,
  settings,
  onMessage,
  cookiesFor,
  hasAccess,
  onAccessChanged,
  onInstalled,
  makeMenu,
  onMenuClicked,
  onToolbarClicked,
  openPage,
};
