import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOUNDS } from '../../../../src/core/report/import/bounds.ts';
import { createCutter } from '../../../../src/core/report/import/cutter.ts';
import { skimHar } from '../../../../src/core/report/import/skim.ts';
import { cutAt, octetsOf } from '../../../fixtures/import.ts';

/** How the same JSON may be written: no string has a line break in it. */
const LAYOUTS: readonly ((value: unknown) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, undefined, 2),
  (value) => JSON.stringify(value, undefined, '\t').replaceAll('\n', '\r\n'),
  (value) => JSON.stringify(value, undefined, 1).replace(/\n\s*/g, ' '),
  (value) => JSON.stringify(value, undefined, 1).replace(/\n\s*/g, '\n'),
  (value) =>
    JSON.stringify(value, undefined, 1).replace(/,\n\s*"(?:text|comment)"/g, (found) => found.replace(/\n\s*/, ' ')),
  (value) => JSON.stringify(value, undefined, 4).replaceAll('\n', '\r'),
  (value) =>
    JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
];

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"text":"', '}, {"', '\\', '"content":{"text":"', '",\n', '\\"', '}\n      },\n      {'),
);
/** Long enough to be skimmed, most of them. */
const body = fc.tuple(text, fc.nat(300)).map(([piece, times]) => piece.repeat(times));
const entries = fc.oneof(
  fc.array(fc.jsonValue(), { maxLength: 8 }),
  // What is alike is leapt over, from the third one on.
  fc.array(
    fc.record(
      {
        request: fc.record({ url: text, postData: fc.record({ text: body }) }, { requiredKeys: ['url'] }),
        response: fc.record({ content: fc.record({ mimeType: text, text: body, comment: text }) }),
        cache: fc.jsonValue(),
      },
      { requiredKeys: ['request', 'response'] },
    ),
    { minLength: 4, maxLength: 8 },
  ),
);
const file = fc.record({
  before: fc.jsonValue(),
  log: fc.record({ pages: fc.array(fc.jsonValue()), entries, comment: text }),
  after: fc.jsonValue(),
});

const withoutBody = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (name, member) => (name === 'content' ? { ...member, text: '' } : member));

describe.each([
  ['as they are', undefined, (value: unknown) => value],
  ['but for bodies that are left out', skimHar, withoutBody],
] as const)('the entries that are cut out of any JSON, %s', (_, skim, seen) => {
  it('are those of JSON.parse, however it is written and comes', () => {
    fc.assert(
      fc.property(file, fc.constantFrom(...LAYOUTS), fc.array(fc.nat(), { maxLength: 2 }), (value, layout, places) => {
        const octets = octetsOf(layout(value));
        const cutter = createCutter(new Set(['log.entries[]']), BOUNDS, expect.fail, skim);
        const chunks = cutAt(
          octets,
          places.map((place) => place % (octets.length + 1)),
        );
        const cuts = chunks.flatMap((chunk) => [...cutter.take(chunk)]);
        expect(cutter.isDone()).toBe(true);
        expect(seen(cuts.map(({ json }) => json?.value))).toEqual(
          seen(JSON.parse(new TextDecoder().decode(octets)).log.entries),
        );
        for (const { offset, json } of cuts) {
          const first = String.fromCharCode(octets[offset] ?? 0);
          expect(JSON.stringify(json?.value)[0]).toBe(first);
        }
      }),
      { numRuns: 400 },
    );
  });
});
