/**
 * The filter: words that all must hold. `is:expired`, `alg:rs`, `iss:acme`, `sub:alice`, `host:api.acme.io`,
 * `in:cookie`, `-word` for its opposite, `"two words"`, and anything else as text in header, payload or place.
 */

import type { PlaceKind } from '../../core/capture/records.ts';
import type { TimeState } from '../../core/judge/verdict.ts';
import type { SignatureState } from '../../core/trust/signature.ts';
import type { Entry } from './log.ts';
import { isSealed, sdOf } from './opened.ts';

/** What a filter is asked about an entry, beyond the entry itself. */
export interface Facts {
  readonly time: (entry: Entry) => TimeState;
  readonly signature: (entry: Entry) => SignatureState;
}

export interface Term {
  readonly field: string;
  readonly value: string;
  readonly negated: boolean;
}

const FIELDS = ['is', 'alg', 'iss', 'sub', 'aud', 'kid', 'host', 'in'];

const WORD = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S*))/gi;

/**
 * The terms of a filter text. Every text is a filter: what is no known field is looked for as it stands. A term without
 * its value (`is:`, `-`) demands nothing: the person is still typing.
 */
export const parseFilter = (text: string, fields: readonly string[] = FIELDS): readonly Term[] =>
  Array.from(text.matchAll(WORD), ([word, minus = '', name = '', quoted, bare]) => {
    const field = name.toLowerCase();
    const known = fields.includes(field);
    const value = known || name === '' ? (quoted ?? bare ?? '') : word.slice(minus.length);
    return { field: known ? field : '', value: value.toLowerCase(), negated: minus === '-' };
  }).filter((term) => term.value !== '');

/** The lower-case text that free words look in: header and payload of each layer, what was disclosed, where it stood. */
export const searchTextOf = ({
  decoded,
  claims,
  opened,
  place,
}: Pick<Entry, 'decoded' | 'claims' | 'opened' | 'place'>): string => {
  const layers = opened?.layers.map((layer) => layer.decoded) ?? (claims === decoded ? [decoded] : [decoded, claims]);
  const texts = layers.flatMap(({ headerText, payloadText }) => [headerText, payloadText]);
  return [...texts, sdOf(opened)?.claimsText, place?.name, place?.path].join('\n').toLowerCase();
};

const textOf = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toLowerCase();

/** A kind of place in one word; the one store whose name does not say so is a storage too. */
const wordOf = (kind: PlaceKind): string => (kind === 'indexed_db' ? 'indexeddb storage' : kind.replaceAll('_', ''));

/**
 * Every word that `in:` knows stands for some kinds of place, however it is joined: `in:url` for all three parts of one,
 * `in:body` for both bodies, `in:storage` for what the page keeps, `in:jar` for cookies not seen on their way.
 */
const inPlace = (entry: Entry, value: string) => {
  const word = value.replace(/[-_]/g, '') || value;
  for (const { place } of entry.sightings.values()) {
    if (wordOf(place.kind).includes(word) || place.name.toLowerCase() === value) return true;
  }
  return false;
};

const STATES: Readonly<Record<string, (entry: Entry, facts: Facts) => boolean>> = {
  expired: (entry, facts) => facts.time(entry) === 'expired',
  expiring: (entry, facts) => facts.time(entry) === 'expiring',
  valid: (entry, facts) => ['valid', 'expiring'].includes(facts.time(entry)),
  verified: (entry, facts) => facts.signature(entry) === 'verified',
  mismatch: (entry, facts) => facts.signature(entry) === 'mismatch',
  refused: (entry) => entry.refused > 0,
  encrypted: (entry) => entry.decoded.form === 'jwe',
  decrypted: (entry) => entry.decoded.form === 'jwe' && !isSealed(entry),
  sealed: isSealed,
  unsecured: (entry) => entry.decoded.form === 'unsecured',
  malformed: (entry) => entry.decoded.form === 'malformed' || entry.decoded.problems.length > 0,
  access: (entry) => entry.kind === 'access_token',
  id: (entry) => entry.kind === 'id_token',
  refresh: (entry) => entry.kind === 'refresh_token',
  dpop: (entry) => entry.kind === 'dpop_proof',
  session: (entry) => entry.kind === 'session',
  credential: (entry) => entry.kind === 'credential',
};

/** The words after `is:`, for the filter's suggestions. */
export const STATE_WORDS = Object.keys(STATES);

const holds = (term: Term, entry: Entry, facts: Facts): boolean => {
  switch (term.field) {
    case '':
      return entry.searchText.includes(term.value) || entry.searchUrl.includes(term.value);
    case 'is':
      // While a word is being typed (`is:exp`) it stands for what it begins.
      return STATE_WORDS.some((word) => word.startsWith(term.value) && STATES[word]?.(entry, facts));
    case 'alg':
    case 'kid':
      return (
        textOf(entry.decoded.header?.[term.field]).includes(term.value) ||
        (entry.claims !== entry.decoded && textOf(entry.claims.header?.[term.field]).includes(term.value))
      );
    case 'iss':
    case 'sub':
    case 'aud':
      return textOf(entry.claims.payload?.[term.field]).includes(term.value);
    case 'host':
      return [...entry.hosts].some((host) => host.includes(term.value));
    default: // `in:`
      return inPlace(entry, term.value);
  }
};

/** Whether an entry passes all terms. Asked of each token at each keystroke: a loop, since a closure each is garbage. */
export const passes = (terms: readonly Term[], entry: Entry, facts: Facts): boolean => {
  for (const term of terms) {
    if (holds(term, entry, facts) === term.negated) return false;
  }
  return true;
};
