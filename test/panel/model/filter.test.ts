import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import '../one-slice.ts';
import type { PlaceKind } from '../../../src/core/capture/records.ts';
import { type Facts, parseFilter, passes, STATE_WORDS } from '../../../src/panel/model/filter.ts';
import { createLog, type Entry } from '../../../src/panel/model/log.ts';
import { createFakeSource } from '../../fixtures/fake-source.ts';
import { processorTime } from '../../fixtures/processor-time.ts';
import { compact } from '../../fixtures/tokens.ts';
import { seen } from '../records.ts';

const tokens = {
  alice: compact(
    { alg: 'RS256', kid: 'k1', typ: 'at+jwt' },
    { iss: 'https://login.acme.test', sub: 'alice', aud: ['api', 'web'] },
    'c2ln',
  ),
  bob: compact({ alg: 'HS256' }, { sub: 'bob', at_hash: 'x', note: 'two words', emoji: 'é' }, 'c2ln'),
  none: compact({ alg: 'none' }, { sub: 'carol' }),
  broken: 'eyJhbGciOiJIUzI1NiJ9.e30',
  sealed: `${Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url')}..aXY.Y3Q.dGFn`,
  opened: `${Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url')}..aXY.b3B0.dGFn`,
  wallet: compact({ alg: 'ES256', typ: 'dc+sd-jwt' }, { _sd: ['x'] }, 'c2ln'),
  proof: compact({ alg: 'ES256', typ: 'dpop+jwt' }, { htm: 'GET' }, 'c2ln'),
  refresh: compact({ alg: 'HS512' }, { typ: 'Refresh' }, 'c2ln'),
};
type Name = keyof typeof tokens;
const names: readonly Name[] = ['alice', 'bob', 'none', 'broken', 'sealed', 'opened', 'wallet', 'proof', 'refresh'];
const without = (...left: readonly Name[]) => names.filter((name) => !left.includes(name));

let entries: ReadonlyMap<Name, Entry>;
beforeAll(() => {
  const fake = createFakeSource({
    records: [
      ...seen(tokens.alice, { url: 'https://api.acme.test:8443/orders?page=2', status: 401 }),
      ...seen(tokens.bob, { place: { kind: 'set_cookie', name: 'sid' } }),
      ...seen(tokens.none, { place: { kind: 'url_query', name: 'token' } }),
      ...seen(tokens.broken),
      ...seen(tokens.sealed, { place: { kind: 'cookie', name: 'session' } }),
      ...seen(tokens.opened, { place: { kind: 'cookie', name: 'authjs' } }),
      ...seen(tokens.wallet, { place: { kind: 'paste', name: '' } }),
      ...seen(tokens.proof, { place: { kind: 'request_header', name: 'dpop' } }),
      ...seen(tokens.refresh, { place: { kind: 'paste', name: '' } }),
    ],
  });
  const log = createLog(fake.source, () => undefined);
  const found = names.flatMap((name) => {
    const entry = log.entries.value.find((one) => one.compact === tokens[name]);
    return entry ? [[name, entry] as const] : [];
  });
  entries = new Map(found);
  const { opened, wallet } = Object.fromEntries(found);
  if (!opened || !wallet) throw new Error('no entry');
  log.take(opened, {
    layers: [
      {
        decoded: {
          ...opened.decoded,
          payloadText: '{"sub":"Dora","iss":"inner"}',
          payload: { sub: 'Dora', iss: 'inner' },
        },
        decryption: { state: 'decrypted', reason: 'ok' },
      },
    ],
  });
  log.take(wallet, {
    layers: [
      {
        decoded: wallet.decoded,
        sd: { hash: 'sha-256', disclosures: [], hidden: [], claims: {}, claimsText: '{"given_name":"Eve"}' },
      },
    ],
  });
  expect(entries.size).toBe(names.length);
});

/** alice's has expired and is verified, bob's is about to expire and mismatches, the others are valid. */
const facts: Facts = {
  time: ({ compact: text }) => (text === tokens.alice ? 'expired' : text === tokens.bob ? 'expiring' : 'valid'),
  signature: ({ compact: text }) => (text === tokens.alice ? 'verified' : text === tokens.bob ? 'mismatch' : 'no_key'),
};
const filter = (text: string) => {
  const terms = parseFilter(text);
  return names.filter((name) => {
    const entry = entries.get(name);
    return entry !== undefined && passes(terms, entry, facts);
  });
};

describe('words', () => {
  const cases: readonly (readonly [text: string, expected: readonly Name[]])[] = [
    ['', names],
    ['   ', names],
    ['is:expired', ['alice']],
    ['IS:Expired', ['alice']],
    ['is:expiring', ['bob']],
    ['is:valid', without('alice')],
    ['is:verified', ['alice']],
    ['is:mismatch', ['bob']],
    ['is:refused', ['alice']],
    ['is:encrypted', ['sealed', 'opened']],
    ['is:decrypted', ['opened']],
    ['is:sealed', ['sealed']],
    ['is:dpop', ['proof']],
    ['is:refresh', ['refresh']],
    ['is:session', ['opened']],
    ['is:credential', ['wallet']],
    ['sub:dora', ['opened']],
    ['iss:inner', ['opened']],
    ['dora', ['opened']],
    ['given_name eve', ['wallet']],
    ['is:unsecured', ['none']],
    ['is:malformed', ['broken']],
    ['is:access', ['alice', 'broken']],
    ['is:id', ['bob']],
    ['is:exp', ['alice', 'bob']],
    ['is:nonsense', []],
    ['alg:rs', ['alice']],
    ['alg:dir', ['sealed', 'opened']],
    ['kid:K1', ['alice']],
    ['iss:acme', ['alice']],
    ['sub:bob', ['bob']],
    ['aud:web', ['alice']],
    ['host:acme.test:8443', ['alice']],
    ['host:orders', []],
    ['in:cookie', ['bob', 'sealed', 'opened']],
    ['in:set-cookie', ['bob']],
    ['in:sid', ['bob']],
    ['in:url', ['none']],
    ['in:authorization', ['alice', 'broken']],
    ['page=2', ['alice']],
    ['"two words"', ['bob']],
    ['note:"two words"', []],
    ['sub:"alice"', ['alice']],
    ['-sub:alice -sub:bob', without('alice', 'bob')],
    ['sub:alice is:refused', ['alice']],
    ['sub:alice sub:bob', []],
    ['é', ['bob']],
  ];
  test.each(cases)('%s', (text, expected) => {
    expect(filter(text)).toEqual(expected);
  });
});

test('in: knows bodies and stores, however their names are joined', () => {
  const kinds: readonly PlaceKind[] = [
    'request_body',
    'response_body',
    'local_storage',
    'session_storage',
    'indexed_db',
    'cookie_jar',
    'cookie',
  ];
  const stood = new Map(kinds.map((kind) => [compact({}, { kind }, 'c2ln'), kind]));
  const records = [...stood].flatMap(([token, kind]) => seen(token, { id: kind, place: { kind, name: 'key' } }));
  const log = createLog(createFakeSource({ records }).source, () => undefined);
  const found = (text: string) => {
    const passing = log.entries.value.filter((entry) => passes(parseFilter(text), entry, facts));
    return kinds.filter((kind) => passing.some((entry) => stood.get(entry.compact) === kind));
  };
  expect(found('in:response-body')).toEqual(['response_body']);
  expect(found('in:body')).toEqual(['request_body', 'response_body']);
  expect(found('in:localstorage')).toEqual(['local_storage']);
  expect(found('in:local_storage')).toEqual(['local_storage']);
  expect(found('in:indexeddb')).toEqual(['indexed_db']);
  expect(found('in:storage')).toEqual(['local_storage', 'session_storage', 'indexed_db']);
  expect(found('in:jar')).toEqual(['cookie_jar']);
  expect(found('in:cookie')).toEqual(['cookie_jar', 'cookie']);
  expect(found('in:key')).toEqual(kinds);
});

test('what is still being typed demands nothing', () => {
  for (const text of ['is:', 'alg:', '-', '-is:', '"', 'sub:"', 'sub:""']) expect(filter(text), text).toEqual(names);
});

test('every word after is: is known by itself', () => {
  for (const word of STATE_WORDS) expect(filter(`is:${word}`).length, word).toBeGreaterThan(0);
});

test('an unknown field is text like any other', () => {
  expect(parseFilter('https://login.acme.test foo:bar')).toEqual([
    { field: '', value: 'https://login.acme.test', negated: false },
    { field: '', value: 'foo:bar', negated: false },
  ]);
  expect(filter('https://login.acme.test')).toEqual(['alice']);
  expect(filter('__proto__:x constructor:y')).toEqual([]);
  expect(filter('is:__proto__ is:constructor')).toEqual([]);
});

const word = fc.oneof(
  fc.constantFrom(
    'is:expired',
    'is:e',
    'alg:h',
    'in:cookie',
    'host:api',
    'sub:"a',
    '"two words"',
    'kid:',
    'alice',
    'foo:b',
  ),
  fc.string({ unit: 'binary' }).filter((text) => !/[\s"-]/.test(text)),
);

test('no text makes it throw, and all terms must hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => {
      const both = filter(`${a.replaceAll('"', '')} ${b.replaceAll('"', '')}`);
      const left = filter(a.replaceAll('"', ''));
      const right = filter(b.replaceAll('"', ''));
      expect(both).toEqual(left.filter((name) => right.includes(name)));
    }),
  );
});

test('-x is the complement of x', () => {
  fc.assert(
    fc.property(word, (text) => {
      fc.pre(parseFilter(text).length === 1);
      const others = filter(`-${text}`);
      expect([...filter(text), ...others].sort()).toEqual([...names].sort());
    }),
  );
});

test('a hostile text of a megabyte is read in its length', () => {
  for (const text of ['a'.repeat(1_000_000), '-'.repeat(1_000_000), '"'.repeat(1_000_000), 'is:'.repeat(300_000)]) {
    expect(processorTime(() => parseFilter(text))).toBeLessThan(2000);
  }
});
