import type { RingKey } from './signature.ts';
import { isOf } from './whose.ts';

/** What a key has to do with the token: it has its `kid`, or is of its issuer, or neither. Nearest first. */
export const NEARNESS = ['kid', 'issuer', 'neither'] as const;
export type Nearness = (typeof NEARNESS)[number];

/**
 * Whether a key came by itself, and for another issuer. Any key of a type fits every algorithm of it, and a `kid` is only
 * unique within its issuer: such a key may verify, but that it fails says nothing.
 */
export const isForeign = (key: RingKey, issuer: string): boolean =>
  key.provenance !== 'given' && key.issuer !== '' && !isOf(key, issuer);

const httpOrigin = (address: string): string | undefined =>
  /^https?:/i.test(address) ? URL.parse(address)?.origin : undefined;

/**
 * Whether a key passed by in a set that nobody said whose it is, and that does not stand on the issuer's own host: `1` is
 * the `kid` of many.
 */
export const isNobodys = ({ provenance, issuer: own, pinned, source = '' }: RingKey, issuer: string): boolean => {
  if (provenance !== 'traffic' || own !== '' || pinned) return false;
  const origin = httpOrigin(source);
  return origin === undefined || origin !== httpOrigin(issuer);
};

/**
 * How near a key of the ring is to a token of the issuer, '' where it names none.
 * That neither names an issuer brings them together only where a person gave the key.
 */
export const nearness = (key: RingKey, issuer: string, hasKid: boolean): Nearness => {
  if (isForeign(key, issuer)) return 'neither';
  if (hasKid && !isNobodys(key, issuer)) return 'kid';
  const isTheirs = issuer === '' ? key.issuer === '' && key.provenance === 'given' : isOf(key, issuer);
  return isTheirs ? 'issuer' : 'neither';
};
