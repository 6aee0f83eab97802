/** Where a token stood, in a few words: `Authorization`, `cookie sid · 3 chunks`, `response body · access_token`. */
import type { Place, PlaceKind, StoreLayout } from '../../core/capture/records.ts';
import type { Model } from '../model/model.ts';

/** Names of products and libraries: the same in every language. */
const LAYOUTS: Readonly<Record<StoreLayout, string>> = {
  auth0: 'Auth0',
  msal: 'MSAL',
  cognito: 'Cognito',
  firebase: 'Firebase',
  supabase: 'Supabase',
  oidc_client_ts: 'oidc-client-ts',
  okta: 'Okta',
  keycloak: 'Keycloak',
};

const KEPT: ReadonlySet<PlaceKind> = new Set(['local_storage', 'session_storage', 'indexed_db', 'cookie_jar']);

/** Whether the page keeps it there, and no message carried it. */
export const isKept = ({ kind, origin }: Place): boolean =>
  KEPT.has(kind) || (kind === 'url_fragment' && origin !== undefined);

const capitalised = (header: string) =>
  header === 'dpop' ? 'DPoP' : header.replace(/(^|-)([a-z])/g, (_, dash, letter) => dash + letter.toUpperCase());

const attributeNames = ({ httpOnly, secure, sameSite, domain, partitioned }: NonNullable<Place['attributes']>) =>
  [
    httpOnly && 'HttpOnly',
    secure && 'Secure',
    sameSite && `SameSite=${sameSite}`,
    partitioned && 'Partitioned',
    domain && `Domain=${domain}`,
  ]
    .filter(Boolean)
    .join(' ');

const FORMS: ReadonlySet<Place['format']> = new Set(['form', 'multipart']);

/** The place itself, and the name in it. */
const headOf = ({ text }: Model['source'], { kind, name, format }: Place): string => {
  if (kind === 'request_header' || kind === 'response_header') return text(`place_${kind}`, capitalised(name));
  if (kind === 'request_body' && FORMS.has(format) && name !== '') return text('place_form_field', name);
  if (kind !== 'request_body' && kind !== 'response_body') return text(`place_${kind}`, name);
  const body = text(`place_${kind}`);
  const named = name === '' ? body : `${body} · ${name}`;
  // JSON says so by its path, a form by its field.
  return format === undefined || format === 'json' || FORMS.has(format)
    ? named
    : text('place_body_format', named, text(`place_format_${format}`));
};

/** When a cookie goes by itself: Max-Age counts before Expires (RFC 6265 section 5.3 step 3). */
const endOf = ({ source, dates, now }: Words, { attributes }: Place): string => {
  if (attributes?.maxAge !== undefined) return `Max-Age=${attributes.maxAge}`;
  if (attributes?.expires === undefined) return '';
  return source.text('place_until', dates.local(attributes.expires, now.peek()));
};

type Words = Pick<Model, 'source' | 'dates' | 'now'>;

/**
 * The name of a place, out of what the page and its servers wrote: hostile text, to be shown as VisibleText.
 * @param page the origin of the inspected page; of a store that is another's the origin is told
 */
export const placeName = (words: Words, place: Place, page?: string): string => {
  const { source } = words;
  const { scheme, path, chunks, attributes, from, cut, layout, origin, changed } = place;
  return [
    from === 'location' ? 'Location' : '',
    headOf(source, place),
    scheme && scheme.toLowerCase() !== 'bearer' ? scheme : '',
    path ?? '',
    layout ? LAYOUTS[layout] : '',
    chunks ? source.text('place_chunks', String(chunks)) : '',
    attributes ? attributeNames(attributes) : '',
    endOf(words, place),
    cut ? source.text('place_cut') : '',
    isKept(place) && place.kind !== 'cookie_jar' && origin && origin !== page ? origin : '',
    changed ? source.text('place_changed') : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
};
