import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOut } from '../../../src/core/token/lay-out.ts';

const laidOut = (text: string) => layOut(text, 1000).join('\n');

test('lays out as JSON.stringify does', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      expect(laidOut(JSON.stringify([value]))).toBe(JSON.stringify([value], null, 2).split('\n', 1000).join('\n'));
    }),
  );
});

test.each([
  ['{"n":1.0,"big":12345678901234567890}', '{\n  "n": 1.0,\n  "big": 12345678901234567890\n}'],
  ['{"a":1,"a":', '{\n  "a": 1,\n  "a":'],
  ['[1,2', '[\n  1,\n  2'],
  [']]', ']]'],
  ['no JSON at all', 'no JSON at all'],
  ['', ''],
])('keeps what was written in %s', (text, lines) => {
  expect(laidOut(text)).toBe(lines);
});

test('draws no more than it is asked to, however deep or wide', () => {
  for (const text of ['['.repeat(100_000), '{"a":'.repeat(50_000), `[${'1,'.repeat(50_000)}`]) {
    const lines = layOut(text, 200);
    expect(lines).toHaveLength(200);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(100);
  }
});
