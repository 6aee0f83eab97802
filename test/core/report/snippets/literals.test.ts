import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { goText, javaText, pythonText, scriptText, sharpText } from '../../../../src/core/report/snippets/literals.ts';
import { hasProgram, runProgram } from '../../../fixtures/programs.ts';
import { findPython } from '../../../fixtures/python.ts';
import { hostile } from '../copy-as-arbitrary.ts';

/** Programs start slowly where many tests run at once. */
vi.setConfig({ testTimeout: 120_000 });

const texts = fc.oneof(
  hostile,
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(
    '\\u000a',
    '\\',
    '\\\\u0022',
    '"',
    '\u0000',
    '0\u00001',
    '\ud800',
    '😀',
    '`$\u007b1}`',
    '{0}',
    '</script>',
  ),
);
/** Its UTF-16 units, in which lone surrogates can be compared. */
const unitsOf = (text: string) => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).join(' ');

test('all of them are visible ASCII on one line', () => {
  fc.assert(
    fc.property(texts, (text) => {
      for (const literal of [goText, javaText, pythonText, scriptText, sharpText]) {
        expect(literal(text)).toMatch(/^"[\x20-\x7e]*"$/);
      }
      expect(scriptText(text)).not.toContain('<');
    }),
  );
});

test('JavaScript reads the text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(runInNewContext(scriptText(text))).toBe(text);
    }),
  );
});

test('Python reads the text', () => {
  const all = fc.sample(texts, 500);
  const script = `import json\nprint(json.dumps([${all.map(pythonText).join(',\n')}]))\n`;
  const read: readonly string[] = JSON.parse(execFileSync(findPython(), ['-'], { input: script, encoding: 'utf8' }));
  expect(read.map(unitsOf)).toEqual(all.map(unitsOf));
});

if (hasProgram('javac', '-version')) {
  test('Java reads the text', async () => {
    const all = fc.sample(texts, 500);
    const folder = mkdtempSync(join(tmpdir(), 'claimcheck-java-'));
    try {
      const lines = all.map((text) => `    System.out.println(${javaText(text)}.chars().boxed().toList());`);
      const file = join(folder, 'Literals.java');
      writeFileSync(
        file,
        ['class Literals {', '  public static void main(String[] a) {', ...lines, '  }', '}'].join('\n'),
      );
      const { stdout } = await runProgram('java', [file]);
      const printed = stdout.trim().split('\n');
      expect(printed.map((line) => line.replace(/[[\],]/g, ''))).toEqual(all.map(unitsOf));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
} else test('Java: not checked, there is no JDK on this machine', () => {});

/** The Go specification's interpreted string literals and C#'s regular ones, as far as they are written here. */
const ESCAPE = /\\(?:(["\\])|u([0-9a-f]{4})|U([0-9a-f]{8}))/g;
const WHOLE = /^"(?:[ !#-[\]-~]|\\["\\]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*"$/;
const read = (literal: string): string => {
  expect(literal).toMatch(WHOLE);
  return literal
    .slice(1, -1)
    .replace(ESCAPE, (_, sign?: string, short?: string, long?: string) =>
      sign === undefined ? String.fromCodePoint(Number.parseInt(short ?? long ?? '', 16)) : sign,
    );
};

test('Go and C#, read by their grammar, have the text; Go without lone surrogates', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(unitsOf(read(sharpText(text)))).toBe(unitsOf(text));
      expect(sharpText(text)).not.toContain('\\U');
      expect(read(goText(text))).toBe(text.toWellFormed());
      expect(goText(text)).not.toMatch(/\\u[dD][89a-fA-F]/);
    }),
  );
});
