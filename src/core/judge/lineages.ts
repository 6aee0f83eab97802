import type { Joint, Lineage, Lineages, Link } from './lineage.ts';
import { joined, surroundingsOf } from './lineage-joint.ts';
import { isRenewed, type Member } from './lineage-member.ts';
import type { Logins } from './oidc-logins.ts';

/** Tokens that are looked at, the newest; twice as many as the log holds at its bound of memory. */
export const MAX_TOKENS = 20_000;
/** Chains of one client and subject, each of another scope, that may go on; only a hostile page has more. */
const MAX_PARALLEL = 50;

/** Tokens that replaced each other, and from when to when they were in use. */
interface Chain {
  readonly members: Member[];
  readonly scope: string;
  readonly first: number;
  last: number;
}

const grouped = (members: readonly Member[], keyOf: (member: Member) => string): readonly Member[][] => {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const group = groups.get(keyOf(member));
    if (group) group.push(member);
    else groups.set(keyOf(member), [member]);
  }
  return [...groups.values()];
};

const byIssue = (a: Member, b: Member): number =>
  a.issued - b.issued || a.seen - b.seen || (a.token < b.token ? -1 : 1);

const chainOf = (members: Member[]): Chain => ({
  members,
  scope: members[0]?.scope ?? '',
  first: members.reduce((first, { seen }) => Math.min(first, seen), Number.POSITIVE_INFINITY),
  last: members.reduce((latest, { last }) => Math.max(latest, last), Number.NEGATIVE_INFINITY),
});

/**
 * The chains of one key. Tokens of one scope are one; another scope goes on with one that was in use before and is no
 * more, as after a step-up (RFC 9470), and is a chain of its own where both are in use.
 */
const chainsOf = (group: readonly Member[]): readonly Chain[] => {
  const byScope = grouped(group, ({ scope }) => scope).map(chainOf);
  const chains: Chain[] = [];
  for (const next of byScope.sort((a, b) => a.first - b.first || (a.scope < b.scope ? -1 : 1))) {
    const ended = chains.slice(-MAX_PARALLEL).filter(({ last }) => last < next.first);
    const before = ended.sort((a, b) => b.last - a.last || (a.scope < b.scope ? -1 : 1))[0];
    if (!before) chains.push(next);
    else {
      before.members.push(...next.members);
      before.last = next.last;
    }
  }
  return chains;
};

/**
 * Chains tokens of one kind, issuer, client, subject and audience, each after the one that it replaced; as a generator that
 * stops after each token, for whoever has a thread to share.
 * @param members `memberOf` of every token, in any order; those of kinds that are not renewed are left out
 * @param logins those of the whole log
 * Linear in tokens and uses, but for sorting; of more than MAX_TOKENS the newest. Never throws.
 */
export function* lineagesInTurn(members: readonly Member[], logins: Logins): Generator<undefined, Lineages> {
  const renewed = members.filter(isRenewed);
  const newest =
    renewed.length > MAX_TOKENS ? renewed.toSorted((a, b) => b.seen - a.seen).slice(0, MAX_TOKENS) : renewed;
  yield;
  const around = surroundingsOf(logins, newest);
  yield;
  const all: Lineage[] = [];
  const places = new Map<string, { readonly lineage: Lineage; readonly index: number }>();
  const groups = grouped(newest, ({ key }) => key);
  yield;
  for (const group of groups) {
    const chains = chainsOf(group);
    if (group.length > 1) yield;
    for (const chain of chains) {
      const inOrder = chain.members.toSorted(byIssue);
      const [first, ...others] = inOrder;
      if (!first) continue;
      const links: [Link, ...Link[]] = [joined(first, undefined, around)];
      for (const [index, one] of others.entries()) {
        links.push(joined(one, inOrder[index], around));
        yield;
      }
      yield;
      const { kind, issuer, client, subject } = inOrder.at(-1) ?? first;
      const names = { ...(issuer && { issuer }), ...(client && { client }), ...(subject && { subject }) };
      const lineage = { id: first.token, kind, ...names, links };
      all.push(lineage);
      for (const [index, { token }] of links.entries()) places.set(token, { lineage, index });
      yield;
    }
  }
  return { all, places };
}

/** The same in one go. */
export const lineagesOf = (members: readonly Member[], logins: Logins): Lineages => {
  const work = lineagesInTurn(members, logins);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
};

/** A newer token of the same lineage that was already here. */
export interface Superseded {
  readonly token: string;
  /** ms since the epoch: it was there */
  readonly since: number;
  readonly joint?: Joint;
}

/**
 * The newest token that was there before a request left with an older one of its lineage; undefined where there was none.
 * @param at when the request left, ms since the epoch
 */
export const supersededAt = ({ places }: Lineages, token: string, at: number): Superseded | undefined => {
  const place = places.get(token);
  if (!place) return undefined;
  const { links } = place.lineage;
  for (let index = links.length - 1; index > place.index; index -= 1) {
    const link = links[index];
    if (link && link.seen < at)
      return { token: link.token, since: link.seen, ...(link.joint && { joint: link.joint }) };
  }
  return undefined;
};

/** The refresh that a request with an expired token should have waited for. */
export interface Late {
  /** The token that came then. */
  readonly token: string;
  /** How long the old one had been expired by then, in ms. */
  readonly gap: number;
  readonly joint: Joint;
}

/**
 * How much too late the next token came, for a request that left with an expired one before the next was there; undefined
 * where it had not expired, where the next was there already (`supersededAt`), and where none came.
 * @param at when the request left, ms since the epoch
 */
export const refreshedLate = ({ places }: Lineages, token: string, at: number): Late | undefined => {
  const place = places.get(token);
  const old = place?.lineage.links[place.index];
  const next: Link | undefined = place?.lineage.links[place.index + 1];
  if (old?.until === undefined || at < old.until || next?.gap === undefined || !next.joint) return undefined;
  return at > next.joint.at ? undefined : { token: next.token, gap: next.gap, joint: next.joint };
};
