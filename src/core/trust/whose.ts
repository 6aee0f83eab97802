import type { RingKey } from './signature.ts';

/**
 * Issuers of one set that are remembered with each of its keys. A developer's browser meets few tenants of one provider;
 * the names take room beside every key.
 */
export const MAX_ISSUERS = 10;

/** All issuers that a key is known to be of, the one first that it is shown under; none where nobody said. */
export const issuersOf = ({ issuer, alsoOf = [] }: RingKey): readonly string[] =>
  issuer === '' ? [] : [issuer, ...alsoOf];

/** Whether it is known whose a key is, and that it is this issuer's, be it with others. '' is nobody. */
export const isOf = (key: RingKey, issuer: string): boolean =>
  issuer !== '' && (key.issuer === issuer || key.alsoOf?.includes(issuer) === true);

/** The key as that of these issuers, of which the first MAX_ISSUERS count; the same object where it was theirs before. */
export const ofIssuers = (key: RingKey, names: readonly string[]): RingKey => {
  const [issuer = '', ...others] = [...new Set(names)].filter((name) => name !== '').slice(0, MAX_ISSUERS);
  const { alsoOf = [], ...rest } = key;
  const isSame = issuer === key.issuer && JSON.stringify(others) === JSON.stringify(alsoOf);
  return isSame ? key : { ...rest, issuer, ...(others.length > 0 && { alsoOf: others }) };
};
