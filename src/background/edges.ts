import type { FailureEvent, RequestHeadersEvent, ResponseHeadersEvent } from '../core/capture/events.ts';
import type { Message } from '../core/capture/messages.ts';

export type Unsubscribe = () => void;
export type Subscribe<T> = (listener: (event: T) => void) => Unsubscribe;

/** Keys with what they hold now; undefined for what was removed. */
export type StorageChanges = Readonly<Record<string, unknown>>;

export interface Session {
  readAll(): Promise<Readonly<Record<string, unknown>>>;
  /** All or nothing; rejects over quota. */
  write(items: Readonly<Record<string, unknown>>): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  readonly onChanged: Subscribe<StorageChanges>;
}

/** All that the background knows of the world; `src/browser` makes it of the browser, tests of memory. */
export interface Edges {
  /** ms since the epoch */
  now(): number;
  /** Runs the task in so many ms. */
  after(ms: number, task: () => void): void;
  uuid(): string;
  readonly onRequest: Subscribe<RequestHeadersEvent>;
  readonly onResponse: Subscribe<ResponseHeadersEvent>;
  readonly onFailure: Subscribe<FailureEvent>;
  readonly onTabClosed: Subscribe<number>;
  /** The `openKey` of a DevTools that is gone. */
  readonly onDevToolsClosed: Subscribe<string>;
  /** Each tab that is open; in Firefox one that was just told closed may still be among them. */
  openTabs(): Promise<readonly { readonly id?: number | undefined; readonly isPrivate: boolean }[]>;
  readonly session: Session;
  readonly settings: { read(): Promise<unknown>; readonly onChanged: Subscribe<unknown> };
  /** Messages that passed the border; the answer goes back when it settles. */
  onMessage(answer: (message: Message) => Promise<unknown>): Unsubscribe;
  /** As the browser gives them, out of the jar that the tab has. */
  cookiesFor(tab: number, url: string): Promise<unknown>;
  hasAccess(origin: string): Promise<boolean>;
  readonly onAccessChanged: Subscribe<void>;
  readonly onInstalled: Subscribe<void>;
  /** Makes the context menu, whether or not it is there. */
  makeMenu(): Promise<void>;
  readonly onMenuClicked: Subscribe<string>;
  readonly onToolbarClicked: Subscribe<void>;
  /** Opens the extension's own page in a new tab. */
  openPage(hash: string): Promise<void>;
}
