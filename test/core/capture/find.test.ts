import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { findTokens } from '../../../src/core/capture/find.ts';
import { headerOf, jwe, jws, withHeader } from './compact.ts';

const texts = (text: string, limit?: number) => findTokens(text, limit).map(({ start, end }) => text.slice(start, end));
const vector = (name: string): string => readFileSync(`../shared/vectors/spec-examples/${name}`, 'utf8');

describe('findTokens', () => {
  it.each([
    ['{"', '{"alg":"HS256"}'],
    ['a space', '{ "alg":"HS256"}'],
    ['a line feed', '{\n  "alg": "HS256"\n}'],
    ['CR LF', '{\r\n "alg":"HS256"}'],
    ['a tab', '{\t"alg":"HS256"}'],
    ['a line feed and no more', '{\n"alg":"HS256"}\n'],
  ])('finds a header that begins with %s', (_, header) => {
    const token = withHeader(header);
    expect(texts(`x ${token} y`)).toEqual([token]);
  });

  it('finds a header of any length, whatever white space ends it', () => {
    for (const end of ['', ' ', '\n', '\r\n', '\t']) {
      for (const kid of ['', 'a', 'ab', 'abc']) {
        const token = withHeader(`{"alg":"HS256","kid":"${kid}"}${end}`);
        expect(texts(token)).toEqual([token]);
      }
    }
  });

  it('finds a JWE, with and without an encrypted key', () => {
    const keyed = jwe().replace('..', '.a2V5.');
    expect(texts(`${jwe()} ${keyed}`)).toEqual([jwe(), keyed]);
  });

  it('finds broken tokens of two segments, and a JWE of four, when the header is JOSE', () => {
    const [header, payload] = jws().split('.');
    expect(texts(`${header}.${payload}`)).toEqual([`${header}.${payload}`]);
    const broken = jwe().slice(0, jwe().lastIndexOf('.'));
    expect(texts(`${broken} ${broken}.`)).toEqual([broken, `${broken}.`]);
    const foreign = Buffer.from('{"user":1}').toString('base64url');
    expect(texts(`${foreign}.${payload}`)).toEqual([]);
  });

  it.each(['.aB3-_9', '.jpg', '.Next', '.', '..', '.a.b', '.a.b.c'])('leaves out %j behind a whole token', (after) => {
    expect(texts(`s%3A${jws()}${after}`)).toEqual([jws()]);
    expect(texts(`${jwe()}${after}`)).toEqual([jwe()]);
  });

  it('finds a token right behind another', () => {
    expect(texts(`${jws()}.${jws({ sub: 'bob' })}`)).toEqual([jws(), jws({ sub: 'bob' })]);
  });

  it('refuses what only looks like a token', () => {
    const flask = `${Buffer.from('{"user":"alice"}').toString('base64url')}.aQ2f3w.5wJX0iOW8bRL3kHHbNmEp7m0xk8`;
    expect(texts(flask)).toEqual([]);
    expect(texts('eyJhbGciOiJIUzI1NiJ9...')).toEqual([]);
    expect(texts('eyJhbGciOiJIUzI1NiJ9')).toEqual([]);
    expect(texts(`${Buffer.from('["alg"]').toString('base64url')}.e30.x`)).toEqual([]);
  });

  it('finds each token of the specifications and none of their look-alikes', () => {
    const dpop: { proofs: { jwt: string }[]; lookalikes_not_jwt: string[] } = JSON.parse(vector('dpop-rfc9449.json'));
    for (const { jwt } of dpop.proofs) expect(texts(`DPoP: ${jwt}\n`)).toEqual([jwt]);
    expect(dpop.lookalikes_not_jwt).not.toHaveLength(0);
    for (const lookalike of dpop.lookalikes_not_jwt) expect(texts(lookalike)).toEqual([]);
  });

  it.each(['%22', 'Bearer%20', 'jwt-', 'homework-', '\\n', '\\u0022', 's%3A', 'v1.', 'eyJ.eyJ.', '"', '='])(
    'finds a token behind %j',
    (before) => {
      expect(texts(before + jws())).toEqual([jws()]);
    },
  );

  it('does not take the payload of a token with a broken header for a header', () => {
    const [, payload] = jws({ typ: 'Bearer', sub: 'alice' }).split('.');
    expect(texts(`eyJhbGciOiJIUzI1NiJ.${payload}.c2ln`)).toEqual([]);
  });

  it('leaves out the dot that ends a sentence, and keeps the one of an unsecured token', () => {
    expect(texts(`The token is ${jws()}.`)).toEqual([jws()]);
    const unsecured = withHeader('{"alg":"none"}').replace(/c2ln$/, '');
    expect(texts(`${unsecured} `)).toEqual([unsecured]);
  });

  it('keeps a detached payload', () => {
    const [header, , signature] = jws().split('.');
    expect(texts(`${header}..${signature}`)).toEqual([`${header}..${signature}`]);
  });

  describe('with the tail of an SD-JWT', () => {
    const disclosure = Buffer.from('["salt","name","Alice"]').toString('base64url');
    const spaced = Buffer.from('[\n "salt", "DE"]').toString('base64url');
    const binding = withHeader('{"alg":"ES256","typ":"kb+jwt"}');

    it.each([
      ['no disclosure', '~'],
      ['one', `~${disclosure}~`],
      ['several', `~${disclosure}~${spaced}~${disclosure}~`],
      ['a key binding', `~${disclosure}~${binding}`],
      ['a key binding that does not say so', `~${disclosure}~${jws({ nonce: 'n' })}`],
      ['a key binding and no disclosure', `~${binding}`],
    ])('takes %s', (_, tail) => {
      for (const after of ['', ' ', '"', '&state=1', ';', ', x', '</p>', '\n'])
        expect(texts(`vp_token=${jws()}${tail}${after}`)).toEqual([jws() + tail]);
    });

    it.each(['~user', '~1', '~WyJhIiwiYiIsMV0', `~${'a'.repeat(43)}~x`, '~-'])('leaves out %j', (after) => {
      expect(texts(jws() + after)).toEqual([jws()]);
    });

    it('keeps two tokens apart that a tilde joins', () => {
      expect(texts(`${jws()}~${jws({ sub: 'bob' })}`)).toEqual([jws(), jws({ sub: 'bob' })]);
    });

    it('ends where no disclosure follows', () => {
      expect(texts(`${jws()}~${disclosure}~else`)).toEqual([`${jws()}~${disclosure}~`]);
      expect(texts(`${jws()}~${disclosure}~${spaced}`)).toEqual([`${jws()}~${disclosure}~`]);
    });

    it('finds each of the specification, whole', () => {
      const examples: { value: string }[] = JSON.parse(vector('sd-jwt-compact.json'));
      expect(examples).toHaveLength(8);
      for (const { value } of examples) expect(texts(`vp_token=${value}&x=1`)).toEqual([value]);
      expect(texts(examples.map(({ value }) => value).join('\n'))).toEqual(examples.map(({ value }) => value));
    });
  });

  it('stops at the limit', () => {
    expect(texts(`${jws()} ${jws()} ${jws()}`, 2)).toHaveLength(2);
  });

  it('never throws; ranges are in order, disjoint, and have headers that are objects', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'eyJ',
        'ewo',
        'ew0K',
        '.',
        '..',
        '-',
        '%22',
        ' ',
        '"',
        'eyJhbGciOiJIUzI1NiJ9',
        'e30',
        '~',
        'WyI',
        jws(),
        jwe(),
      ),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        for (const { start, end } of findTokens(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
          expect(headerOf(text.slice(start, end))).toBeTypeOf('object');
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('finds a planted token in any surroundings', () => {
    const outside = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(outside, outside, fc.object(), (before, after, claims) => {
        const token = jws(claims);
        expect(texts(`${before} ${token}"${after}`)).toContain(token);
      }),
    );
  });

  describe('does bounded work', () => {
    const decodes = (text: string): { readonly attempts: number; readonly characters: number } => {
      const spy = vi.spyOn(Uint8Array, 'fromBase64');
      findTokens(text);
      const characters = spy.mock.calls.reduce((sum, [encoded]) => sum + encoded.length, 0);
      const attempts = spy.mock.calls.length;
      spy.mockRestore();
      return { attempts, characters };
    };

    it('on 8 MB of eyJ', () => {
      expect(decodes('eyJ'.repeat(2_800_000)).attempts).toBe(0);
      expect(decodes(`${'eyJ'.repeat(2_800_000)}.x`).attempts).toBeLessThanOrEqual(4);
    });

    it('on headers that never end, one inside the other', () => {
      const size = 60_000;
      expect(decodes(`${'eyJh-'.repeat(size / 5)}.x`).characters).toBeLessThanOrEqual(4 * size);
    });

    it('on headers that break off', () => {
      expect(decodes('eyJhbGciOiJIUzI1NiJ.'.repeat(1_000)).attempts).toBe(0);
    });

    it('on tilde after tilde, and disclosures without end', () => {
      expect(decodes(jws() + '~'.repeat(1_000_000)).attempts).toBeLessThanOrEqual(2);
      expect(decodes(jws() + '~WyJh'.repeat(200_000)).characters).toBeLessThanOrEqual(100);
      const short = 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln';
      expect(decodes(`${short}~`.repeat(3_000)).attempts).toBeLessThanOrEqual(6_000);
    });

    it('on valid headers joined by dots', () => {
      const header = 'eyJhbGciOiJIUzI1NiJ9';
      const count = 3_000;
      expect(decodes(`${header}.`.repeat(count)).attempts).toBeLessThanOrEqual(count);
    });
  });
});
