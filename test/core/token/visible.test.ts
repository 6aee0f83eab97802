import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible, visibleText } from '../../../src/core/token/visible.ts';

describe('visible', () => {
  it.each([
    ['admin\u202e', 'admin\\u202E'],
    ['a\u200bb', 'a\\u200Bb'],
    ['\u2066x\u2069', '\\u2066x\\u2069'],
    ['\0\n\t\u007f\u0085', '\\u0000\\u000A\\u0009\\u007F\\u0085'],
    ['\ufeff', '\\uFEFF'],
    ['\u{e0041}', '\\u{E0041}'],
    ['\u3164\u00ad\u2028', '\\u3164\\u00AD\\u2028'],
    ['\ud800', '\\uD800'],
  ])('shows what hides in %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown);
    expect(visible(text).some(({ escaped }) => escaped)).toBe(true);
  });

  it.each(['alice', 'Zoë Ünal', '日本語', 'سلام', '❤️', '<b>&amp;</b>', ' '])('leaves %j alone', (text) => {
    expect(visible(text)).toEqual([{ text, escaped: false }]);
  });

  it('cuts into runs', () => {
    expect(visible('a\u202e\u202db')).toEqual([
      { text: 'a', escaped: false },
      { text: '\\u202E\\u202D', escaped: true },
      { text: 'b', escaped: false },
    ]);
    expect(visible('')).toEqual([]);
  });

  it('leaves nothing hidden, and nothing out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const runs = visible(text);
        expect(visible(visibleText(text)).every(({ escaped }) => !escaped)).toBe(true);
        const back = runs.map((run) =>
          run.escaped
            ? run.text.replace(/\\u(?:\{([0-9A-F]+)\}|([0-9A-F]{4}))/g, (_, long, short) =>
                String.fromCodePoint(Number.parseInt(long ?? short, 16)),
              )
            : run.text,
        );
        expect(back.join('')).toBe(text);
      }),
    );
  });
});
