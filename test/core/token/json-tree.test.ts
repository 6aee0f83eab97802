import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonNode, MAX_DEPTH, readJsonTree } from '../../../src/core/token/json-tree.ts';

/** The tree as JSON text again, from nothing but the literals as they were written. */
const write = (text: string, node: JsonNode): string => {
  switch (node.kind) {
    case 'object':
      return `{${node.members.map((m) => `${text.slice(m.offset, m.offset + m.length)}:${write(text, m.value)}`).join(',')}}`;
    case 'array':
      return `[${node.items.map((item) => write(text, item)).join(',')}]`;
    default:
      return node.source;
  }
};

const firstProblem = (text: string) => readJsonTree(text).problems[0];

describe('the tree', () => {
  it('writes any JSON back, letter by letter', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        const { root, problems, readable } = readJsonTree(text);
        expect(problems).toEqual([]);
        expect(readable).toBe(text);
        expect(root && write(text, root)).toBe(JSON.stringify(value));
        expect(root?.length).toBe(text.length);
      }),
    );
  });

  it('keeps numbers as they were written', () => {
    const text = '{"a":9007199254740993,"b":1.0,"c":1e400,"d":-0,"e":1E+2}';
    const { root } = readJsonTree(text);
    const sources = root?.kind === 'object' ? root.members.map(({ value }) => 'source' in value && value.source) : [];
    expect(sources).toEqual(['9007199254740993', '1.0', '1e400', '-0', '1E+2']);
  });

  it('says where a member stands and what its string says', () => {
    const { root } = readJsonTree('{ "\\u0061": "b\\n" }');
    expect(root).toMatchObject({
      members: [{ name: 'a', offset: 2, length: 8, value: { offset: 12, source: '"b\\n"', value: 'b\n' } }],
    });
  });

  it('agrees with JSON.parse on what is JSON', () => {
    const token = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"a"', '"', '1', '-', '01', '1.', '.5', '1e', 'true', 'nul', ' ', '\n'],
      ...['/**/', '//', "'a'", '\u0000', '"\t"', '"\\x"', '"\\u12"', 'NaN', '\ufeff', '\u00a0', '+1', '"\u2028"'],
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 8 }), (tokens) => {
        const text = tokens.join('');
        const broken = readJsonTree(text).problems.some(({ code }) => code !== 'duplicate_member');
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        expect(broken).toBe(!parses);
      }),
      { numRuns: 3000 },
    );
  });

  it('reads every beginning of a text as cut off, never as wrong', () => {
    const text = '{"a":[1.5e+3,true,null,"x\\u0041"],"b":{"c":-2}}';
    for (let end = 0; end < text.length; end++) {
      const { problems, readable } = readJsonTree(text.slice(0, end));
      expect([end, problems.map(({ code }) => code)]).toEqual([end, ['truncated']]);
      if (end > 0) expect(() => JSON.parse(readable)).not.toThrow();
    }
  });
});

describe('problems', () => {
  it.each([
    ['{"a":1,}', { code: 'json', offset: 7, line: 1, column: 8, detail: '}' }],
    ['{\n  "a": tru }', { code: 'json', offset: 9, line: 2, column: 8, detail: 'tru' }],
    ['{"a":1}x', { code: 'json', offset: 7, detail: 'x' }],
    ['{"a":1 // no\n}', { code: 'json', offset: 7, detail: '// no' }],
    ['{"a":\u202e1}', { code: 'json', offset: 5, detail: '\\u202E1' }],
    ['', { code: 'truncated', offset: 0 }],
    ['{"a":"b', { code: 'truncated', offset: 5 }],
    ['{"a":{"b":1,"b":2}}', { code: 'duplicate_member', offset: 12, line: 1, column: 13, detail: 'b' }],
    ['{"\\u0061":1,\r\n"a":2}', { code: 'duplicate_member', offset: 14, line: 2, column: 1, detail: 'a' }],
    ['[{"__proto__":1,"__proto__":2}]', { code: 'duplicate_member', detail: '__proto__' }],
  ])('%j', (text, expected) => {
    expect(firstProblem(text)).toMatchObject(expected);
  });

  it.each(['{"a":{"a":1}}', '[{"a":1},{"a":1}]', '{"__proto__":1,"constructor":2}'])('none in %s', (text) => {
    expect(readJsonTree(text).problems).toEqual([]);
  });

  it('stops at the bound of depth, not before', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(readJsonTree(nested(MAX_DEPTH)).problems).toEqual([]);
    expect(firstProblem(nested(MAX_DEPTH + 1))).toMatchObject({ code: 'too_deep', offset: MAX_DEPTH });
    expect(firstProblem(nested(100_000))?.code).toBe('too_deep');
  });

  it('tells of a few of many duplicates', () => {
    const { problems } = readJsonTree(`{${'"a":1,'.repeat(10_000)}"a":1}`);
    expect(problems).toHaveLength(16);
  });
});
