import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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

  it('finds duplicates where the text is as JSON.stringify would write it', () => {
    expect(readJson('{"a":1,"a":1}')).toMatchObject({ value: { a: 1 }, problems: [{ code: 'duplicate_member' }] });
    expect(readJson('{"1":1,"0":2}')).toEqual({ value: { 0: 2, 1: 1 }, problems: [] });
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
