import { describe, expect, it, vi } from 'vitest';
import { NOW } from '../../../fixtures/fake-source.ts';
import { imported } from '../../../fixtures/import.ts';
import { compact } from '../../../fixtures/tokens.ts';

const token = (jti: string) => compact({ alg: 'HS256', typ: 'JWT' }, { jti }, 'c2lnbmF0dXJl');
const [a, b] = [token('a'), token('b')];

describe('a text file', () => {
  it.each<readonly [string, string, number]>([
    ['ISO 8601', `2026-11-22T06:00:00.5Z GET / ${a}`, Date.UTC(2026, 10, 22, 6, 0, 0, 500)],
    ['a zone and a comma', `2026-11-22 07:00:00,123 +0100 [main] ${a}`, Date.UTC(2026, 10, 22, 6, 0, 0, 123)],
    ['brackets', `[2026-11-22T06:00:00Z] "Authorization: Bearer ${a}"`, Date.UTC(2026, 10, 22, 6)],
    ['the common log format', `::1 - - [22/Nov/2026:07:00:00 +0100] "GET /?t=${a}"`, Date.UTC(2026, 10, 22, 6)],
    ['no zone', `2026-11-22T06:00:00 ${a}`, NOW],
    ['no time', `curl -H 'Authorization: Bearer ${a}'`, NOW],
    ['a day that is none', `2026-13-45T06:00:00Z ${a}`, NOW],
  ])('has the time of a line that begins with it: %s', async (_, line, at) => {
    const { tokens, sightings } = await imported(`first\n${line}\nlast`);
    expect(tokens).toMatchObject([{ compact: a, firstSeen: at }]);
    expect(sightings).toMatchObject([{ place: { kind: 'file', name: '2' }, exchange: '', at }]);
  });

  it('says that times without a zone are not used', async () => {
    const zoneless = async (text: string) => (await imported(text)).end.zoneless;
    for (const line of [`2026-11-22T06:00:00 ${a}`, `[2026-11-22 06:00:00,123] ${a}`])
      expect(await zoneless(line)).toBe(true);
    expect(await zoneless(`2026-11-22T06:00:00Z ${a}\n${b}\n2026-11-22 06:00 no token here`)).toBeUndefined();
  });

  it('names lines, and paths in lines of JSON', async () => {
    const { sightings, end, exchanges } = await imported(
      `${JSON.stringify({ msg: 'x' })}\r\n${JSON.stringify({ headers: { auth: `Bearer ${a}` } })}\r\n\r\n${b} ${b} ${a}\n`,
    );
    expect(sightings.map(({ place: { name, path } }) => [name, path])).toEqual([
      ['2', 'headers.auth'],
      ['4', undefined],
      ['4', undefined],
    ]);
    expect(end).toEqual({ format: 'text', read: 4, problems: [] });
    expect(exchanges).toEqual([]);
  });

  it('may be JSON that is no log', async () => {
    const pretty = JSON.stringify({ session: { access_token: a } }, undefined, 2);
    expect((await imported(pretty)).tokens).toMatchObject([{ compact: a }]);
    expect((await imported(JSON.stringify([a]))).tokens).toMatchObject([{ compact: a }]);
    expect((await imported('{"a":[1]}')).problems).toEqual(['not_a_log 1:1']);
  });

  it.each([
    ['', ['empty 1:1']],
    [' \n\t', ['empty 1:1']],
    ['\ufeff', ['empty 1:1']],
    ['nothing here', ['nothing 1:1']],
    ['{"log":{"version":"1.2"', ['cut 1:24']],
    ['{"log":{"entries":[]}}', ['nothing 1:1']],
    ['PK\u0003\u0004\u0000', ['not_text 1:5']],
  ])('without a token says why: %j', async (text, problems) => {
    expect((await imported(text)).problems).toEqual(problems);
  });

  it.each([
    ['with its mark', '\ufeff', false],
    ['with its mark, the other way round', '\ufeff', true],
    ['without a mark', '', false],
    ['without a mark, the other way round', '', true],
  ])('in UTF-16 tells places as the file has them: %s', async (_, mark, big) => {
    const text = `{"log":{"entries":[{"request":{"url":"https://ü.test/?t=${a}"}},\n 😀 ]}}`;
    const units = Buffer.from(`${mark}${text}`, 'utf16le');
    const { end, tokens } = await imported(big ? units.swap16() : units);
    expect(tokens).toHaveLength(1);
    const offset = 2 * (mark.length + text.indexOf('😀'));
    expect(end.problems).toMatchObject([{ code: 'json', line: 2, column: 2, offset }]);
  });

  it.each<readonly [string, readonly number[]]>([
    ['an icon', [0, 0, 1, 0, 1, 0]],
    ['a font', [0, 1, 0, 0, 0, 15]],
    ['numbers of two octets', [8, 0, 9, 0, 65, 0]],
    ['an odd few', [65, 0, 65]],
    ['nothing but zeros', [0, 0, 0, 0]],
  ])('whose first octets are zero is no UTF-16 for that: %s', async (_, octets) => {
    expect((await imported(new Uint8Array(octets))).problems).toMatchObject([expect.stringMatching(/^not_text/)]);
  });

  it('leaves out lines that are too long, wherever they stand', async () => {
    const long = 'x'.repeat(3_000);
    const text = `${long}${b}\n${a}\n${long}`;
    expect(await imported(text, { entry: 2_000 })).toMatchObject({
      tokens: [{ compact: a }],
      end: { read: 3 },
      problems: ['too_long 1:1 2'],
    });
  });

  it('keeps no more than the bounds', async () => {
    const text = Array.from({ length: 50 }, (_, index) => token(String(index))).join('\n');
    const { tokens, problems } = await imported(text, { tokens: 20 });
    expect([tokens.length, problems]).toEqual([20, ['too_many 21:1 30']]);
    expect((await imported(text, { sightings: 7 })).sightings).toHaveLength(7);
    expect((await imported(text, { characters: 200 })).tokens.length).toBeLessThan(4);
  });

  it('with a token in each line is measured once, not once for each line', async () => {
    const encode = vi.spyOn(TextEncoder.prototype, 'encode');
    const text = `${a}\n`.repeat(2_000);
    encode.mockClear();
    const { sightings, problems } = await imported(text, { sightings: 1_999 });
    const encoded = encode.mock.results.reduce((sum, { value }) => sum + value.length, 0);
    encode.mockRestore();
    expect([sightings.length, problems]).toEqual([1_999, ['too_many 2000:1 1']]);
    expect(encoded).toBeLessThan(4 * text.length);
  });
});
