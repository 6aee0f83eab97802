import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gzipPieces, type Piece } from '../../../../src/core/report/import/gzip-pieces.ts';
import { unpacked } from '../../../../src/core/report/import/unpacked.ts';
import { BrowserGunzip } from '../../../fixtures/browser-gunzip.ts';
import { harOf } from '../../../fixtures/har.ts';
import { cutAt, imported, octetsOf } from '../../../fixtures/import.ts';
import { compact } from '../../../fixtures/tokens.ts';

const token = (jti: string) => compact({ alg: 'HS256' }, { jti }, 'c2lnbmF0dXJl');
const HAR = harOf('chromium', [{ url: 'https://api.test/', headers: { Authorization: `Bearer ${token('a')}` } }]);
const LINES = Array.from({ length: 300 }, (_, index) => token(`line ${index}`)).join('\n');
/** Of which not much is left to pack. */
const RANDOM = Array.from({ length: 2_000 }, (_, index) => token(`${Math.sin(index)}`)).join('\n');
const CUT = /^cut \d+:\d+$/;

const gzip = (text: string) => octetsOf(gzipSync(text));
const streamOf = (...chunks: readonly Uint8Array<ArrayBuffer>[]) => ({
  async *stream() {
    yield* chunks;
  },
});

describe('a file packed with gzip', () => {
  it.each([
    ['a HAR', HAR],
    ['a HAR that breaks', HAR.replace('"cache": {}', '"cache": {,}')],
    ['a HAR in UTF-16', `\ufeff${HAR}`],
    ['lines of text', LINES],
    ['nothing', ''],
  ])('says what is in it, places too: %s', async (name, text) => {
    const plain = name.includes('UTF-16') ? octetsOf(Buffer.from(text, 'utf16le')) : octetsOf(text);
    const { pieces: _, ...whole } = await imported(plain);
    const { pieces, ...all } = await imported(octetsOf(gzipSync(plain)));
    expect(all).toEqual(whole);
  });

  it('is read however it comes, and tells how much of the file itself was taken', async () => {
    const packed = gzip(LINES);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(packed.length), { maxLength: 8 }), async (places) => {
        const { tokens, pieces, problems } = await imported(cutAt(packed, places), { block: 1_000 });
        expect([tokens.length, problems]).toEqual([300, []]);
        const read = pieces.map((piece) => piece.read);
        expect(read).toEqual(read.toSorted((a, b) => a - b));
        expect(read.at(-1)).toBe(packed.length);
      }),
      { numRuns: 20 },
    );
  });

  it('that was cut gives what can be unpacked, and says so', async () => {
    const { tokens, problems } = await imported(gzip(RANDOM).slice(0, -10_000));
    expect(tokens.length).toBeGreaterThan(500);
    expect(problems).toMatchObject([expect.stringMatching(CUT)]);
    expect((await imported(gzip(HAR).slice(0, 40))).problems).toContainEqual(expect.stringMatching(CUT));
  });

  it('with anything behind it, and what only begins like one, never throws', async () => {
    const behind = await imported(new Uint8Array([...gzip(RANDOM), 1, 2, 3]));
    expect(behind.tokens.length).toBeGreaterThan(1_000);
    expect(behind.problems).toMatchObject([expect.stringMatching(CUT)]);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (rest) => {
        expect((await imported(new Uint8Array([0x1f, 0x8b, ...rest]))).problems).not.toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('that was meant to flood the memory comes in small pieces', async () => {
    const { stream } = await unpacked(streamOf(gzip('\0'.repeat(30_000_000))));
    for await (const piece of stream()) {
      expect(piece.length).toBeLessThan(1_000_000);
      return;
    }
    throw new Error('nothing came');
  });

  it('throws what the file throws, as one that is not packed does', async () => {
    const gone = new DOMException('It was moved', 'NotFoundError');
    let isThere = true;
    const file = {
      async *stream() {
        yield gzip(LINES).slice(0, 1_000);
        if (!isThere) throw gone;
      },
    };
    const { stream } = await unpacked(file);
    isThere = false;
    const read = async () => {
      for await (const _ of stream());
    };
    await expect(read()).rejects.toBe(gone);
  });
});

describe('a file of several members of gzip', () => {
  const texts = ['first\n', token('a'), '\n', '', LINES.slice(0, 900), token('b').repeat(3)];
  const members = texts.map(gzip);
  const file = octetsOf(Buffer.concat(members));
  const read = async (octets: Uint8Array<ArrayBuffer>, places: readonly number[] = []) => {
    const { stream, isCut, read } = await unpacked(streamOf(...cutAt(octets, places)));
    let text = '';
    for await (const piece of stream()) text += new TextDecoder().decode(piece);
    return { text, isCut: isCut(), read: read() };
  };

  beforeEach(() => vi.stubGlobal('DecompressionStream', BrowserGunzip));
  afterEach(() => vi.unstubAllGlobals());

  it('is read to the end of the last one, however it comes', async () => {
    const whole = { text: texts.join(''), isCut: false, read: file.length };
    expect(await read(file)).toEqual(whole);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(file.length), { maxLength: 9 }), async (places) => {
        expect(await read(file, places)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it('may have in its members what a member begins with', async () => {
    const [one, other] = [gzip('inside'), gzip('behind')];
    const outer = octetsOf(gzipSync(Buffer.concat([one, one]), { level: 0 }));
    const { stream, isCut } = await unpacked(streamOf(octetsOf(Buffer.concat([outer, other]))));
    const found: Uint8Array[] = [];
    for await (const piece of stream()) found.push(piece);
    expect([Buffer.concat(found), isCut()]).toEqual([Buffer.concat([one, one, Buffer.from('behind')]), false]);
  });

  it.each<readonly [string, readonly Uint8Array[], number]>([
    ['nothing more of the last one than its end', [...members.slice(0, 5), gzip(LINES).slice(0, -1)], 5],
    ['no more than the beginning of the last one', [...members.slice(0, 5), gzip('x').slice(0, 3)], 5],
    ['something else behind them', [...members.slice(0, 2), octetsOf('else')], 1],
    ['a member in the middle that was cut', [...members.slice(0, 2), gzip(LINES).slice(0, -9), gzip('x')], 2],
  ])('that has %s gives what is before, and says so', async (_, parts, whole) => {
    const { text, isCut } = await read(octetsOf(Buffer.concat(parts)));
    expect(isCut).toBe(true);
    expect(text.startsWith(texts.slice(0, whole).join(''))).toBe(true);
  });

  it('of which there are more than anybody has is not looked through for ever', async () => {
    const empty = gzip('');
    const many = octetsOf(Buffer.concat(Array.from({ length: 30_000 }, () => empty)));
    const pieces: Piece[] = [];
    for await (const piece of gzipPieces(streamOf(many))) pieces.push(piece);
    expect(Buffer.concat(pieces.map(({ octets }) => octets)).equals(many)).toBe(true);
    expect(pieces.filter(({ isBeginning }) => isBeginning).length).toBeLessThan(11_000);
  });
});
