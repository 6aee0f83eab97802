/** Requests and what they carried, for the tests of the reasons. */
import type { ExchangeRecord, Place } from '../../../../src/core/capture/records.ts';
import type { AcceptedToken, Diagnosis, SentToken, WhyInput } from '../../../../src/core/judge/diagnosis.ts';
import type { Decision, PolicyCheck } from '../../../../src/core/judge/policy.ts';
import { why } from '../../../../src/core/judge/why.ts';
import { diagnosisText, evidenceText } from '../../../../src/core/judge/why-text.ts';
import { decode } from '../../../../src/core/token/decode.ts';
import { kindOf } from '../../../../src/core/token/kind.ts';
import type { SignatureAnswer } from '../../../../src/core/trust/signature.ts';
import { compact } from '../../../fixtures/tokens.ts';
import { text } from '../words.ts';

/** s since the epoch: when the requests leave. */
export const T = 1_800_000_000;
export const CLAIMS = {
  iss: 'https://login.test',
  aud: 'api',
  sub: 'alice',
  client_id: 'spa',
  iat: T - 60,
  exp: T + 600,
};
export const BEARER: Place = { kind: 'request_header', name: 'authorization', scheme: 'Bearer' };
export const DPOP: Place = { ...BEARER, scheme: 'DPoP' };
export const cookie = (name: string): Place => ({ kind: 'cookie', name });

export const VERIFIED: SignatureAnswer = {
  state: 'verified',
  reason: 'ok',
  key: { id: 'k', format: 'jwk', provenance: 'discovery', kid: 'a1' },
};
export const mismatch = (key?: Partial<SignatureAnswer['key']>): SignatureAnswer => ({
  state: 'mismatch',
  reason: 'bad_signature',
  key: { id: 'k', format: 'jwk', provenance: 'traffic', ...key },
});

/** A token with these claims beside the usual; `undefined` takes one away. */
export const token = (claims: object = {}, change: Partial<SentToken> = {}, header: object = {}): SentToken =>
  raw(compact({ alg: 'RS256', typ: 'JWT', ...header }, { ...CLAIMS, ...claims }, 'c2ln'), change);

export const raw = (text: string, change: Partial<SentToken> = {}): SentToken => {
  const decoded = decode(text);
  const { place = BEARER } = change;
  return { id: text, place, decoded, claims: decoded, kind: kindOf(decoded, place), ...change };
};

export const exchange = (change: Partial<ExchangeRecord> = {}): ExchangeRecord => ({
  ...{ v: 1, type: 'exchange', id: 'x', tab: 1, frame: 0, method: 'GET', url: 'https://api.test/orders?page=1' },
  ...{ resource: 'fetch', start: T * 1000, end: T * 1000 + 50, status: 401, witness: 'background' },
  ...change,
});

/** It was answered 200. */
export const accepted = (one: SentToken, change: Partial<ExchangeRecord> = {}): AcceptedToken => ({
  exchange: exchange({ status: 200, ...change }),
  token: one,
});

/** A policy's decision with one check that fails. */
export const rejecting = (
  name: PolicyCheck['name'],
  code: PolicyCheck['code'],
  ...detail: PolicyCheck['detail']
): Decision => {
  const check: PolicyCheck = { name, state: 'fail', code, detail };
  return { decision: 'reject', first: check, checks: [check] };
};

export interface Asked extends Partial<Omit<WhyInput, 'exchange'>> {
  readonly exchange?: Partial<ExchangeRecord>;
  readonly status?: number;
  readonly challenge?: string;
}

/** One request that was answered 401, unless said otherwise. */
export const ask = ({ exchange: change, status = 401, challenge, ...input }: Asked): Diagnosis | undefined =>
  why({
    exchange: exchange({ status, ...(challenge && { wwwAuthenticate: [challenge] }), ...change }),
    judged: [],
    sent: input.judged ?? [],
    accepted: [],
    ...input,
  });

export const said = (asked: Asked): string | undefined => {
  const diagnosis = ask(asked);
  return diagnosis && diagnosisText(diagnosis, text);
};

export const told = (asked: Asked): readonly string[] =>
  (ask(asked)?.evidence ?? []).map((one) => evidenceText(one, text));
