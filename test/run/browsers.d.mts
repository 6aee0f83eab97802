export type BrowserName = 'chromium' | 'firefox';

export declare function findBrowsers<Name extends BrowserName = BrowserName>(
  wanted?: readonly Name[],
): Promise<Record<Name, string>>;
