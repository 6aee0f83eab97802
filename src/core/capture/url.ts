/** Tokens in a URL (RFC 3986): the path, the query and the fragment, also of a relative one. */
import { findTokens } from './find.ts';
import { formFields } from './form.ts';
import { percentDecode } from './percent.ts';
import type { Found, PlaceKind } from './records.ts';
import { tokensInValue } from './value.ts';

/** What a URL carries. */
export interface UrlCredentials {
  readonly found: readonly Found[];
  /** `url_query access_token`: a Bearer credential (RFC 6750 section 2.3, RFC 6749 section 4.2.2) that is no JWT. */
  readonly opaque: readonly string[];
}

const BEARER_PARAMETER = 'access_token';

/** Text before the mark, and text behind it where the mark is there. */
const cut = (text: string, mark: string): readonly [string, string | undefined] => {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
};

const inParameters = (text: string, kind: PlaceKind): UrlCredentials => {
  const found: Found[] = [];
  const opaque: string[] = [];
  for (const { name, value } of formFields(text)) {
    const tokens = tokensInValue(value);
    for (const { compact, path } of tokens) found.push({ compact, place: { kind, name, ...(path && { path }) } });
    if (tokens.length === 0 && name === BEARER_PARAMETER && value !== '') opaque.push(`${kind} ${name}`);
  }
  return { found, opaque };
};

const inPath = (text: string): readonly Found[] => {
  const path = percentDecode(text);
  return findTokens(path).map(({ start, end }) => ({
    compact: path.slice(start, end),
    place: { kind: 'url_path', name: '' },
  }));
};

/**
 * The tokens in a URL: parameters by name (`url_query`, `url_fragment`; '' for one without `=`), and the path. A
 * fragment holds parameters (`#id_token=…`) or a route with or without them (`#/callback?id_token=…`). Never throws.
 */
export const urlCredentials = (url: string): UrlCredentials => {
  const [resource, fragment] = cut(url, '#');
  const [path, query] = cut(resource, '?');
  const inQuery = query === undefined ? undefined : inParameters(query, 'url_query');
  const inFragment = fragment === undefined ? undefined : inParameters(fragment.replace('?', '&'), 'url_fragment');
  return {
    found: [...inPath(path), ...(inQuery?.found ?? []), ...(inFragment?.found ?? [])],
    opaque: [...(inQuery?.opaque ?? []), ...(inFragment?.opaque ?? [])],
  };
};
