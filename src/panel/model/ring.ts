/** The key ring as a person looks at it: in order, by issuer, each key in a few words. */
import type { KeyCandidate, KeyReading } from '../../core/trust/key.ts';
import type { Provenance, RingKey } from '../../core/trust/signature.ts';
import { isOf } from '../../core/trust/whose.ts';

const RANKS: readonly Provenance[] = ['given', 'discovery', 'traffic', 'token'];

/** The rank that counts: what a person pinned is as good as what they gave. */
export const rankOf = ({ provenance, pinned }: RingKey): Provenance => (pinned ? 'given' : provenance);

/**
 * The provenance that is told. An address of keys that a person typed, and no document of an issuer named, is as good as
 * the set would be if they had pasted it.
 */
export const toldAs = ({ provenance, issuer }: RingKey): Provenance =>
  provenance === 'discovery' && issuer === '' ? 'given' : provenance;

/** The host of the set that a key stood in, port included; '' where it has no address. */
export const sourceHost = ({ source }: RingKey): string => (source && URL.parse(source)?.host) || '';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By where they came from: a key that is pinned does not move away under the pointer. */
const byProvenance = (a: RingKey, b: RingKey): number =>
  RANKS.indexOf(a.provenance) - RANKS.indexOf(b.provenance) || b.addedAt - a.addedAt || compare(a.id, b.id);

/** With its host, which is read out of a URL: once for each key, and not for each comparison. */
interface Placed {
  readonly key: RingKey;
  readonly host: string;
}

/** Named issuers first, then hosts of sets that are nobody's, then what was given for no issuer. */
const byGroup = (a: Placed, b: Placed): number => {
  const [one, other] = [a.key.issuer, b.key.issuer];
  return one === '' && other === ''
    ? Number(a.host === '') - Number(b.host === '') || compare(a.host, b.host)
    : Number(one === '') - Number(other === '') || compare(one, other);
};

/** By issuer (else by the host they came from), in each the best provenance first, and of equals the newest. */
export const inOrder = (keys: readonly RingKey[]): readonly RingKey[] =>
  keys
    .map((key) => ({ key, host: sourceHost(key) }))
    .sort((a, b) => byGroup(a, b) || byProvenance(a.key, b.key))
    .map(({ key }) => key);

export interface RingGroup {
  readonly id: string;
  /** The issuer, else the host, else ''. */
  readonly name: string;
  readonly keys: readonly RingKey[];
}

/** Neighbours of one issuer, or of one host, as groups. Takes keys as `inOrder` gives them. */
export const groupKeys = (ordered: readonly RingKey[]): readonly RingGroup[] => {
  const groups: { readonly id: string; readonly name: string; readonly keys: RingKey[] }[] = [];
  for (const key of ordered) {
    const name = key.issuer || sourceHost(key);
    // An issuer may be called like a host, and is another group all the same.
    const id = `${key.issuer === ''} ${name}`;
    const last = groups.at(-1);
    if (last?.id === id) last.keys.push(key);
    else groups.push({ id, name, keys: [key] });
  }
  return groups;
};

/** The keys that have most to do with tokens of `issuer`: its own, then those given by hand, then the others. */
export const nearestKeys = (keys: readonly RingKey[], issuer: string, limit: number): readonly RingKey[] => {
  const distance = (key: RingKey): number => (isOf(key, issuer) ? 0 : key.provenance === 'given' ? 1 : 2);
  return keys.toSorted((a, b) => distance(a) - distance(b) || byProvenance(a, b)).slice(0, limit);
};

/**
 * Whether a text holds more than public keys: a secret, a private key, or something that cannot be read and may be
 * either. On disk it would stand in the clear.
 */
export const isSecret = (reading: KeyReading): boolean =>
  'error' in reading ||
  reading.skipped.length > 0 ||
  reading.candidates.some((candidate) => candidate.kty === 'oct' || candidate.fromPrivate === true);

/** Type and size as they are called everywhere: `RSA 2048`, `EC P-256`, `Ed25519`, `ML-DSA-65`; '' for a secret. */
export const materialOf = (candidate: KeyCandidate): string => {
  switch (candidate.kty) {
    case 'oct':
      return '';
    case 'RSA':
      return candidate.bits === undefined ? 'RSA' : `RSA ${candidate.bits}`;
    case 'EC':
      return `EC ${candidate.variant ?? ''}`.trim();
    default:
      return candidate.variant ?? candidate.kty;
  }
};
