import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leakScanner } from '../../../src/core/report/proof.ts';
import { processorTime } from '../../fixtures/processor-time.ts';
import { compacts, encodings, signatures } from './arbitrary.ts';

const INNOCENT = fc.string({ maxLength: 40, unit: fc.constantFrom(...'abc xyz/:.,-_%"{}012\\') });

describe('leakScanner', () => {
  it('finds whole tokens, payloads and signatures in every encoding', () => {
    const planted = fc.tuple(fc.array(compacts, { minLength: 1, maxLength: 5 }), fc.nat(4), fc.nat(2));
    fc.assert(
      fc.property(planted, fc.constantFrom(...encodings), INNOCENT, INNOCENT, ([tokens, which, part], encode, a, b) => {
        const at = which % tokens.length;
        const compact = tokens[at] ?? '';
        const [, payload = '', signature = ''] = compact.split('.');
        const secret = [compact, payload, signature][part] ?? '';
        fc.pre(secret.length >= 31);
        const found = leakScanner(tokens)(`${a} ${encode(secret)} ${b}`);
        expect(found.length).toBeGreaterThan(0);
        if (new Set(tokens).size === tokens.length && part === 2) expect(found).toContain(at);
      }),
    );
  });

  it('finds a signature cut short, and one in the other base64', () => {
    const bytes = new Uint8Array(64).fill(0xfb);
    const token = `eyJhbGciOiJFUzI1NiJ9.e30.${bytes.toBase64({ alphabet: 'base64url', omitPadding: true })}`;
    expect(leakScanner([token])(`x${bytes.toBase64()}`)).toEqual([0]);
    const varied = `eyJhbGciOiJFUzI1NiJ9.e30.${Array.from({ length: 86 }, (_, i) => String.fromCharCode(65 + ((i * 7) % 26))).join('')}`;
    expect(leakScanner([varied])(varied.slice(-86, -40))).toEqual([0]);
  });

  it.each([0, 1, 2])(
    'finds it in base64 three times over, %i octets behind the beginning of the innermost',
    (before) => {
      // One block: a longer secret has others, which begin elsewhere.
      const secret = signatures(1).slice(0, 16);
      const inner = `${'x'.repeat(before)}${secret} and more`;
      const encoded = [1, 2, 3].reduce((text) => Buffer.from(text).toString('base64'), inner);
      expect(leakScanner([secret])(encoded)).toEqual([0]);
    },
  );

  it('is silent on innocent text', () => {
    fc.assert(
      fc.property(fc.array(compacts, { maxLength: 5 }), INNOCENT, (tokens, text) => {
        expect(leakScanner(tokens)(text)).toEqual([]);
      }),
    );
    expect(leakScanner(['', 'a', 'a.b.c'])('any text whatsoever, of any length')).toEqual([]);
  });

  it('answers in order, each once', () => {
    const tokens = fc
      .sample(compacts, { numRuns: 3, seed: 7 })
      .map((token, i) => `${token}${'xyz'.charAt(i)}${signatures(i)}`);
    expect(leakScanner(tokens)([...tokens, ...tokens].reverse().join(' '))).toEqual([0, 1, 2]);
  });

  it('scans megabytes for thousands of tokens in linear time', () => {
    const tokens = Array.from(
      { length: 10_000 },
      (_, i) => `eyJhbGciOiJIUzI1NiJ9.${signatures(i)}${signatures(-i)}.${signatures(i + 0.5)}`,
    );
    const text = 'eyJhbGciOiJIUz '.repeat(300_000);
    const took = processorTime(() => expect(leakScanner(tokens)(text)).toEqual([]));
    expect(took).toBeLessThan(10_000); // one indexOf per token would take minutes
  }, 120_000);
});
