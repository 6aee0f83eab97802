import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../../../src/core/report/import/bounds.ts';
import { packedIn, unpackBody } from '../../../../src/core/report/import/packed-body.ts';
import { type Exchange, harOf } from '../../../fixtures/har.ts';
import { imported, octetsOf } from '../../../fixtures/import.ts';
import { pairFor, publicJwk } from '../../../fixtures/keys.ts';
import { compact } from '../../../fixtures/tokens.ts';

const token = (jti: string) => compact({ alg: 'HS256', typ: 'JWT' }, { jti }, 'c2lnbmF0dXJl');
const BODY = JSON.stringify({ pad: 'ü'.repeat(500), access_token: token('packed') });
const base64 = (octets: Uint8Array) => Buffer.from(octets).toString('base64');

/** Of each exchange the body, in base64, is these octets. */
const harWith = (...given: readonly (readonly [Uint8Array, string?, Partial<Exchange>?])[]): string => {
  const exchanges = given.map(([, encoding, more], index) => ({
    ...{ url: `https://api.test/${index}`, body: `body ${index}`, base64: true },
    ...(encoding !== undefined && { answerHeaders: { 'Content-Encoding': encoding } }),
    ...more,
  }));
  return given.reduce(
    (har, [octets], index) => har.replace(base64(octetsOf(`body ${index}`)), base64(octets)),
    harOf('chromium', exchanges),
  );
};
const read = (har: string, bounds: Partial<Bounds> = {}) => imported(har, bounds);
const jtis = ({ tokens }: Awaited<ReturnType<typeof imported>>) =>
  tokens.map(({ compact }) => JSON.parse(Buffer.from(compact.split('.')[1] ?? '', 'base64url').toString()).jti);

describe('a body in base64 that is still packed', () => {
  it.each<readonly [string, Uint8Array, string | undefined]>([
    ['gzip', gzipSync(BODY), 'gzip'],
    ['gzip that no header tells of', gzipSync(BODY), undefined],
    ['gzip of several members', Buffer.concat([gzipSync(BODY.slice(0, 90)), gzipSync(BODY.slice(90))]), 'gzip'],
    ['deflate', deflateSync(BODY), 'deflate'],
    ['deflate that packs little', deflateSync(BODY, { level: 1 }), 'DEFLATE'],
    ['nothing, whatever the header says', octetsOf(BODY), 'br'],
  ])('is read: %s', async (_, octets, encoding) => {
    const { sightings, problems, exchanges } = await read(harWith([octets, encoding]));
    expect(sightings).toMatchObject([{ place: { kind: 'response_body', path: 'access_token' } }]);
    expect([exchanges.length, problems]).toEqual([1, []]);
  });

  it.each<readonly [string, Uint8Array, string]>([
    ['Brotli', brotliCompressSync(BODY), 'br'],
    ['deflate without its header', deflateRawSync(BODY), 'deflate'],
    ['Zstandard', octetsOf(Buffer.from('28b52ffd0458410000010203', 'hex')), 'zstd'],
    ['gzip that breaks at once', octetsOf(Buffer.from(`1f8b0800000000000003${'ff'.repeat(30)}`, 'hex')), 'gzip'],
  ])('that cannot be unpacked is told, and the others are read: %s', async (_, octets, encoding) => {
    const har = harWith([octets, encoding], [gzipSync(BODY), 'gzip'], [octets, encoding]);
    const result = await read(har);
    expect(jtis(result)).toEqual(['packed']);
    expect(result.problems).toEqual([expect.stringMatching(/^packed \d+:\d+ 2$/)]);
    expect(result.end.read).toBe(3);
  });

  it('that was cut gives its beginning, and says so', async () => {
    const text = JSON.stringify({ a: token('a'), pad: Array.from({ length: 500 }, (_, index) => Math.sin(index)) });
    const { sightings, problems } = await read(harWith([gzipSync(text).subarray(0, -500), 'gzip']));
    expect(sightings).toMatchObject([{ place: { path: 'a', cut: true } }]);
    expect(problems).toEqual([expect.stringMatching(/^packed \d+:\d+ 1$/)]);
  });

  it('leaves the entries in their order, and brings their keys', async () => {
    const set = JSON.stringify({ keys: [{ ...publicJwk(pairFor('RS256')), kid: 'a1' }] });
    const plain = (jti: string) =>
      [octetsOf('{}'), '', { headers: { Authorization: `Bearer ${token(jti)}` } }] as const;
    const packed = (text: string) => [gzipSync(text), 'gzip'] as const;
    const har = harWith(plain('a'), packed(BODY), plain('b'), packed(set), plain('c'));
    const result = await read(har);
    expect(jtis(result)).toEqual(['a', 'packed', 'b', 'c']);
    expect(result.exchanges.map(({ url }) => url.slice(-1))).toEqual(['0', '1', '2', '4']);
    expect(result.keys).toMatchObject([{ source: 'https://api.test/3' }]);
    expect(await read(har, { block: 1 })).toMatchObject({ ...result, pieces: expect.anything() });
  });

  it('that was meant to flood the memory ends at the bound', async () => {
    const bomb = gzipSync('\0'.repeat(20_000_000));
    const har = harWith([bomb, 'gzip'], [gzipSync(BODY), 'gzip']);
    const result = await read(har, { string: 1_000_000 });
    expect(jtis(result)).toEqual(['packed']);
    expect(result.problems).toEqual([expect.stringMatching(/^too_long \d+:\d+ 1$/)]);
  });

  it('ends all of them at a bound, too', async () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      gzipSync(JSON.stringify([token(`${index}`), 'x'.repeat(900)])),
    );
    const result = await read(harWith(...many.map((octets) => [octets, 'gzip'] as const)), { unpacked: 4_500 });
    expect(jtis(result)).toEqual(['0', '1', '2', '3']);
    expect(result.problems).toEqual([expect.stringMatching(/^too_long \d+:\d+ 5$/)]);
  });

  it('whatever its octets are, never throws and gives no more than the bound', async () => {
    const head = fc.constantFrom([0x1f, 0x8b, 8], [...gzipSync(BODY).subarray(0, 60)], [0x78, 0x9c], []);
    await fc.assert(
      fc.asyncProperty(
        head,
        fc.uint8Array(),
        fc.constantFrom('gzip', 'deflate', 'br', ''),
        async (first, rest, how) => {
          const packed = packedIn(base64(new Uint8Array([...first, ...rest])), how);
          if (!packed) return;
          const { text, length } = await unpackBody(packed, 300);
          expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(3 * 300);
          expect(length).toBeLessThanOrEqual(300);
        },
      ),
      { numRuns: 200 },
    );
    await fc.assert(
      fc.property(fc.string(), fc.string(), (text, how) => {
        expect(() => packedIn(text, how)).not.toThrow();
      }),
    );
  });
});
