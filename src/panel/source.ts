/**
 * All that the panel knows of the world. The extension hands it in (`src/browser/dom/panel-source.ts`),
 * tests hand in a fake, the extension's own page hands in one without capture.
 */
import type { CaptureRecord, Found } from '../core/capture/records.ts';
import type { Settings } from '../core/capture/settings.ts';
import type { Policy, StoredPolicies } from '../core/judge/policy.ts';
import type { Exported, Log as ExportedLog, ExportOptions } from '../core/report/export.ts';
import type { GatewayLogFile, GatewayLogOptions, GatewayRow } from '../core/report/gateway-log.ts';
import type { ImportEnd, ImportPiece } from '../core/report/import/imported.ts';
import type { FetchedText, KeySet } from '../core/trust/key-set.ts';
import type { RingKey } from '../core/trust/signature.ts';

export type Unsubscribe = () => void;

/** A record that came or changed, or a key that went. */
export type Change =
  | { readonly key: string; readonly record: CaptureRecord }
  | { readonly key: string; readonly record: undefined };

export type Theme = 'light' | 'dark' | 'system';

export interface SavedFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** What a person changes of a key; `undefined` leaves it. */
export interface KeyChange {
  readonly name?: string;
  readonly pinned?: boolean;
  readonly remembered?: boolean;
}

/** What the stores of the inspected page held at one moment, in every frame that the browser lets be read. */
export interface StoresReading {
  /** ms since the epoch */
  readonly at: number;
  /** The page's own origin, that of the document in the tab; undefined where it could not be read. */
  readonly page?: string;
  readonly found: readonly Found[];
  /** Values that were left out: there were more than the bound. */
  readonly dropped: number;
  /** What could not be read: `store` is a PlaceKind, `frames` for frames of other origins. */
  readonly unreadable: readonly { readonly origin: string; readonly store: string }[];
}

export interface PanelSource {
  /** False for the extension's own page: nothing is captured there, tokens are pasted. */
  readonly captures: boolean;
  /** The browser, for wording only. */
  readonly browser: 'chromium' | 'firefox';
  /** The extension's version. */
  readonly version: string;
  /** ms since the epoch */
  now(): number;
  /** Text of `_locales` by key, with `$1…$9` filled in. Falls back to the key. */
  text(key: string, ...substitutions: readonly string[]): string;
  /** The person's language tag, for dates and numbers. */
  readonly language: string;
  /** Subscribes first, then reads everything, then reports each change; in batches of this tab's records, none empty. */
  watchRecords(listener: (changes: readonly Change[]) => void): Unsubscribe;
  /** Forgets this tab's records. */
  clear(): Promise<void>;
  watchSettings(listener: (settings: Settings) => void): Unsubscribe;
  saveSettings(change: Partial<Settings>): Promise<void>;
  /**
   * The key ring: what was given, fetched and seen in traffic. It lives for the browser's session, shared by all panels of
   * the same privacy (private or not); what a person asked to remember lives on disk too.
   */
  watchKeys(listener: (keys: readonly RingKey[]) => void): Unsubscribe;
  /** `issuer` is that of the token it is given for. Rejects when the browser's memory for it is full. */
  addKey(text: string, issuer: string, more?: Pick<RingKey, 'name' | 'cookie'>): Promise<void>;
  /** False in a private window, of which nothing may be on disk. */
  readonly canRemember: boolean;
  /**
   * Names, pins or remembers a key, or takes that back. `remembered` writes it to disk; false takes it off the disk, and
   * rejects where memory has no room for it: then it stays there.
   */
  changeKey(id: string, change: KeyChange): Promise<void>;
  removeKey(id: string): Promise<void>;
  /** Keeps the public keys of a fetched set, in rank `discovery`; keys of the same address that are not in it are marked as gone. */
  keepKeySet(set: KeySet): Promise<void>;
  /**
   * The one request that the extension makes by itself: GET without credentials, only ever from a click on a button that
   * names the address. Asks for access to the host first, where that is needed and can be asked for here.
   */
  fetchText(url: string): Promise<FetchedText>;
  /** Tells what the stores of the inspected page hold: now, after each navigation, and when `readStores` asks. */
  watchStores(listener: (reading: StoresReading) => void): Unsubscribe;
  /** Reads them again; settles when the listeners were told. */
  readStores(): Promise<void>;
  /** The policies on disk, now and at each change. */
  watchPolicies(listener: (stored: StoredPolicies) => void): Unsubscribe;
  /** In place of the one that its origin had. */
  savePolicy(policy: Policy): Promise<void>;
  removePolicy(origin: string): Promise<void>;
  /** Whether the extension may see this page's requests from the background. */
  watchAccess(listener: (granted: boolean) => void): Unsubscribe;
  /** Asks the browser for it; must be called from a click. */
  requestAccess(): Promise<void>;
  watchTheme(listener: (theme: Theme) => void): Unsubscribe;
  /** Offers the file to the person through the browser's download. */
  save(file: SavedFile): Promise<void>;
  copy(text: string): Promise<boolean>;
  /** The log as a file's text, made off the panel's thread; rejects when that breaks or is aborted. */
  exportLog(log: ExportedLog, options: ExportOptions, signal: AbortSignal): Promise<Exported>;
  /** The same for the gateway's log: these exchanges, of that log. */
  exportGatewayLog(
    log: ExportedLog,
    rows: readonly GatewayRow[],
    options: GatewayLogOptions,
    signal: AbortSignal,
  ): Promise<GatewayLogFile>;
  /**
   * Reads a file in a worker, in pieces: the panel stays awake, and nobody has the file as a whole. What it tells does not
   * join this source's records. Rejects when the worker breaks or `signal` aborts; what was told until then holds.
   */
  importFile(file: Blob, listener: (piece: ImportPiece) => void, signal: AbortSignal): Promise<ImportEnd>;
  /** Shows the text in the extension's own page, in a tab. */
  decodeInTab(text: string): Promise<void>;
  /** What the context menu handed over, once; undefined in the panel, and when nothing was. */
  handedOver(): Promise<string | undefined>;
  /** True for the page that was opened only to ask for access: Firefox's panel cannot ask by itself. */
  readonly accessPage: boolean;
}
