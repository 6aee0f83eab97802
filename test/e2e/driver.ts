/**
 * What a scenario can do, whichever browser it runs in. `chromium.ts` and `firefox.ts` implement it on the real browser,
 * with the real DevTools panel; scenarios know nothing else.
 */
import type { Truthy } from './poll.ts';

export type BrowserName = 'chromium' | 'firefox';
export type Theme = 'light' | 'dark';

export interface LaunchOptions {
  /** The unpacked extension; `dist/<browser>` unless told. */
  readonly extensionDir?: string;
  readonly headless?: boolean;
  /** Of the browser, its DevTools and its pages; light unless told. */
  readonly theme?: Theme;
  /** Lets the extension into private windows, as the person can in the browser's settings. */
  readonly privateWindows?: boolean;
  /** Whose texts the extension shows; `en` unless told. The browser itself stays English. */
  readonly language?: string;
}

/** A CSS selector, or the first visible element of it whose text, aria-label or title is, else contains, `text`. */
export type Target = string | { readonly selector: string; readonly text: string };

export interface ClickOptions {
  readonly button?: 'left' | 'right';
}

export interface WaitOptions {
  /** Said in the error; the condition's source unless told. */
  readonly what?: string;
  /** ms */
  readonly timeout?: number;
}

/**
 * Runs a function in another world. It travels as source text, so it can use its arguments and that world's globals but
 * nothing around it in the test; arguments and answer travel as JSON; a promise is awaited; a throw rejects.
 */
export type Evaluate = <A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: A) => Promise<Awaited<R>>;

/** One document: a tab, the panel, or a page of the extension. Input is the browser's own, as if by a person. */
export interface Surface {
  evaluate: Evaluate;
  /** Runs a JavaScript expression; for whole libraries, such as axe. The answer travels as JSON. */
  run(expression: string): Promise<unknown>;
  /** Resolves with the first truthy answer. Survives navigations of the document in between. */
  waitFor<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: A): Promise<Truthy<Awaited<R>>>;
  /** The same, with a name for the error or more time. */
  waitUntil<A extends readonly unknown[], R>(
    options: WaitOptions,
    fn: (...args: A) => R,
    ...args: A
  ): Promise<Truthy<Awaited<R>>>;
  /** Waits until it is there, visible and not disabled, scrolls to it, clicks in its middle. */
  click(target: Target, options?: ClickOptions): Promise<void>;
  /** Focuses it and types key by key, at the end of what is there. */
  type(target: Target, text: string): Promise<void>;
  /** Types key by key where the focus is: into an editor that no selector reaches, or after `press`. */
  typeOn(text: string): Promise<void>;
  /** Focuses it and pastes at once: a `paste` event first, the browser's insertion if nobody prevents that. */
  paste(target: Target, text: string): Promise<void>;
  /** One key, by its `KeyboardEvent.key`, with modifiers before it: `ArrowDown`, `/`, `Control+c`, `Shift+Tab`. */
  press(key: string): Promise<void>;
  /** Gives files of the disk to the one file input that the selector names, which may be hidden behind a button. */
  giveFiles(selector: string, ...paths: readonly string[]): Promise<void>;
  /** Drops files of the disk on its middle. */
  dropFiles(target: Target, ...paths: readonly string[]): Promise<void>;
  /** Selects the text inside, so that `decodeSelection` finds it. */
  selectText(target: Target): Promise<void>;
  /** PNG of the visible part of this document alone. */
  screenshot(path: string): Promise<void>;
}

export interface Page extends Surface {
  goto(url: string): Promise<void>;
  url(): Promise<string>;
  /** Brings the tab to the front. */
  activate(): Promise<void>;
  close(): Promise<void>;
}

export interface HarOptions {
  /** As Chromium saves it unless asked for sensitive data: without cookies and credential headers. Firefox has no such. */
  readonly sanitized?: boolean;
}

/** A request as DevTools' own network panel lists it. */
export interface HarRequest {
  readonly method: string;
  readonly url: string;
  readonly status: number;
}

/** DevTools of one tab, in a window of their own. */
export interface DevTools {
  /** Selects the tab JWT; the same document however often it is asked. */
  showPanel(): Promise<Surface>;
  /** Selects the console, so that the panel is hidden. */
  hidePanel(): Promise<void>;
  /** CSS px of the panel's document. */
  resizePanel(width: number, height: number): Promise<void>;
  /** A high contrast theme of the system (CSS `forced-colors`) in the panel. */
  forceColors(on: boolean): Promise<void>;
  /** The text of the file that DevTools' own network panel saves as HAR, with its requests since DevTools opened. */
  har(options?: HarOptions): Promise<string>;
  /** Gives a HAR to DevTools' own network panel, as a person can; resolves with the requests that it then has of it. */
  openHar(text: string): Promise<readonly HarRequest[]>;
  /**
   * Octets that the panel holds once its garbage is collected: of its own heap in Chromium, of the memory of the
   * process that it shares with the background in Firefox, where some tens of MB more or less mean nothing.
   */
  heldMemory(): Promise<number>;
  /** PNG of DevTools with its tabs and the panel. */
  screenshot(path: string): Promise<void>;
  close(): Promise<void>;
}

export interface Background {
  /** Wakes the worker or event page if it sleeps. */
  evaluate: Evaluate;
  /** Ends it at once, as the browser does when it is idle. */
  kill(): Promise<void>;
  isAlive(): Promise<boolean>;
}

export interface Download {
  readonly name: string;
  /** As UTF-8. */
  readonly text: string;
  readonly bytes: Buffer;
}

/** What stays once the browser has ended. */
export interface Remains {
  /** URLs of all http(s) and ws(s) requests which the extension itself made. */
  readonly extensionRequests: readonly string[];
  readonly profileDir: string;
}

export interface Driver {
  readonly browser: BrowserName;
  /** The tab that was there from the start. */
  readonly page: Page;
  readonly background: Background;
  /** Where a file of the extension lies, to open it in a tab: `workbench.html`. */
  extensionUrl(path: string): string;
  newTab(url?: string): Promise<Page>;
  /** The one tab of a new private window. */
  newPrivateWindow(url: string): Promise<Page>;
  /** Opens DevTools on the tab, on a panel other than JWT. */
  openDevTools(page?: Page): Promise<DevTools>;
  /** Records the tab's requests by CDP; gives what tells of them as a HAR's text. Chromium alone has it. */
  readonly recordHar?: (page?: Page) => Promise<() => Promise<string>>;
  /** Switches the theme of the running browser, its DevTools included. */
  setTheme(theme: Theme): Promise<void>;
  /** "Decode selected JWT" on the tab's selection; resolves with the extension's page that it opened. */
  decodeSelection(page?: Page): Promise<Page>;
  /** The toolbar button on the tab; resolves with the extension's page that it opened. */
  openToolbarPage(page?: Page): Promise<Page>;
  /** Takes the extension's access to sites away, as the person can in the browser's settings; and gives it back. */
  withholdAccess(): Promise<void>;
  grantAccess(): Promise<void>;
  /** The next finished download that was not yet asked for. */
  nextDownload(): Promise<Download>;
  /** The text that the next paste would give. */
  clipboardText(): Promise<string>;
  /** Ends the browser in order, so that its profile is written. The folder stays until `discard`. */
  close(): Promise<Remains>;
  /** Ends the browser and deletes all that it left. */
  discard(): Promise<void>;
}
