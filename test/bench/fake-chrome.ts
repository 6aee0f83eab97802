/** Runs in a page before anything else: a `chrome` whose memory holds a log, so that panel.html runs as it ships. */

declare global {
  interface Window {
    /** performance.now when the log was made and when the first rows were painted; the longest task since then, in ms. */
    readonly bench: {
      start: number;
      painted?: number;
      longest: number;
      arrive(): void;
      /** Tells the panel of these changes of its memory. */
      change(changes: object): void;
    };
  }
}

/** What comes once the panel is open, all in one change of storage. */
export interface Arrival {
  readonly tokens: readonly string[];
  /** A key that was given before: its text. */
  readonly key: string;
}

/** `tokens` tokens, each seen in `requests` requests; of so many people, in turn. */
export const fakeChrome = (tokens: number, requests: number, arrival?: Arrival, people = tokens): void => {
  const tab = 1;
  const v = 1;
  const base64url = (value: unknown) =>
    btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const header = base64url({ alg: 'HS256', typ: 'JWT' });
  const signature = 'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c';
  const at = Date.now();
  const stored: Record<string, unknown> = {};
  const came: Record<string, { newValue: unknown }> = {};
  const put = (number: number, compact: string, store: (key: string, record: object) => void) => {
    const token = `t${number}`;
    store(`token/${tab}/${token}`, { v, type: 'token', id: token, tab, compact, firstSeen: at + number });
    for (let request = 0; request < requests; request += 1) {
      const exchange = `e${number}.${request}`;
      const place = { kind: 'request_header', name: 'authorization', scheme: 'Bearer' };
      const id = `${exchange}.s`;
      store(`sighting/${tab}/${id}`, { v, type: 'sighting', id, tab, token, exchange, place, at: at + number });
      // One exchange a token: a sighting whose exchange was dropped is shown all the same.
      if (request > 0) continue;
      store(`exchange/${tab}/${exchange}`, {
        ...{ v, type: 'exchange', id: exchange, tab, frame: 0, method: 'GET', resource: 'xmlhttprequest' },
        ...{ url: `https://api.example.com/orders/${number}`, start: at + number, end: at + number + 9, status: 200 },
        ...{ witness: 'both', date: 'Sat, 21 Nov 2026 10:00:00 GMT', initiator: 'https://shop.example.com' },
      });
    }
  };
  for (let number = 0; number < tokens; number += 1) {
    const payload = {
      ...{
        iss: 'https://login.example.com/realms/shop',
        sub: `user-${number % people}`,
        aud: ['orders-api', 'account'],
      },
      ...{ iat: 1_700_000_000 + number, exp: 4_000_000_000, scope: 'openid profile email orders:read orders:write' },
      ...{ realm_access: { roles: ['offline_access', 'customer'] }, email: `user-${number}@example.com` },
    };
    put(number, `${header}.${base64url(payload)}.${signature}`, (key, record) => {
      stored[key] = record;
    });
  }
  for (const [number, compact] of arrival?.tokens.entries() ?? []) {
    put(tokens + number, compact, (key, record) => {
      came[key] = { newValue: record };
    });
  }
  if (arrival) {
    const { key: text } = arrival;
    stored['key/normal/known'] = { id: 'known', text, provenance: 'given', issuer: '', addedAt: at };
  }
  // By the alphabet, as Chromium's storage gives them.
  const sorted = Object.fromEntries(Object.entries(stored).sort(([a], [b]) => (a < b ? -1 : 1)));
  const event = { addListener: () => {}, removeListener: () => {} };
  const listeners = new Set<(changes: object) => void>();
  const onChanged = {
    addListener: (listener: (changes: object) => void) => listeners.add(listener),
    removeListener: (listener: (changes: object) => void) => listeners.delete(listener),
  };
  const area = { get: async () => ({}), set: async () => {}, remove: async () => {}, onChanged: event };
  const chrome = {
    runtime: {
      id: 'bench',
      getURL: (path: string) => `chrome-extension://bench/${path}`,
      getManifest: () => ({ version: '0' }),
      sendMessage: async () => true,
    },
    i18n: { getMessage: (key: string) => key, getUILanguage: () => 'en' },
    extension: { inIncognitoContext: false },
    storage: { local: area, session: { ...area, onChanged, get: async () => sorted } },
    devtools: {
      inspectedWindow: { tabId: tab, eval: async () => ['https://shop.example.com'] },
      network: { onNavigated: event, onRequestFinished: event },
      panels: { themeName: 'default', setThemeChangeHandler: () => {} },
    },
  };
  Object.defineProperty(window, 'chrome', { value: chrome });
  Object.defineProperty(window, 'browser', { value: chrome });

  const change = (changes: object) => {
    for (const listener of listeners) listener(changes);
  };
  const arrive = () => {
    bench.start = performance.now();
    bench.longest = 0;
    change(came);
  };
  const bench: Window['bench'] = { start: performance.now(), longest: 0, arrive, change };
  Object.defineProperty(window, 'bench', { value: bench });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      if (startTime >= bench.start) bench.longest = Math.max(bench.longest, duration);
  }).observe({ type: 'longtask' });
  const observer = new MutationObserver(() => {
    if (!document.querySelector('[role=option]')) return;
    observer.disconnect();
    // The task after a frame's callbacks comes once the frame is drawn.
    requestAnimationFrame(() => setTimeout(() => Object.assign(bench, { painted: performance.now() })));
  });
  observer.observe(document, { subtree: true, childList: true });
};
