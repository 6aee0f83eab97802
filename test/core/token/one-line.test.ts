import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOut } from '../../../src/core/token/lay-out.ts';
import { oneLine } from '../../../src/core/token/one-line.ts';

test('writes as JSON.stringify does, however it was laid out', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, 4, '\t'), (value, indent) => {
      expect(oneLine(JSON.stringify([value], null, indent))).toBe(JSON.stringify([value]));
    }),
  );
});

test('is undone by laying out, and undoes it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (json) => {
      const text = `[${json}]`;
      const lines = layOut(oneLine(text), 10_000).join('\n');
      expect(oneLine(lines)).toBe(oneLine(text));
    }),
  );
});

test.each([
  [
    '{ "n" : 1.0, "big" : 12345678901234567890,\r\n\t"e" : -1E+400 }',
    '{"n":1.0,"big":12345678901234567890,"e":-1E+400}',
  ],
  ['{ "b" : 1, "a" : 2, "b" : 3 }', '{"b":1,"a":2,"b":3}'],
  [
    String.raw`{ "a b" : "\u0041 \/ \" , : { } // no comment", "\ud800" : " " }`,
    String.raw`{"a b":"\u0041 \/ \" , : { } // no comment","\ud800":" "}`,
  ],
  ['[ true , false , null , [ ] , { } ]\n', '[true,false,null,[],{}]'],
  ['{"space":"\u00a0\u2028\u3000"}', '{"space":"\u00a0\u2028\u3000"}'],
  ['', ''],
])('keeps what was written in %s', (text, line) => {
  expect(oneLine(text)).toBe(line);
});

test('takes any text, however deep or hostile', () => {
  const isNoLonger = (text: string) => oneLine(text).length <= text.length;
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\/* \n\u00a01-eu', '\ud800') }), isNoLonger));
  expect(oneLine('[1, /*')).toBe('[1,');
  for (const piece of ['[', '"', ' ', '\\"', '{"a":']) expect(isNoLonger(piece.repeat(50_000))).toBe(true);
});
