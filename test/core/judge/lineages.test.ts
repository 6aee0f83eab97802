import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineageToken } from '../../../src/core/judge/lineage.ts';
import { memberOf } from '../../../src/core/judge/lineage-member.ts';
import { lineagesOf, MAX_TOKENS, refreshedLate, supersededAt } from '../../../src/core/judge/lineages.ts';
import type { Kind } from '../../../src/core/token/decoded.ts';
import { processorTime } from '../../fixtures/processor-time.ts';
import {
  accessClaims,
  cameIn,
  cookie,
  exchange,
  inBody,
  lineagesIn,
  START,
  sentIn,
  token,
  tokenRequest,
} from './lineage-log.ts';

/** A login, calls, an expiry that was noticed 14 s late, a refresh that rotates, and calls again. */
const login = tokenRequest(0, 'authorization_code');
const refresh = tokenRequest(74_000, 'refresh_token');
const old = token(accessClaims(0, 60_000), [
  cameIn(login),
  sentIn(exchange(1_000)),
  sentIn(exchange(59_000)),
  sentIn(exchange(62_000, { status: 401 })),
  sentIn(exchange(70_000, { status: 401 })),
]);
const fresh = token(accessClaims(74_000, 134_000), [cameIn(refresh), sentIn(exchange(75_000))]);
const idTokens = [0, 74_000].map((at) =>
  token(
    {
      iss: 'https://login.test',
      sub: 'alice',
      aud: 'spa',
      nonce: 'n',
      iat: (START + at) / 1000,
      exp: START / 1000 + 600,
    },
    [cameIn(at === 0 ? login : refresh, inBody('id_token'))],
  ),
);
const proof = token(
  { htm: 'GET', htu: 'https://api.test/orders', jti: '1', iat: START / 1000 },
  [sentIn(exchange(1_000), { kind: 'request_header', name: 'dpop' })],
  { kind: 'dpop_proof' satisfies Kind },
);

const codes = (tokens: readonly LineageToken[], others: Parameters<typeof lineagesIn>[1] = []) =>
  lineagesIn(tokens, others).all.map(({ links }) => links.map(({ joint }) => joint?.code));

describe('a code login with a rotating refresh', () => {
  const lineages = lineagesIn([fresh, ...idTokens, proof, old]);

  it('is one chain of access tokens and one of ID tokens; proofs are of none', () => {
    expect(lineages.all.map(({ kind, client, subject, issuer }) => ({ kind, client, subject, issuer }))).toEqual([
      { kind: 'access_token', client: 'spa', subject: 'alice', issuer: 'https://login.test' },
      { kind: 'id_token', client: 'spa', subject: 'alice', issuer: 'https://login.test' },
    ]);
    expect(lineages.all[0]?.links.map(({ token }) => token)).toEqual([old.id, fresh.id]);
    expect(lineages.places.has(proof.id)).toBe(false);
  });

  it('tells how each token came, how late, and what was refused meanwhile', () => {
    const [first, second] = lineages.all[0]?.links ?? [];
    expect(first).toMatchObject({ from: START, until: START + 60_000, joint: { code: 'login', exchange: 'x0' } });
    expect(first?.gap).toBeUndefined();
    expect(second?.joint).toEqual({ code: 'refresh', at: START + 74_020, exchange: 'x74000' });
    expect(second).toMatchObject({ gap: 14_020, refusedInGap: 2 });
    expect(first?.uses.map(({ refused, accepted }) => [refused, accepted])).toEqual([
      [false, true],
      [false, true],
      [true, false],
      [true, false],
    ]);
  });

  it('says of a refused request that the refresh came too late, or that the newer token was there already', () => {
    expect(refreshedLate(lineages, old.id, START + 62_000)).toMatchObject({ token: fresh.id, gap: 14_020 });
    expect(refreshedLate(lineages, old.id, START + 59_000)).toBeUndefined();
    expect(refreshedLate(lineages, old.id, START + 76_000)).toBeUndefined();
    expect(refreshedLate(lineages, fresh.id, START + 140_000)).toBeUndefined();
    expect(supersededAt(lineages, old.id, START + 62_000)).toBeUndefined();
    expect(supersededAt(lineages, old.id, START + 76_000)).toMatchObject({ token: fresh.id, since: START + 74_020 });
    expect(supersededAt(lineages, fresh.id, START + 200_000)).toBeUndefined();
    expect(supersededAt(lineages, 'unknown', START)).toBeUndefined();
  });

  it("is judged by the servers' clocks", () => {
    const slow = [
      { ...old, takenBy: -90_000, madeBy: 0 },
      { ...fresh, takenBy: -90_000, madeBy: 0 },
    ];
    const [first, second] = lineagesIn(slow).all[0]?.links ?? [];
    expect([first?.from, first?.until]).toEqual([START, START + 150_000]);
    expect(second?.gap).toBeUndefined();
  });
});

describe('what joins two tokens', () => {
  const use = (at: number) => sentIn(exchange(at));
  const first = token(accessClaims(0, 60_000), [use(1_000)]);
  const second = (...sightings: LineageToken['sightings']) => token(accessClaims(50_000, 110_000), sightings);
  const code = exchange(49_000, { url: 'https://app.test/cb?code=c&state=s', resource: 'main_frame' });
  const ask = exchange(48_000, { url: 'https://login.test/auth?response_type=code&client_id=spa&state=s' });

  it('is a refresh, where the request carried the refresh token, or the one before', () => {
    expect(codes([first, second(cameIn(tokenRequest(50_000, 'refresh_token')))])).toEqual([[undefined, 'refresh']]);
    const renew = exchange(50_000, { url: 'https://api.test/renew' });
    const sender = { ...first, sightings: [...first.sightings, sentIn(renew)] };
    expect(codes([sender, second(cameIn(renew))])).toEqual([[undefined, 'refresh']]);
    const post = tokenRequest(50_000);
    const carried = token({ typ: 'Refresh', iss: 'https://login.test', sub: 'alice' }, [
      sentIn(post, { kind: 'request_body', name: 'refresh_token', format: 'form' }),
    ]);
    expect(codes([carried, first, second(cameIn(post))])).toEqual([[undefined], [undefined, 'refresh']]);
  });

  it('is a login, where one was answered shortly before, for this client', () => {
    expect(codes([first, second(cameIn(tokenRequest(50_000)))], [ask, code])).toEqual([[undefined, 'login']]);
    expect(codes([first, second(use(51_000))], [ask, code])).toEqual([[undefined, 'login']]);
    const other = { ...ask, url: ask.url.replace('spa', 'other') };
    expect(codes([first, second(use(51_000))], [other, code])).toEqual([[undefined, 'use']]);
    expect(codes([first, second(use(120_000))], [ask, code])).toEqual([[undefined, 'use']]);
    const inFragment = { kind: 'url_fragment', name: 'access_token', from: 'location' } as const;
    expect(codes([first, second(cameIn(exchange(50_000), inFragment))])).toEqual([[undefined, 'login']]);
    const silent = exchange(50_000, { url: 'https://login.test/auth?prompt=none&x', resource: 'sub_frame' });
    expect(codes([first, second(cameIn(silent, inFragment))])).toEqual([[undefined, 'refresh']]);
  });

  it('is a response, where no more is known; else the order of use', () => {
    expect(codes([first, second(cameIn(tokenRequest(50_000)))])).toEqual([[undefined, 'response']]);
    expect(codes([first, second(cameIn(tokenRequest(50_000, 'client_credentials')))])).toEqual([
      [undefined, 'response'],
    ]);
    expect(lineagesIn([first, second(use(51_000))]).all[0]?.links[1]?.joint).toEqual({
      code: 'use',
      at: START + 51_000,
    });
  });

  it('is a cookie in place of the one before, whatever it says', () => {
    const session = (at: number, sid: string) =>
      token({ sid }, [
        cameIn(exchange(at), cookie('set_cookie', 'sid')),
        sentIn(exchange(at + 1), cookie('cookie', 'sid')),
      ]);
    const other = token({ sid: 'c' }, [cameIn(exchange(5_000), cookie('set_cookie', 'theme'))]);
    expect(codes([session(9_000, 'b'), session(1_000, 'a'), other])).toEqual([[undefined, 'replaced'], [undefined]]);
  });
});

describe('what is not one chain', () => {
  const used = (from: number, more: object, ...at: readonly number[]) =>
    token(
      accessClaims(from, from + 60_000, more),
      at.map((one) => sentIn(exchange(one))),
    );

  it.each([
    ['clients', { client_id: 'spa' }, { client_id: 'app' }],
    ['subjects', { sub: 'alice' }, { sub: 'bob' }],
    ['issuers', { iss: 'https://a.test' }, { iss: 'https://b.test' }],
    ['audiences', { aud: ['a', 'b'] }, { aud: ['a'] }],
    ['kinds', { typ: 'Bearer' }, { typ: 'Refresh' }],
  ])('two %s', (_, one, other) => {
    expect(lineagesIn([used(0, one, 1_000), used(30_000, other, 31_000)]).all).toHaveLength(2);
    expect(lineagesIn([used(0, one, 1_000), used(30_000, one, 31_000)]).all).toHaveLength(1);
  });

  it('two sets of scopes that are in use at the same time; one after the other is a step-up', () => {
    const read = (...at: readonly number[]) => used(0, { scope: 'b a' }, ...at);
    const write = used(10_000, { scope: 'a c' }, 11_000, 20_000);
    expect(lineagesIn([read(1_000, 15_000), write]).all).toHaveLength(2);
    expect(lineagesIn([read(1_000, 5_000), write]).all).toHaveLength(1);
    expect(lineagesIn([read(1_000, 15_000), used(10_000, { scope: ['a', 'b', 'a'] }, 11_000)]).all).toHaveLength(1);
  });

  it('tokens that say nothing, sent to two hosts; nor what was pasted', () => {
    const to = (host: string, n: number) => token({ n }, [sentIn(exchange(n, { url: `https://${host}/` }))]);
    expect(
      lineagesIn([to('a.test', 1), to('b.test', 2), to('a.test', 3)]).all.map(({ links }) => links.length),
    ).toEqual([2, 1]);
    const pasted = (n: number) =>
      token({ n }, [{ place: { kind: 'paste', name: '' }, at: START, sent: false, judged: false }]);
    expect(lineagesIn([pasted(1), pasted(2)]).all).toHaveLength(2);
  });
});

describe('any log', () => {
  const claims = fc.dictionary(
    fc.constantFrom('iss', 'sub', 'aud', 'scope', 'scp', 'client_id', 'azp', 'exp', 'iat', 'nbf', '__proto__'),
    fc.oneof(fc.constantFrom('a', 'b', 'a b'), fc.double(), fc.integer(), fc.jsonValue({ maxDepth: 2 })),
  );
  const sighting = fc
    .record({
      at: fc.integer({ min: 0, max: 50 }),
      place: fc.constantFrom(inBody('x'), cookie('cookie', 'a'), cookie('set_cookie', 'a')),
      status: fc.constantFrom(200, 401, undefined),
      url: fc.constantFrom('https://a.test/?code=1', 'no url', ''),
      sent: fc.boolean(),
    })
    .map(({ at, place, status, url, sent }) => {
      const { status: _, ...rest } = exchange(at, { url });
      const one = { ...rest, ...(status && { status }) };
      return { place, at: one.start, exchange: one, sent, judged: sent };
    });
  const tokens = fc
    .array(
      fc.record({
        kind: fc.constantFrom<Kind>('access_token', 'id_token', 'session', 'dpop_proof', 'encrypted'),
        claims: fc.option(claims, { nil: undefined }),
        firstSeen: fc.integer({ min: START, max: START + 100 }),
        sightings: fc.array(sighting, { maxLength: 5 }),
      }),
      { maxLength: 12 },
    )
    .map((all) => all.map((one, index): LineageToken => ({ ...one, id: `t${index}` })));

  it('has each token in one lineage at most, in the order of issue, and the same in whatever order it comes', () => {
    fc.assert(
      fc.property(tokens, (all) => {
        const exchanges = all.flatMap(({ sightings }) => sightings.flatMap(({ exchange: one }) => one ?? []));
        const { all: lineages, places } = lineagesIn(all, exchanges);
        const ids = lineages.flatMap(({ links }) => links.map(({ token: id }) => id));
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.toSorted()).toEqual(all.flatMap(({ id, kind }) => (kind === 'dpop_proof' ? [] : id)).toSorted());
        expect(places.size).toBe(ids.length);
        const issued = new Map(all.map((one) => [one.id, memberOf(one).issued]));
        for (const { links } of lineages) {
          const order = links.map(({ token: id }) => issued.get(id) ?? Number.NaN);
          expect(order).toEqual(order.toSorted((a, b) => a - b));
          for (const { uses, gap } of links) {
            expect(gap ?? 1).toBeGreaterThan(0);
            expect(uses.map(({ at }) => at)).toEqual(uses.map(({ at }) => at).toSorted());
          }
        }
        const shape = (found: typeof lineages) =>
          found.map(({ links }) => links.map((link) => link.token).join()).sort();
        expect(shape(lineagesIn(all.toReversed(), exchanges).all)).toEqual(shape(lineages));
        for (const id of ids) {
          supersededAt({ all: lineages, places }, id, START + 20);
          refreshedLate({ all: lineages, places }, id, START + 20);
        }
      }),
    );
  });

  it('of 30,000 tokens and as many scopes takes the newest, and stays quick', () => {
    const place = inBody('x');
    const members = Array.from({ length: 30_000 }, (_, n) =>
      memberOf({
        ...{ id: `${n}`, kind: 'access_token', firstSeen: START + n, claims: { iss: 'a', sub: 'b', scope: `s${n}` } },
        sightings: [n, 30_000].map((at) => ({ place, at: START + at, sent: false, judged: false })),
      }),
    );
    const took = processorTime(() => {
      const { all, places } = lineagesOf(members, { requests: [], responses: [] });
      expect([all.length, places.has('29999'), places.has('0')]).toEqual([MAX_TOKENS, true, false]);
    });
    expect(took).toBeLessThan(10_000);
  }, 60_000);
});
