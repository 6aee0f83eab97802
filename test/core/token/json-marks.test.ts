import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type JsonMark,
  jsonMarks,
  MAX_TYPED,
  periodMark,
  replacedMark,
  sizeMarks,
} from '../../../src/core/token/json-marks.ts';

const shortly = ({ code, from, to, line, column, detail, severity }: JsonMark) =>
  `${severity} ${code} ${from}-${to} ${line}:${column}${detail === undefined ? '' : ` ${detail}`}`;
const marksOf = (text: string, part: 'header' | 'payload' = 'header', original?: string) =>
  jsonMarks(text, part, original).map(shortly);

test.each([
  ['{"a":1}', []],
  ['{"a": tru }', ['error json 6-9 1:7 tru']],
  ['{\n  "a": 1,\n}', ['error json 12-13 3:1 }']],
  ['{"a":1', ['error json 6-6 1:7 ']],
  ['{"a":"x', ['error json 5-7 1:6 ']],
  ['', ['error json 0-0 1:1 ']],
  ['{"a":1}\r\n"rest" ', ['error json 9-15 2:1 "rest"']],
  ['{"a":1,\r\n "a":2}', ['error duplicate_member 10-13 2:2 a']],
  ['\ufeff{}', ['error json 0-1 1:1 U+FEFF']],
])('of %j: %j', (text, marks) => {
  expect(marksOf(text)).toEqual(marks);
});

test('a header is an object; a payload may be anything, and is told that it is no claims set', () => {
  expect(marksOf('[1]')).toEqual(['error not_object 0-3 1:1']);
  expect(marksOf('"text"', 'payload')).toEqual(['warning not_object 0-6 1:1']);
});

test.each([
  ['1.0', '1'],
  ['-0', '0'],
  ['1E2', '100'],
  ['0.10', '0.1'],
  ['1e-7', '1e-7'],
  ['1.5e+3', '1500'],
  ['100000000000000000000000', '1e+23'],
])('%s is the same number, written otherwise', (literal, detail) => {
  const marks = literal === detail ? [] : [`warning other_number 11-${11 + literal.length} 2:10 ${detail}`];
  expect(marksOf(`{\n"a": [0, ${literal}]}`)).toEqual(marks);
});

test.each([
  ['1e400', 'Infinity'],
  ['9007199254740993', '9007199254740992'],
  ['12345678901234567890', '12345678901234567000'],
  ['0.10000000000000000001', '0.1'],
  ['1e-400', '0'],
])('%s is another number to who reads it: an error, unless the original has it', (literal, detail) => {
  const text = `{\n"a": [0, ${literal}]}`;
  const place = `11-${11 + literal.length} 2:10 ${detail}`;
  expect(marksOf(text)).toEqual([`error lossy_number ${place}`]);
  expect(marksOf(text, 'header', `{"b":${literal}}`)).toEqual([`warning other_number ${place}`]);
  // In a text, or as a part of a longer number, it is none of the original's.
  expect(marksOf(text, 'header', `{"b":"${literal}","c":[${literal}0]}`)).toEqual([`error lossy_number ${place}`]);
});

test.each(['1', '-1.5', '0', '1700000000', '0.1', '9007199254740991'])('%s is', (literal) => {
  expect(marksOf(`{"a":${literal}}`)).toEqual([]);
});

test('lines are counted as editors count them', () => {
  expect(marksOf('{"a":1.0,\r\n"b":1.0,\n"c":1.0,\r"d":1.0}').map((mark) => mark.split(' ')[3])).toEqual([
    ...['1:6', '2:5', '3:5', '4:5'],
  ]);
});

test('marks stand inside of the text, in order, and each error of a text is one that JSON.parse has, or a name that stands twice', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.jsonValue().map((value) => JSON.stringify(value)),
        fc
          .array(fc.constantFrom('{', '}', '[', ']', '"a"', ':', ',', '1.0', ' ', '\n', '\r', '"'))
          .map((all) => all.join('')),
      ),
      (text) => {
        const marks = jsonMarks(text, 'payload');
        for (const { from, to } of marks) {
          expect(from).toBeLessThanOrEqual(to);
          expect(to).toBeLessThanOrEqual(text.length);
        }
        expect(marks.map(({ from }) => from)).toEqual(marks.map(({ from }) => from).toSorted((a, b) => a - b));
        const isJson = (() => {
          try {
            JSON.parse(text);
            return true;
          } catch {
            return false;
          }
        })();
        expect(marks.some(({ code }) => code === 'json')).toBe(!isJson);
      },
    ),
    { numRuns: 500 },
  );
});

test('hostile texts are marked a hundred times at the most, and none throws', () => {
  expect(jsonMarks('['.repeat(100_000), 'payload').map(({ code }) => code)).toEqual(['too_deep']);
  expect(jsonMarks(`[${'1.0,'.repeat(500_000)}1]`, 'payload').length).toBeLessThanOrEqual(101);
  expect(jsonMarks(`{${'"a":1,'.repeat(100_000)}"a":1}`, 'payload').length).toBeLessThanOrEqual(20);
  expect(jsonMarks(`"${'\\'.repeat(1_000_001)}`, 'payload')).toHaveLength(1);
  expect(jsonMarks(' '.repeat(MAX_TYPED + 1), 'payload').map(shortly)).toEqual([
    `error too_large 0-0 1:1 ${MAX_TYPED}`,
  ]);
  expect(sizeMarks('x'.repeat(MAX_TYPED))).toEqual([]);
});

test('a period is marked where it stands first', () => {
  expect(periodMark('{"a":1}')).toBeUndefined();
  expect(periodMark('ab\nc.d.')).toMatchObject({
    code: 'period',
    from: 4,
    to: 5,
    line: 2,
    column: 2,
    severity: 'error',
  });
});

test('what is no character is marked where it stands first', () => {
  expect(replacedMark('a\ud83d\ude00\ufffd', false)).toBeUndefined();
  expect(replacedMark('a\ud83d\ude00', true)).toBeUndefined();
  expect(replacedMark('\ud83d\ude00\n\ufffd', true)).toMatchObject({ code: 'replaced', from: 3, line: 2, column: 1 });
  expect(replacedMark('a\ud83d', false)).toMatchObject({ from: 1, to: 2, detail: 'U+FFFD', severity: 'warning' });
});
