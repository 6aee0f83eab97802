import type { Subscribe } from '../background/edges.ts';
import { browser } from './api.ts';
import { subscribe } from './subscribe.ts';

/** Whether requests of this origin are ours to see. What is no web origin (`about:blank`) asks for all; patterns take no port. */
export const hasAccess = (origin: string): Promise<boolean> => {
  const { protocol, hostname } = URL.parse(origin) ?? {};
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return browser.permissions.contains({ origins: [isWeb ? `${protocol}//${hostname}/*` : '<all_urls>'] });
};

export const onAccessChanged: Subscribe<void> = (listener) => {
  const undo = [browser.permissions.onAdded, browser.permissions.onRemoved].map((event) =>
    subscribe(event, () => listener()),
  );
  return () => {
    for (const each of undo) each();
  };
};
