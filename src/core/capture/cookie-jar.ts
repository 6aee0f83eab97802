/** The cookies that a browser keeps for a page, whether or not a request carried them yet. */
import { readCookies, tokensInCookies } from './cookies.ts';
import type { CookieAttributes, Found } from './records.ts';
import { layoutOf } from './store-layout.ts';

/** As both browsers' `cookies` API gives it. */
export interface JarCookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite?: string | undefined;
  /** Seconds since the epoch; absent for one that ends with the session. */
  readonly expirationDate?: number | undefined;
  /** Of a partitioned cookie: the site in the address bar that it is kept for. */
  readonly partitionKey?: { readonly topLevelSite?: string | undefined } | null | undefined;
}

const SAME_SITE: Readonly<Record<string, string>> = { no_restriction: 'None', lax: 'Lax', strict: 'Strict' };

const isHostOf = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

const attributesOf = (cookie: JarCookie): CookieAttributes => {
  const { domain, hostOnly, path, expirationDate, secure, httpOnly, sameSite = '', partitionKey } = cookie;
  const written = SAME_SITE[sameSite];
  return {
    ...(!hostOnly && { domain }),
    path,
    ...(expirationDate !== undefined && { expires: Math.round(expirationDate * 1000) }),
    ...(secure && { secure }),
    ...(httpOnly && { httpOnly }),
    ...(written && { sameSite: written }),
    ...(partitionKey?.topLevelSite && { partitioned: true }),
  };
};

const place = (token: ReturnType<typeof tokensInCookies>[number], origin: string): Found => {
  const { compact, ...rest } = token;
  const layout = layoutOf({ name: token.name, value: '' });
  return { compact, place: { kind: 'cookie_jar', ...rest, origin, ...(layout && { layout }) } };
};

/**
 * Every token in the cookies that a document at `url` would have sent to its host, on whatever path, with `top` in the
 * address bar. Chunks are joined within one domain, path and partition. A `url` that is none has no cookies. Never throws.
 */
export const tokensInJar = (cookies: readonly JarCookie[], url: string, top: string): readonly Found[] => {
  const { protocol, host, hostname } = URL.parse(url) ?? { protocol: '', host: '', hostname: '' };
  const topHost = URL.parse(top)?.hostname ?? '';
  const jars = new Map<string, JarCookie[]>();
  for (const cookie of cookies) {
    const { domain, hostOnly, path, partitionKey } = cookie;
    const bare = domain.replace(/^\./, '');
    const site = partitionKey?.topLevelSite;
    if (hostOnly ? hostname !== bare : !isHostOf(hostname, bare)) continue;
    if (site && !isHostOf(topHost, URL.parse(site)?.hostname ?? '')) continue;
    const key = JSON.stringify([domain, path, site]);
    jars.set(key, [...(jars.get(key) ?? []), cookie]);
  }
  return [...jars.values()].flatMap((jar) => {
    const pairs = jar.map((cookie) => ({ ...cookie, attributes: attributesOf(cookie) }));
    return tokensInCookies(pairs).map((token) => place(token, `${protocol}//${host}${jar[0]?.path ?? ''}`));
  });
};

/** The same of `document.cookie`, which tells no attributes and has none that is HttpOnly. */
export const tokensInDocumentCookie = (text: string, url: string): readonly Found[] =>
  tokensInCookies(readCookies(text)).map((token) => place(token, url));
