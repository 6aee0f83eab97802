import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesBetween, type TextChange } from '../../../src/panel/views/json-editor-change.ts';

const apply = (text: string, changes: readonly TextChange[]): string =>
  changes.toReversed().reduce((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), text);

describe('the changes between two texts', () => {
  test('none where they are the same', () => {
    expect(changesBetween('{"a":1}', '{"a":1}')).toEqual([]);
  });

  test('one, of what is not alike, where something was set', () => {
    expect(changesBetween('{"exp":1,"a":2}', '{"exp":17,"a":2}')).toEqual([{ from: 8, to: 8, insert: '7' }]);
    expect(changesBetween('{"a":"x","b":2}', '{"a":"yy","b":2}')).toEqual([{ from: 6, to: 7, insert: 'yy' }]);
  });

  test('of a text laid out anew only the white space', () => {
    const laidOut = JSON.stringify({ a: 1, b: [true, null] }, undefined, 2);
    const changes = changesBetween('{"a":1,"b":[true,null]}', laidOut);
    expect(changes.length).toBeGreaterThan(5);
    expect(changes.every(({ from, to, insert }) => from === to && insert.trim() === '')).toBe(true);
    expect(apply('{"a":1,"b":[true,null]}', changes)).toBe(laidOut);
    expect(changesBetween(laidOut, '{"a":1,"b":[true,null]}').every(({ insert }) => insert === '')).toBe(true);
  });

  test('they make one of the other, in order, whatever the texts', () => {
    const piece = fc.constantFrom(' ', '\n', '\t', '\r', 'a', '"', ',', '\u{1f600}');
    const text = fc.oneof(
      fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
      fc.string(),
    );
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = changesBetween(before, after);
        expect(apply(before, changes)).toBe(after);
        for (const [index, { from, to }] of changes.entries()) {
          expect(to).toBeGreaterThanOrEqual(from);
          expect(from).toBeGreaterThanOrEqual(changes[index - 1]?.to ?? 0);
        }
      }),
    );
  });
});
