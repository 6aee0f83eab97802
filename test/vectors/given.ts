import type { RingKey } from '../../src/core/trust/signature.ts';

/** Keys as a person would paste them beside a token of the issuer, which is '' where it names none. */
export const givenKeys = (keys: readonly unknown[], issuer = ''): readonly RingKey[] =>
  keys.map((key, index) => {
    const text = typeof key === 'string' ? key : JSON.stringify(key);
    return { id: `${index} ${text}`, text, provenance: 'given', issuer, addedAt: index };
  });

/** `verified` and `decrypted` say all; any other state needs its reason. */
export const say = ({ state, reason }: { readonly state: string; readonly reason: string }): string =>
  reason === 'ok' ? state : `${state} ${reason}`;
