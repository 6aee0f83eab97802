/** What joins a token to the one before it, strongest evidence first. */
import type { ExchangeRecord } from '../capture/records.ts';
import type { Joint, Link } from './lineage.ts';
import { linkOf, type Member } from './lineage-member.ts';
import type { LoginResponse, Logins } from './oidc-logins.ts';

/** From the answer of a login to its tokens, in ms; a code lives ten minutes at most (RFC 6749 section 4.1.2), and is redeemed at once. */
export const LOGIN_TAKES = 60_000;

/** RFC 6749 section 6, and token exchange (RFC 8693), by which the one before is exchanged. */
const REFRESHING: ReadonlySet<string> = new Set(['refresh_token', 'urn:ietf:params:oauth:grant-type:token-exchange']);
const LOGIN: ReadonlySet<string> = new Set([
  'authorization_code',
  'password',
  'urn:ietf:params:oauth:grant-type:device_code',
]);

/** What was seen around the tokens. */
export interface Surroundings {
  /** In the order of their time. */
  readonly answers: readonly LoginResponse[];
  /** `state` of a login → the client that asked. */
  readonly clients: ReadonlyMap<string, string>;
  /** ExchangeRecord.id of those whose request carried a refresh token that is a JWT. */
  readonly refreshing: ReadonlySet<string>;
}

export const surroundingsOf = ({ requests, responses }: Logins, members: Iterable<Member>): Surroundings => {
  const refreshing = new Set<string>();
  for (const { kind, uses } of members) {
    if (kind === 'refresh_token') for (const { exchange } of uses) refreshing.add(exchange);
  }
  return {
    answers: responses.toSorted((a, b) => a.exchange.start - b.exchange.start),
    clients: new Map(requests.flatMap(({ state, clientId }) => (state ? [[state, clientId] as const] : []))),
    refreshing,
  };
};

const arrivalOf = ({ start, end }: ExchangeRecord): number => end ?? start;

const jointBy = (code: Joint['code'], exchange: ExchangeRecord): Joint => ({
  code,
  at: arrivalOf(exchange),
  exchange: exchange.id,
});

/** The last login of this client that was answered in (after, before], and not too long ago. */
const loginBefore = (
  { client }: Member,
  after: number,
  before: number,
  { answers, clients }: Surroundings,
): LoginResponse | undefined => {
  const from = Math.max(after, before - LOGIN_TAKES);
  let index = answers.length;
  for (let low = 0; low < index; ) {
    const middle = (low + index) >> 1;
    if ((answers[middle]?.exchange.start ?? 0) > before) index = middle;
    else low = middle + 1;
  }
  for (index -= 1; index >= 0; index -= 1) {
    const answer = answers[index];
    if (!answer || answer.exchange.start <= from) return undefined;
    const asked = answer.state === undefined ? undefined : clients.get(answer.state);
    if (asked === undefined || client === undefined || asked === client) return answer;
  }
  return undefined;
};

const byBody = (one: Member, before: Member | undefined, body: ExchangeRecord, around: Surroundings): Joint => {
  const grant = body.grant ?? '';
  if (REFRESHING.has(grant) || around.refreshing.has(body.id)) return jointBy('refresh', body);
  if (LOGIN.has(grant)) return jointBy('login', body);
  if (body.grant !== undefined) return jointBy('response', body);
  if (before?.uses.some(({ exchange }) => exchange === body.id)) return jointBy('refresh', body);
  const login = loginBefore(one, before?.seen ?? Number.NEGATIVE_INFINITY, body.start, around);
  return jointBy(login ? 'login' : 'response', body);
};

/** A login that nobody saw: `prompt=none`, in a frame that is not shown (OpenID Connect Core section 3.1.2.1). */
const isSilent = ({ url, resource }: ExchangeRecord): boolean =>
  resource === 'sub_frame' || /[?&]prompt=none(?:&|$)/.test(url);

/** How a token came; undefined for the first of a chain, where nothing tells. */
export const jointOf = (one: Member, before: Member | undefined, around: Surroundings): Joint | undefined => {
  const { body, address, cookie } = one.brought;
  if (body) return byBody(one, before, body, around);
  if (address) return jointBy(isSilent(address) ? 'refresh' : 'login', address);
  if (cookie && before) return jointBy('replaced', cookie);
  const login = loginBefore(one, before?.seen ?? Number.NEGATIVE_INFINITY, one.seen, around);
  if (login) return { ...jointBy('login', login.exchange), at: one.seen };
  return before && { code: 'use', at: one.uses[0]?.at ?? one.seen };
};

/** The life of a token that came after another, and how late it came. */
export const joined = (one: Member, before: Member | undefined, around: Surroundings): Link => {
  const joint = jointOf(one, before, around);
  const link = { ...linkOf(one), ...(joint && { joint }) };
  const end = before?.until;
  if (!joint || end === undefined || joint.at <= end) return link;
  const refused = before?.uses.filter(({ at, refused }) => refused && at >= end && at <= joint.at) ?? [];
  return { ...link, gap: joint.at - end, refusedInGap: refused.length };
};
