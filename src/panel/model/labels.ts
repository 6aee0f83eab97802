/** How a token is called in one line: whom it is about, who made it, where it goes. Claims are hostile text: bounded. */
import type { Decoded } from '../../core/token/decoded.ts';
import type { Entry } from './log.ts';

/** Longer names are cut; a row shows some forty characters. */
const MAX_NAME = 80;

const short = (text: string) => (text.length > MAX_NAME ? `${text.slice(0, MAX_NAME)}…` : text);

const nameOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? short(value) : undefined;

const hostOrText = (value: unknown): string | undefined => {
  const text = Array.isArray(value) ? nameOf(value[0]) : nameOf(value);
  return text && URL.canParse(text) ? new URL(text).host || text : text;
};

/**
 * Whom or what the token is about: a person's name before an identifier; of a token that says nothing the cookie, the
 * field or the key under which it was found, or its path in a body.
 */
export const subjectOf = ({ claims: { payload }, place }: Entry): string | undefined =>
  nameOf(payload?.preferred_username) ??
  nameOf(payload?.email) ??
  nameOf(payload?.sub) ??
  nameOf(payload?.client_id) ??
  (place && place.name !== 'authorization' ? nameOf(place.name || place.path) : undefined);

export const issuerOf = ({ claims: { payload } }: Entry): string | undefined => hostOrText(payload?.iss);

/** The server that it was last sent to, or came from, else the audience that it names. */
export const destinationOf = ({ claims: { payload }, last, lastSent = last }: Entry): string | undefined =>
  lastSent ? hostOrText(lastSent.url) : hostOrText(payload?.aud);

/** `RS256`, or `dir + A256CBC-HS512` for a JWE, and what it holds behind a `›`. */
export const algorithmOf = ({ decoded, claims }: Pick<Entry, 'decoded' | 'claims'>): string | undefined => {
  const outer = ownAlgorithm(decoded);
  const inner = claims === decoded || claims.form === 'jwe' ? undefined : ownAlgorithm(claims);
  return outer && inner ? `${outer} › ${inner}` : outer;
};

const ownAlgorithm = ({ header, form }: Decoded): string | undefined => {
  const alg = nameOf(header?.alg);
  const enc = nameOf(header?.enc);
  return form === 'jwe' && enc ? `${alg ?? '?'} + ${enc}` : alg;
};
