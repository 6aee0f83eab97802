/** The four answers, kept apart and shown apart (product.md, principles). Shapes only. */

export type TimeState = 'valid' | 'expiring' | 'expired' | 'not_yet_valid' | 'never_expires' | 'unreadable';

/** How a time claim is wrong. `milliseconds`: 1000 times too large. A fraction is none: a NumericDate may have one. */
export type TimeProblemCode = 'string' | 'not_a_number' | 'milliseconds' | 'negative' | 'absurd';

export interface TimeProblem {
  readonly claim: 'exp' | 'nbf' | 'iat' | 'auth_time';
  readonly code: TimeProblemCode;
}

export interface TimeAnswer {
  readonly state: TimeState;
  /** ms since the epoch, where the claim could be read as a NumericDate (RFC 7519 section 2). */
  readonly issuedAt?: number;
  readonly notBefore?: number;
  readonly expiresAt?: number;
  /** Share of the life that is spent, 0 to 1; absent without a start or an end. */
  readonly spent?: number;
  /** ms until the state changes next (expiring, expired, valid), for the countdown. */
  readonly remaining?: number;
  /**
   * ms of life left, by the corrected clock. While it lives: until it is refused, leeway included.
   * Once expired: minus the ms since `exp` itself, for "expired 2 min ago". Absent where `exp` cannot be read.
   */
  readonly left?: number;
  readonly problems: readonly TimeProblem[];
}

/**
 * A server's clock minus the device's, from `Date` headers, in ms. The true offset lies in [low, high], and `offset` is
 * the one of these to judge by.
 */
export interface ClockOffset {
  readonly offset: number;
  readonly low: number;
  readonly high: number;
  readonly samples: number;
}
