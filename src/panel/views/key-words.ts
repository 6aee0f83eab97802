/** Words for keys. Whatever comes out of a key is hostile text, and is made visible here. */
import { visibleText } from '../../core/token/visible.ts';
import type { KeyCandidate, KeyError, KeyReading } from '../../core/trust/key.ts';
import { materialOf } from '../model/ring.ts';
import type { PanelSource } from '../source.ts';

/** Names of a set that are spelled out; a set can hold hundreds. */
const MAX_NAMED = 4;
/** Characters of one name: longer than any `kid` of a hash, shorter than what floods a line. */
const MAX_NAME = 80;
/** Characters of what a parser said, or of a name that was not understood. */
const MAX_DETAIL = 300;

/** Hostile text in one line, cut. */
export const short = (text: string, limit = MAX_NAME): string =>
  visibleText(text.length > limit ? `${text.slice(0, limit)}…` : text);

/** Why a text is no key, as one sentence. */
export const keyErrorText = (source: PanelSource, { error, detail = '' }: KeyError): string =>
  source.text(`key_error_${error}`, short(detail, MAX_DETAIL));

/** A list of names of which the first few are spelled out. */
export const someNames = (names: readonly string[]): string => {
  const shown = names
    .slice(0, MAX_NAMED)
    .map((name) => short(name))
    .join(', ');
  return names.length > MAX_NAMED ? `${shown} … +${names.length - MAX_NAMED}` : shown;
};

/** `RSA 2048`, `secret, 32 bytes`; of several keys each kind once. A text that is a secret has a length for each reading. */
export const keySizeText = (source: PanelSource, candidates: readonly KeyCandidate[]): string => {
  const secrets = candidates.flatMap((candidate) => (candidate.kty === 'oct' ? [candidate.bytes.length] : []));
  const kinds = candidates.flatMap((candidate) => (candidate.kty === 'oct' ? [] : [short(materialOf(candidate))]));
  // Of a text the format says already that it is a secret.
  const isTyped = candidates[0]?.format === 'secret';
  const lengths = [...new Set(secrets)].slice(0, MAX_NAMED);
  return [
    ...[...new Set(kinds)].slice(0, MAX_NAMED),
    ...(lengths.length > 0 ? [source.text(isTyped ? 'ring_bytes' : 'ring_secret', lengths.join(' / '))] : []),
  ].join(', ');
};

/** The `kid`s in it. */
export const kidsOf = (reading: KeyReading): readonly string[] =>
  'error' in reading ? [] : reading.candidates.flatMap(({ kid }) => (kid === undefined ? [] : [kid]));

/** What a key is, in one line: `JWKS · a1, b2`, or what is wrong with it. */
export const keyLabel = (source: PanelSource, reading: KeyReading): string =>
  'error' in reading
    ? keyErrorText(source, reading)
    : [source.text(`key_format_${reading.format}`), someNames(kidsOf(reading))]
        .filter((part) => part !== '')
        .join(' · ');
