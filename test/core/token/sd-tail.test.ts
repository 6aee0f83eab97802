import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { MAX_DISCLOSURES, readTail, tailStart } from '../../../src/core/token/sd-tail.ts';

const encode = (value: unknown): string =>
  new TextEncoder().encode(JSON.stringify(value)).toBase64({ alphabet: 'base64url', omitPadding: true });
const JWT = `${encode({ alg: 'ES256' })}.${encode({ _sd: [] })}.AAAA`;
const BINDING = `${encode({ alg: 'ES256', typ: 'kb+jwt' })}.${encode({ nonce: 'n' })}.AAAA`;
const DISCLOSURE = encode(['salt', 'name', 'Alice']);

describe('an SD-JWT', () => {
  it.each<[string, string, readonly string[]]>([
    ['without disclosures', `${JWT}~`, []],
    ['with one', `${JWT}~${DISCLOSURE}~`, [DISCLOSURE]],
    ['with two', `${JWT}~${DISCLOSURE}~WyJh~`, [DISCLOSURE, 'WyJh']],
    ['with an empty one', `${JWT}~~`, ['']],
  ])('%s', (_, compact, disclosures) => {
    expect(decode(compact)).toEqual({ ...decode(JWT), compact, disclosures });
  });

  it('with a key binding', () => {
    for (const disclosures of [[], [DISCLOSURE]]) {
      const compact = [JWT, ...disclosures, BINDING].join('~');
      expect(decode(compact)).toEqual({ ...decode(JWT), compact, disclosures, keyBinding: decode(BINDING) });
    }
  });

  it('without its last tilde', () => {
    const compact = `${JWT}~WyJh~${DISCLOSURE}`;
    const { disclosures, keyBinding, problems } = decode(compact);
    expect(disclosures).toEqual(['WyJh', DISCLOSURE]);
    expect(keyBinding).toBeUndefined();
    expect(problems).toEqual([{ code: 'tilde_missing', segment: 'token', offset: compact.length }]);
    expect(decode(`${JWT}~${DISCLOSURE}`).disclosures).toEqual([DISCLOSURE]);
  });

  it('with more disclosures than are read', () => {
    const { disclosures, problems } = decode(JWT + '~WyJh'.repeat(MAX_DISCLOSURES + 1));
    expect(disclosures).toHaveLength(MAX_DISCLOSURES);
    expect(problems).toContainEqual(expect.objectContaining({ code: 'too_many', detail: String(MAX_DISCLOSURES) }));
    expect(decode(`${JWT}${'~WyJh'.repeat(MAX_DISCLOSURES)}~`).problems).toEqual([]);
  });

  it('has the problems of its JWT, where they stand', () => {
    expect(decode(`${JWT.slice(0, -1)}*~${DISCLOSURE}~`).problems).toContainEqual(
      expect.objectContaining({ code: 'character', segment: 'signature', offset: JWT.length - 1 }),
    );
    expect(decode(`${JWT}A~${DISCLOSURE}~`).problems).toEqual([
      expect.objectContaining({ code: 'length', segment: 'signature' }),
    ]);
  });
});

describe('what is none', () => {
  it.each(['', '~', 'a~b', 'a.b~c', '.~.', JWT, `${encode({ alg: 'HS256', b64: false, crit: ['b64'] })}.a~b.AAAA`])(
    '%s',
    (compact) => {
      expect(tailStart(compact)).toBeUndefined();
      expect(decode(compact).disclosures).toBeUndefined();
    },
  );
});

it('gives back what it was put together from', () => {
  const part = fc.stringMatching(/^[\w-]{0,12}$/);
  fc.assert(
    fc.property(fc.array(part), fc.constantFrom(undefined, BINDING, 'a.b'), (disclosures, bound) => {
      const compact = [JWT, ...disclosures, bound ?? ''].join('~');
      expect(tailStart(compact)).toBe(JWT.length);
      expect(readTail(compact, JWT.length)).toEqual({ disclosures, problems: [], ...(bound && { bound }) });
    }),
  );
});
