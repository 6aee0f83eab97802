import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Compared, compareTokens } from '../../../src/core/judge/compare.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { compact, encodeSegment } from '../../fixtures/tokens.ts';

const sideOf = (token: string, key?: string): Compared => {
  const decoded = decode(token);
  return { decoded, claims: decoded, ...(key !== undefined && { key }) };
};
const compare = (left: unknown, right: unknown) =>
  compareTokens(sideOf(compact({ alg: 'RS256' }, left)), sideOf(compact({ alg: 'RS256' }, right)));
const headers = (left: object, right: object) => compareTokens(sideOf(compact(left)), sideOf(compact(right)));
const sealed = `${encodeSegment({ alg: 'dir', enc: 'A256GCM' })}..aXY.Y3Q.dGFn`;

describe('time', () => {
  test('is told as distances in ms', () => {
    expect(compare({ iat: 1000, exp: 1300 }, { iat: 1300, exp: 4900 }).time).toEqual({
      issued: 300_000,
      expires: 3_600_000,
      life: { left: 300_000, right: 3_600_000 },
      endless: [],
    });
    expect(compare({ nbf: 1000, exp: 1300 }, { iat: 900 }).time).toEqual({
      life: { left: 300_000 },
      endless: ['right'],
    });
  });

  test('claims that are no dates, and claims that nobody can read, tell none', () => {
    expect(compare({ iat: 'soon', exp: {} }, { iat: null, exp: 1e300 }).time).toEqual({ life: {}, endless: [] });
    expect(compareTokens(sideOf(sealed), sideOf(sealed)).time).toEqual({ life: {}, endless: [] });
  });
});

describe('the key', () => {
  test.each([
    [{ kid: 'a1' }, { kid: 'b2' }, { code: 'other_kid', kid: 'a1', otherKid: 'b2' }],
    [{ kid: 'a1' }, { kid: 'a1' }, { code: 'same_kid', kid: 'a1' }],
    [{ kid: 'a1' }, {}, { code: 'left_kid', kid: 'a1' }],
    [{ kid: 1 }, { kid: 'b2' }, { code: 'right_kid', kid: 'b2' }],
    [{}, { kid: '' }, { code: 'no_kid' }],
  ])('%j and %j', (left, right, expected) => {
    expect(headers(left, right).key).toEqual(expected);
  });

  test('is the same one where one verified both, whatever they call it; and only then', () => {
    const [left, right] = [compact({ kid: 'a1' }), compact({ kid: 'b2' })];
    expect(compareTokens(sideOf(left, 'k'), sideOf(right, 'k')).key).toEqual({ code: 'same_key' });
    expect(compareTokens(sideOf(left, 'k'), sideOf(right, 'l')).key.code).toBe('other_kid');
    expect(compareTokens(sideOf(left), sideOf(right)).key.code).toBe('other_kid');
  });

  test('another algorithm and another form are told', () => {
    expect(headers({ alg: 'RS256' }, { alg: 'none' })).toMatchObject({
      alg: { left: 'RS256', right: 'none' },
      form: { left: 'jws', right: 'unsecured' },
    });
    expect(headers({ alg: 'RS256' }, { alg: 'RS256' })).not.toHaveProperty('alg');
  });
});

describe('bytes', () => {
  test('the same claims in other bytes are told as that', () => {
    const { payload, identical } = compare('{"a":1,"b":[1,2]}', '{ "b": [2, 1], "\\u0061": 1.0 }');
    expect(payload.text).toBe('rewritten');
    expect(payload.differences.map(({ path, change }) => [path, change])).toEqual([
      ['a', 'rewritten'],
      ['b', 'reordered'],
    ]);
    expect(identical).toBe(false);
    expect(compare('{"a":1}', '{"a":1}').payload.text).toBe('same');
    expect(compare('{"a":1}', '{"a":2}').payload.text).toBe('different');
  });

  test('broken claims are never called the same', () => {
    const { payload, time } = compare('{"a":1}', '{"a":1');
    expect(payload).toMatchObject({ broken: ['right'], text: 'different' });
    // What was cut off may have been the exp.
    expect(time.endless).toEqual(['left']);
  });

  test('a sealed side is not compared, its header is', () => {
    const { header, payload } = compareTokens(sideOf(sealed), sideOf(compact({ alg: 'RS256' })));
    expect(payload).toEqual({ differences: [], broken: [], unread: ['left'], text: 'different' });
    expect(header.differences.map(({ path, change }) => [path, change])).toEqual([
      ['alg', 'changed'],
      ['enc', 'removed'],
    ]);
  });

  test('the size is that of the whole token', () => {
    const [left, right] = [compact({}), compact({}, {}, 'c2ln')];
    expect(compareTokens(sideOf(left), sideOf(right)).size).toEqual({ left: left.length, right: right.length });
  });
});

test('takes any two strings, and finds a token identical with itself', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.tuple(fc.json(), fc.json()).map(([header, payload]) => compact(header, payload)),
  );
  fc.assert(
    fc.property(text, text, (left, right) => {
      const { header, payload } = compareTokens(sideOf(left), sideOf(right));
      for (const { left: one, right: other } of [...header.differences, ...payload.differences]) {
        expect(typeof one + typeof other).toBe('stringstring');
      }
      const self = compareTokens(sideOf(left), sideOf(left));
      expect(self.identical).toBe(true);
      for (const { change } of [...self.header.differences, ...self.payload.differences]) expect(change).toBe('same');
    }),
  );
});
