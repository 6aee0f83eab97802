import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareJson } from '../../../src/core/judge/compare-json.ts';

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const differences = (left: unknown, right: unknown) => compareJson(text(left), text(right)).differences;
const only = (left: unknown, right: unknown) => {
  const [first, ...others] = differences(left, right);
  expect(others).toEqual([]);
  return first;
};

describe('members', () => {
  test('come, go, change and stay, the right ones last', () => {
    const rows = differences({ iss: 'x', sub: 'alice', admin: true }, { sub: 'bob', iss: 'x', org: { id: 7 } });
    expect(rows).toEqual([
      { path: 'iss', change: 'same', left: 'x', right: 'x' },
      { path: 'sub', change: 'changed', left: 'alice', right: 'bob' },
      { path: 'admin', change: 'removed', left: 'true', right: '' },
      { path: 'org', change: 'added', left: '', right: '{"id":7}' },
    ]);
  });

  test('are told by their path, at any depth', () => {
    const left = { a: { b: [{ c: 1 }, { c: 2 }] }, 'https://acme.io/role': { x: 1 } };
    const right = { a: { b: [{ c: 1 }, { c: 3 }, {}] }, 'https://acme.io/role': { x: 2 } };
    expect(differences(left, right).map(({ path, change }) => `${path} ${change}`)).toEqual([
      'a.b[0].c same',
      'a.b[1].c changed',
      'a.b[2] added',
      '["https://acme.io/role"].x changed',
    ]);
  });

  test('that are empty are members all the same', () => {
    expect(only({ a: {} }, { a: {} })).toMatchObject({ path: 'a', change: 'same' });
    expect(only({ a: [] }, { a: [] })).toMatchObject({ path: 'a', change: 'same' });
    expect(only({ a: {} }, { a: [] })).toMatchObject({ path: 'a', change: 'changed', left: '{}', right: '[]' });
  });

  test('that stand twice are paired from the last on, and none is lost', () => {
    expect(differences('{"a":1,"a":2}', '{"a":2}')).toEqual([
      { path: 'a', change: 'removed', left: '1', right: '' },
      { path: 'a', change: 'same', left: '2', right: '2' },
    ]);
  });

  test('called like those of every object are members like any', () => {
    expect(only('{"__proto__":1}', '{"__proto__":2}')).toMatchObject({ path: '__proto__', change: 'changed' });
  });
});

describe('values', () => {
  test('stand there as they were written', () => {
    expect(only('{"a":9007199254740993}', '{"a":9007199254740992}')).toMatchObject({
      change: 'changed',
      left: '9007199254740993',
      right: '9007199254740992',
    });
    expect(only('{"a":1}', '{"a":"1"}')).toMatchObject({ change: 'changed', left: '1', right: '"1"' });
  });

  test.each([
    ['1', '1.0'],
    ['100', '1e2'],
    ['-0.00120', '-12E-4'],
    ['0', '-0.0e5'],
    ['"A"', '"\\u0041"'],
  ])('%s and %s are one, written in two ways', (left, right) => {
    expect(only(`{"a":${left}}`, `{"a":${right}}`)).toMatchObject({ change: 'rewritten', left, right });
  });

  test.each([
    ['1', '10'],
    ['1', '-1'],
    ['1e400', '1e401'],
    ['1e99999999999999999999', '10e99999999999999999998'],
    ['null', 'false'],
  ])('%s and %s are two', (left, right) => {
    expect(only(`{"a":${left}}`, `{"a":${right}}`)).toMatchObject({ change: 'changed' });
  });

  test('that are dates tell how far they are apart', () => {
    expect(only({ exp: 1000 }, { exp: 4600 })).toMatchObject({ change: 'changed', later: 3_600_000 });
    expect(only({ iat: 1000.5 }, { iat: 1000 })).toMatchObject({ later: -500 });
    expect(only({ exp: 1000 }, { exp: 1e15 })).not.toHaveProperty('later');
    expect(only({ exp: 1000 }, { exp: '4600' })).not.toHaveProperty('later');
    expect(only({ count: 1000 }, { count: 4600 })).not.toHaveProperty('later');
    expect(only({ a: { exp: 1000 } }, { a: { exp: 4600 } })).not.toHaveProperty('later');
  });
});

describe('lists of plain values', () => {
  test('say which members came and went', () => {
    expect(only({ realm_access: { roles: ['a', 'b', 'b'] } }, { realm_access: { roles: ['c', 'b', 1] } })).toEqual({
      path: 'realm_access.roles',
      change: 'changed',
      left: '["a","b","b"]',
      right: '["c","b",1]',
      came: ['c', '1'],
      went: ['a', 'b'],
    });
  });

  test('in another order are reordered, in another writing rewritten', () => {
    expect(only({ a: [1, 2] }, { a: [2, 1] })).toMatchObject({ change: 'reordered' });
    expect(only('{"a":[1,2]}', '{"a":[1.0, 2]}')).toMatchObject({ change: 'rewritten' });
    expect(only('{"a":[1,2]}', '{"a":[1, 2]}')).toMatchObject({ change: 'same' });
  });

  test('scopes are one, in words (RFC 6749 section 3.3)', () => {
    expect(only({ scope: 'openid email' }, { scope: 'email openid api' })).toMatchObject({ came: ['api'], went: [] });
    expect(only({ scope: 'a b' }, { scope: 'b a' })).toMatchObject({ change: 'reordered' });
    expect(only({ scope: 'a b' }, { scope: 'a  b' })).toMatchObject({ change: 'rewritten' });
    expect(only({ scp: 'a b' }, { scp: ['a', 'b'] })).toMatchObject({ change: 'rewritten' });
    expect(only({ name: 'a b' }, { name: 'b a' })).toMatchObject({ change: 'changed' });
  });

  test('one audience may stand alone (RFC 7519 section 4.1.3)', () => {
    expect(only({ aud: 'api' }, { aud: ['api'] })).toMatchObject({ change: 'rewritten', left: '"api"' });
    expect(only({ aud: 'api' }, { aud: ['api', 'web'] })).toMatchObject({ came: ['web'], went: [] });
    expect(only({ aud: 'api' }, { aud: 'web' })).toMatchObject({ change: 'changed', left: 'api', right: 'web' });
    expect(only({ other: 'api' }, { other: ['api'] })).toMatchObject({ change: 'changed' });
  });
});

describe('texts', () => {
  test('that break are compared as far as they go', () => {
    const { differences: rows, broken } = compareJson('{"a":1,"b":2', '{"a":1,"b":3}');
    expect(broken).toEqual(['left']);
    expect(rows.map(({ path, change }) => `${path} ${change}`)).toEqual(['a same', 'b changed']);
  });

  test('that are no JSON are one value', () => {
    expect(only('hello', 'world')).toMatchObject({ path: '', change: 'changed', left: 'hello', right: 'world' });
    expect(only('hello', '{"a":1}')).toMatchObject({ path: '', left: 'hello', right: '{"a":1}' });
    expect(only('', '')).toMatchObject({ path: '', change: 'same' });
  });
});

test('any JSON is the same as itself, and turned around what came is what went', () => {
  fc.assert(
    fc.property(fc.json(), fc.json(), (left, right) => {
      for (const { change } of compareJson(left, left).differences) expect(change).toBe('same');
      const there = compareJson(left, right).differences;
      const back = compareJson(right, left).differences;
      const count = (rows: typeof there, change: string) => rows.filter((row) => row.change === change).length;
      expect(count(there, 'added')).toBe(count(back, 'removed'));
      expect(count(there, 'changed')).toBe(count(back, 'changed'));
      expect(there).toHaveLength(back.length);
    }),
  );
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
      expect(compareJson(left, right).differences.length).toBeGreaterThan(0);
      expect(compareJson(`{"a":${left}`, `[${right}`).differences.length).toBeGreaterThan(0);
    }),
  );
});

test('hostile sizes take their length, not its square', () => {
  const members = (count: number, value: string) =>
    `{${Array.from({ length: count }, (_, index) => `"claim${index}":"${value}"`).join()}}`;
  expect(differences(members(10_000, 'a'), members(10_000, 'b'))).toHaveLength(10_000);
  const longName = 'n'.repeat(100_000);
  const under = `{"${longName}":${members(5000, 'a')}}`;
  const rows = differences(under, `{"${longName}":${members(5000, 'b')}}`);
  expect(rows).toHaveLength(5000);
  expect(Math.max(...rows.map(({ path }) => path.length))).toBeLessThanOrEqual(200);
  const deep = (leaf: string) => `${'{"a":'.repeat(10_000)}${leaf}`;
  expect(differences(deep('1'), deep('2'))).toHaveLength(1);
  const digits = `{"a":1${'0'.repeat(200_000)}1}`;
  expect(only(digits, digits)).toMatchObject({ change: 'same' });
  const twice = `{${'"a":1,'.repeat(20_000)}"a":1}`;
  expect(differences(twice, '{"a":1}')).toHaveLength(20_001);
  const list = (step: number) => ({ roles: Array.from({ length: 20_000 }, (_, index) => `role${index * step}`) });
  expect(only(list(1), list(2))?.came).toHaveLength(10_000);
});
