import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokensInJson } from '../../../src/core/capture/json-body.ts';
import { stepInto, type TokenInValue } from '../../../src/core/capture/value.ts';
import { jws } from './compact.ts';

const a = jws({ sub: 'alice' });
const b = jws({ sub: 'bob' });

/** JSON in a JSON string, which is followed like what stands around it. */
interface Nested {
  readonly nested: unknown;
}
const isNested = (value: unknown): value is Nested =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'nested');

/** Names that paths have to quote, that end strings early, and that every object has. */
const name = fc.oneof(
  fc.string({ maxLength: 6, unit: 'binary' }),
  fc.constantFrom('a.b', 'a"b', "a'b", '[0]', '', '\\', '\\"', '{', '}', ':', ',', '\u0000', '\ud800', 'é', '😀'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'access_token', 'eyJ', '"]["'),
);

const { tree } = fc.letrec<{ tree: unknown; branch: unknown }>((tie) => ({
  branch: fc.oneof(
    fc.array(tie('tree'), { maxLength: 4 }),
    fc
      .array(fc.tuple(name, tie('tree')), { maxLength: 4 })
      // Not by assignment, by which `__proto__` is no member.
      .map((members) => Object.fromEntries(members.filter(([one]) => one !== 'nested'))),
  ),
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom(a, b),
    fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null), fc.constant('[,{"')),
    tie('branch'),
    fc.record({ nested: tie('branch') }, { requiredKeys: ['nested'] }).map((one) => ({ ...one })),
  ),
}));

const written = (value: unknown, indent: number): string =>
  JSON.stringify(value, (_, one: unknown) => (isNested(one) ? written(one.nested, indent) : one), indent);

/** The same by JSON.parse. */
const byParser = (value: unknown, path = ''): readonly TokenInValue[] => {
  if (isNested(value)) return byParser(value.nested, path);
  if (value === a || value === b) return [{ compact: String(value), ...(path !== '' && { path }) }];
  if (Array.isArray(value)) return value.flatMap((item, index) => byParser(item, stepInto(path, index)));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([member, item]) => byParser(item, stepInto(path, member)));
};

/** Characters as escapes, which say the same: every one of the text's strings but its tokens. */
const escaped = (text: string): string =>
  text.replace(/"(?!eyJ)(?:[^"\\]|\\.)*"/g, (literal) =>
    literal.replace(/(\\u[\da-f]{4}|\\.)|[.é\w]/g, (one, kept?: string) =>
      kept === undefined ? `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}` : one,
    ),
  );

describe('tokensInJson', () => {
  it('finds each token with the path that JSON.parse leads to it by', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 1, 4), (value, indent) => {
        expect(tokensInJson(written(value, indent))).toEqual(byParser(value));
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes a name for what it says, however it is escaped', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.constantFrom(a, b)), { maxLength: 4 }), (members) => {
        const value = Object.fromEntries(members);
        expect(tokensInJson(escaped(JSON.stringify({ in: value })))).toEqual(byParser({ in: value }));
      }),
    );
  });

  it('tells both of two members of one name', () => {
    expect(tokensInJson(`{"t":"${a}","t":"${b}"}`)).toEqual([
      { compact: a, path: 't' },
      { compact: b, path: 't' },
    ]);
  });

  it('never throws, and loses no token to what stands before it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\eyJ \nn') }), (text) => {
        expect(tokensInJson(`${text} ${a}`).map(({ compact }) => compact)).toContain(a);
      }),
    );
  });
});
