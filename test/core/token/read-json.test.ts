import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonTree } from '../../../src/core/token/json-tree.ts';
import { readJson } from '../../../src/core/token/read-json.ts';

describe('readJson', () => {
  it('gives the value of JSON.parse, however it was written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(readJson(text)).toEqual({ value: JSON.parse(text), problems: [] });
      }),
    );
  });

  it.each([
    '{"a":1,"a":1}',
    '{"a":{"b":1,"b":[]}}',
    '[{"a":1,"\\u0061":2}]',
    '{"a" :1,"a":"\\":"}',
    '{"a"\n:1,"a":"\\":"}',
    '{"":1,"":2}',
  ])('finds the duplicate in %s', (text) => {
    const { value, problems } = readJson(text);
    expect(value).toEqual(JSON.parse(text));
    expect(problems.map(({ code }) => code)).toEqual(['duplicate_member']);
  });

  it.each(['{"1":1,"0":2}', '{"a":"\\":","b" : 1}', '{"a":1e400,"b":1.0,"c":"\\/"}', '[":",{"":[]}]'])(
    'none in %s',
    (text) => {
      expect(readJson(text)).toEqual({ value: JSON.parse(text), problems: [] });
    },
  );

  it('finds every duplicate, wherever it is', () => {
    const name = fc.constantFrom('"a"', '"b"', '""', '"\\u0061"', '":"', '"\\":"');
    const colon = fc.constantFrom(':', ' :', ': ', '\n:');
    const member = fc.tuple(name, colon, fc.constantFrom('1', '"\\":"', '{"a":1}', '[]', '{"b":1,"b":2}'));
    fc.assert(
      fc.property(fc.array(member, { maxLength: 4 }), (members) => {
        const text = `{${members.map((parts) => parts.join('')).join(',')}}`;
        expect(readJson(text).problems).toEqual(readJsonTree(text).problems);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives a value that can be walked by recursion', () => {
    const deep = `{"a":1,"b":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const { value, problems } = readJson(deep);
    expect(problems.map(({ code }) => code)).toEqual(['too_deep']);
    expect(value).toMatchObject({ a: 1 });
    expect(() => structuredClone(value)).not.toThrow();
  });

  it('passes over a byte order mark, and says so', () => {
    expect(readJson('\ufeff{"a":1}')).toEqual({
      value: { a: 1 },
      problems: [{ code: 'json', offset: 0, line: 1, column: 1, detail: '\\uFEFF' }],
    });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(readJson(text).problems)));
  });
});
