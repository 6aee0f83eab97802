import fc from 'fast-check';
import { expect, test } from 'vitest';
import { removeMember, setMember, valueRange } from '../../../src/core/token/edit-json.ts';
import { readJsonTree } from '../../../src/core/token/json-tree.ts';

/** Any JSON value as somebody may have written it: spaces wherever they may be, numbers in any form. */
const space = fc.constantFrom('', '', ' ', '\n', '\r\n', '\t', '\n  ', '  \n');
const number = fc.constantFrom('1.0', '-0', '1e400', '12345678901234567890', '0.10', '3');
const leaf = fc.oneof(
  number,
  fc.constantFrom('true', 'null', '"\\u0041"', '"{\\"a\\":1}"'),
  fc.string().map((text) => JSON.stringify(text)),
);
const spaced = (parts: readonly string[]) =>
  fc
    .array(space, { minLength: parts.length + 1, maxLength: parts.length + 1 })
    .map((spaces) => spaces.map((one, index) => one + (parts[index] ?? '')).join(''));
const name = fc.oneof(fc.constantFrom('exp', 'a', '__proto__', '"', '\\', 'ä', '\ud83d\ude00', ''), fc.string());
const nameLiteral = name.map((text) => JSON.stringify(text));
const { value: spacedValue } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }).chain((items) => spaced(['[', ...joinWith(items), ']'])),
    fc
      .array(fc.tuple(nameLiteral, tie('value')), { maxLength: 3 })
      .chain((members) => spaced(['{', ...joinWith(members.map(([key, value]) => `${key} : ${value}`)), '}'])),
  ),
}));
const anyValue = spacedValue.map((text) => text.trim());
const joinWith = (items: readonly string[]): string[] =>
  items.flatMap((item, index) => (index === 0 ? [item] : [',', item]));
const anyObject = fc
  .array(fc.tuple(nameLiteral, space, space, anyValue), { maxLength: 5 })
  .chain((members) =>
    spaced(['{', ...joinWith(members.map(([key, before, after, value]) => `${key}${before}:${after}${value}`)), '}']),
  );

const valuesOf = (text: string): readonly (readonly [string, string])[] => {
  const { root } = readJsonTree(text);
  if (root?.kind !== 'object') throw new Error('no object');
  return root.members.map((member) => {
    const { offset, length } = member.value;
    return [member.name, text.slice(offset, offset + length)];
  });
};

test('a member is set, and every octet outside of the edit is as it was', () => {
  fc.assert(
    fc.property(anyObject, name, anyValue, (text, key, value) => {
      const edited = setMember(text, key, value);
      if (!edited) throw new Error('refused');
      const { edit } = edited;
      expect(edited.text.slice(edited.from, edited.to)).toBe(value);
      expect(edited.text).toBe(text.slice(0, edit.from) + edit.insert + text.slice(edit.to));
      expect(() => JSON.parse(edited.text)).not.toThrow();
      const before = valuesOf(text);
      const at = before.findLastIndex(([one]) => one === key);
      const after = at < 0 ? [...before, [key, value]] : before.with(at, [key, value]);
      expect(valuesOf(edited.text)).toEqual(after);
      // What is replaced is the value alone; what is added replaces nothing.
      expect(text.slice(edit.from, edit.to)).toBe(at < 0 ? '' : before[at]?.[1]);
    }),
    { numRuns: 500 },
  );
});

test('what was added can be taken out again, and nothing else goes', () => {
  fc.assert(
    fc.property(anyObject, name, (text, key) => {
      const removed = removeMember(text, key);
      if (removed === undefined) throw new Error('refused');
      const before = valuesOf(text);
      const at = before.findLastIndex(([one]) => one === key);
      expect(valuesOf(removed)).toEqual(before.filter((_, index) => index !== at));
      if (at < 0) expect(removed).toBe(text);
      if (at < 0)
        expect(removeMember(setMember(text, key, '1')?.text ?? '', key)?.replace(/\s/g, '')).toBe(
          text.replace(/\s/g, ''),
        );
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['{}', '{"exp":1}'],
  ['{ }', '{ "exp": 1 }'],
  ['{\n}', '{\n  "exp": 1\n}'],
  ['{\r\n}', '{\r\n  "exp": 1\r\n}'],
  ['{"a":1}', '{"a":1,"exp":1}'],
  ['{"a": 1}', '{"a": 1, "exp": 1}'],
  ['{ "a": 1 }', '{ "a": 1, "exp": 1 }'],
  ['{"a":1,\n "b":2}', '{"a":1,\n "b":2,\n "exp":1}'],
  ['{\n\t"a": 1.0\n}\n', '{\n\t"a": 1.0,\n\t"exp": 1\n}\n'],
  ['{\r\n    "a": [\r\n    ]\r\n}', '{\r\n    "a": [\r\n    ],\r\n    "exp": 1\r\n}'],
  ['{"exp":2, "a": 1}', '{"exp":1, "a": 1}'],
  ['{"exp":2,"exp":3}', '{"exp":2,"exp":1}'],
  ['{"\\u0065xp": 2.0 }', '{"\\u0065xp": 1 }'],
  ['{"a":{"exp":2}}', '{"a":{"exp":2},"exp":1}'],
])('%j becomes %j', (text, expected) => {
  const edited = setMember(text, 'exp', '1');
  expect(edited?.text).toBe(expected);
  expect(valueRange(expected, 'exp')).toEqual({ from: edited?.from, to: edited?.to });
});

test.each(['', ' ', '[]', '1', '"{}"', '{', '{"a":}', '{"a":1,}', '{}{}', '{"a":1}x', '// {}\n{}', '{/**/}'])(
  '%j is left alone',
  (text) => {
    expect(setMember(text, 'exp', '1')).toBeUndefined();
    expect(removeMember(text, 'exp')).toBeUndefined();
    expect(valueRange(text, 'exp')).toBeUndefined();
  },
);

test.each([
  ['{"a":1}', '{}'],
  ['{ "a": 1, "b": 2 }', '{ "b": 2 }'],
  ['{"b":2, "a":1}', '{"b":2}'],
  ['{\n  "b": 2,\n  "a": 1,\n  "c": 3\n}', '{\n  "b": 2,\n  "c": 3\n}'],
  ['{"a":1,"a":2}', '{"a":1}'],
])('without a, %j is %j', (text, expected) => {
  expect(removeMember(text, 'a')).toBe(expected);
});

test('depth and length are taken as they come', () => {
  for (const deep of ['['.repeat(100_000), '{"a":'.repeat(100_000), `{"a":${'['.repeat(100_000)}`]) {
    expect(setMember(deep, 'exp', '1')).toBeUndefined();
  }
  const long = `{"a":"${'x'.repeat(1_000_000)}"}`;
  expect(setMember(long, 'exp', '1')?.text).toBe(`${long.slice(0, -1)},"exp":1}`);
});
