/** The calls of the page `/faults`: for each reason of a refusal one that has it, and one that nearly has it. */
import type { WhyCode } from '../../../src/core/judge/diagnosis.ts';

/** Whose middleware judges the call; each is an API as people write them with it. */
export type Guard = 'jose' | 'express-oauth2-jwt-bearer' | 'express-jwt' | 'jsonwebtoken';

/** The access token of a call, as far as it is not like all others. Seconds are from now. */
export interface TokenAsked {
  readonly expiresIn?: number;
  readonly validIn?: number;
  readonly audience?: string | readonly string[];
  readonly issuer?: string;
  readonly scope?: string;
  /** null: the claim is left out. */
  readonly tenant?: string | null;
  /** The issuer's key, one that it took out of its set, or a stranger's under the issuer's `kid`. */
  readonly key?: 'current' | 'retired' | 'stranger';
  readonly spoil?: 'cut' | 'changed' | 'unsecured';
  /** The API's own list has its `jti`: nobody can see that from outside. */
  readonly revoked?: true;
  /** Bound to the page's DPoP key. */
  readonly bound?: true;
}

export interface FaultCall {
  readonly id: string;
  readonly guard: Guard;
  readonly method: 'GET' | 'POST';
  /** `/orders` under the guard's own. */
  readonly path: string;
  /** Absent: none is sent. */
  readonly token?: TokenAsked;
  readonly scheme?: 'Bearer' | 'DPoP';
  /** In place of a token: any other credential. */
  readonly credential?: string;
  /** The path that the DPoP proof is made for. */
  readonly provenPath?: string;
  /** What the panel must say; undefined where nothing is wrong. */
  readonly reason: WhyCode | undefined;
}

const call = (
  id: string,
  reason: WhyCode | undefined,
  token?: TokenAsked,
  more: Partial<FaultCall> = {},
): FaultCall => ({
  id,
  guard: 'jose',
  method: 'GET',
  path: '/orders',
  reason,
  ...(token && { token }),
  ...more,
});

const REVOKED = { revoked: true } as const;

/** The first calls of the page, all of them taken: what an API accepts is evidence. */
export const GOOD_CALLS: readonly FaultCall[] = [
  call('good-jose', undefined, {}),
  call('good-bearer', undefined, {}, { guard: 'express-oauth2-jwt-bearer' }),
  call('good-express-jwt', undefined, {}, { guard: 'express-jwt' }),
  call('good-jsonwebtoken', undefined, {}, { guard: 'jsonwebtoken' }),
  call('good-reports', undefined, { scope: 'orders:read reports:read' }, { guard: 'jsonwebtoken', path: '/reports' }),
  call('good-tenant', undefined, {}, { guard: 'jsonwebtoken', path: '/tenant' }),
];

export const FAULT_CALLS: readonly FaultCall[] = [
  call('no-token', 'no_token', undefined),
  call('no-token-nearly', 'opaque', undefined, { credential: 'kJ2n0sPq-not-a-token' }),
  call('malformed', 'malformed', { spoil: 'cut' }, { guard: 'jsonwebtoken' }),
  call('malformed-nearly', 'nothing_visible', REVOKED, { guard: 'jsonwebtoken' }),
  call('unsecured', 'unsecured', { spoil: 'unsecured' }, { guard: 'express-jwt' }),
  call('expired', 'expired', { expiresIn: -30 }, { guard: 'express-oauth2-jwt-bearer' }),
  call('expired-nearly', 'nothing_visible', { expiresIn: 60, ...REVOKED }, { guard: 'express-oauth2-jwt-bearer' }),
  call('early', 'not_yet_valid', { validIn: 120 }),
  call('early-nearly', 'nothing_visible', { validIn: -10, ...REVOKED }),
  call('audience', 'wrong_audience', { audience: 'https://reports.example' }, { guard: 'express-jwt' }),
  call('audience-nearly', undefined, { audience: ['https://reports.example', 'api'] }, { guard: 'express-jwt' }),
  call('issuer', 'wrong_issuer', { issuer: 'https://login.example' }, { guard: 'express-oauth2-jwt-bearer' }),
  call('signature', 'signature_mismatch', { spoil: 'changed' }, { guard: 'jsonwebtoken' }),
  call('signature-nearly', 'unknown_key', { key: 'retired' }, { guard: 'jsonwebtoken' }),
  call('strange-key', 'signature_mismatch', { key: 'stranger' }),
  call('rotated', 'unknown_key', { key: 'retired' }, { guard: 'express-oauth2-jwt-bearer' }),
  call('scope', 'missing_scope', {}, { guard: 'express-oauth2-jwt-bearer', method: 'POST' }),
  call(
    'scope-nearly',
    undefined,
    { scope: 'orders:read orders:write' },
    { guard: 'express-oauth2-jwt-bearer', method: 'POST' },
  ),
  call('scope-unsaid', 'missing_scope', {}, { guard: 'jsonwebtoken', path: '/reports' }),
  call(
    'scope-unsaid-nearly',
    'nothing_visible',
    { scope: 'orders:read reports:read', ...REVOKED },
    { guard: 'jsonwebtoken', path: '/reports' },
  ),
  call('proof', 'dpop_mismatch', { bound: true }, { scheme: 'DPoP', provenPath: '/customers' }),
  call('proof-nearly', 'nothing_visible', { bound: true, ...REVOKED }, { scheme: 'DPoP' }),
  call('bound-as-bearer', 'dpop_mismatch', { bound: true }),
  call('claim', 'missing_claim', { tenant: null }, { guard: 'jsonwebtoken', path: '/tenant' }),
  call('claim-nearly', 'nothing_visible', { tenant: 'another' }, { guard: 'jsonwebtoken', path: '/tenant' }),
  call('revoked', 'nothing_visible', REVOKED, { guard: 'express-oauth2-jwt-bearer' }),
  // With the site's option of a clock that is ahead it is refused.
  call('short-lived', undefined, { expiresIn: 60 }),
  call('too-late', 'expired', { expiresIn: -600 }, { path: '/archive' }),
  call('too-late-nearly', undefined, {}, { path: '/archive' }),
];
