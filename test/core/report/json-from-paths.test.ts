import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tokensInValue } from '../../../src/core/capture/value.ts';
import { jsonFromPaths } from '../../../src/core/report/json-from-paths.ts';
import { jws } from './logs.ts';

it.each([
  [['a', 'b.c[1]', 'b["x y"].d'], '{"a":"0","b":{"c":["","1"],"x y":{"d":"2"}}}', []],
  [['[0]', '[1].a'], '["0",{"a":"1"}]', []],
  [['__proto__.a', 'constructor'], '{"__proto__":{"a":"0"},"constructor":"1"}', []],
  // Through a text, over another, into a list by name, and past its bound.
  [['a', 'a.b', 'a', '[0]', 'l[0]', 'l.x', 'n[9999]'], '{"a":"0","l":["4"]}', ['1', '2', '3', '5', '6']],
  [['a.…', 'a b', '', '["cut', '["\\q"]', '["\n"]'], undefined, ['0', '1', '2', '3', '4', '5']],
])('%j', (paths, json, rest) => {
  const made = jsonFromPaths(paths.map((path, index) => ({ path, text: String(index) })));
  expect(made).toEqual({ ...(json !== undefined && { json }), rest });
});

it('is what paths are read from', () => {
  const names = fc.constantFrom('a', 'b', 'c d', '__proto__', 'x-y', '0', '"', '\\', '');
  const values = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.nat(999).map((n) => jws(`{"n":${n}}`)),
      fc.dictionary(names, tie('node'), { minKeys: 1, maxKeys: 3, noNullPrototype: false }),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
    ),
  })).node;
  fc.assert(
    fc.property(values, (value) => {
      const found = tokensInValue(JSON.stringify(value)).filter(({ path }) => path !== undefined);
      fc.pre(found.length > 0);
      const { json = '', rest } = jsonFromPaths(found.map(({ path = '', compact }) => ({ path, text: compact })));
      expect(rest).toEqual([]);
      expect(tokensInValue(json).toSorted(byPath)).toEqual(found.toSorted(byPath));
    }),
  );
});

it('never throws, and lists are bounded', () => {
  const hostile = fc.stringMatching(/^[au.[\]"\\\n09 ]{0,12}$/);
  fc.assert(
    fc.property(fc.array(hostile), (paths) => {
      const { json = '', rest } = jsonFromPaths(paths.map((path) => ({ path, text: 't' })));
      expect(json.split('"t"').length - 1 + rest.length).toBeGreaterThanOrEqual(Math.min(paths.length, 1));
    }),
  );
  expect(jsonFromPaths([{ path: '[999]'.repeat(64), text: 't' }]).json?.length).toBeLessThan(1_000_000);
});

const byPath = (a: { path?: string }, b: { path?: string }): number => ((a.path ?? '') < (b.path ?? '') ? -1 : 1);
