import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Exchange, harOf, type Maker, START } from '../../../fixtures/har.ts';
import { cutAt, type Imported, imported, octetsOf } from '../../../fixtures/import.ts';
import { compact } from '../../../fixtures/tokens.ts';

const TOKENS = ['é', 'b', 'c', 'd'].map((jti) => compact({ alg: 'HS256' }, { jti }, 'c2lnbmF0dXJl'));

const EXCHANGES: readonly Exchange[] = TOKENS.flatMap((token, index) => [
  {
    url: `https://api.test/${index}?q=ü`,
    start: START + index,
    headers: { Authorization: `Bearer ${token}` },
    body: JSON.stringify({ text: 'a "quoted" \\ }],{ word – 😀'.repeat(index * 30), token: index % 2 ? token : '' }),
  },
  { url: `https://cdn.test/${index}.js`, type: 'text/javascript', body: 'const s = "\\"";\n'.repeat(90) },
]);

/** All that is told, however many pieces it was told in. */
const told = ({ pieces: _, ...all }: Imported) => all;

const small = { block: 1 };

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'a pretty HAR': harOf('chromium', EXCHANGES),
  'a HAR in one line': harOf('firefox', EXCHANGES),
  'a HAR with a byte order mark': harOf('fiddler', EXCHANGES),
  'a HAR in UTF-16': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(harOf('cdp', EXCHANGES), 'utf16le')]),
  'a HAR in UTF-16 without a mark': Buffer.from(harOf('cdp', EXCHANGES), 'utf16le').swap16(),
  'a HAR that breaks': harOf('chromium', EXCHANGES).replace(/(cdn[\s\S]*?"cache": )\{\}/, '$1{,}'),
  'text lines': TOKENS.map((token, index) => `2026-11-22T06:00:0${index}Z é ${token}`).join('\r\n'),
};

describe.each(Object.entries(FILES))('%s', (_, file) => {
  const octets = octetsOf(typeof file === 'string' ? octetsOf(file) : file);

  it('says the same however it is cut into chunks', async () => {
    const whole = told(await imported(octets));
    expect(whole.tokens).toHaveLength(TOKENS.length);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(octets.length), { maxLength: 12 }),
        fc.constantFrom(1, 100, 5_000),
        async (places, block) => {
          expect(told(await imported(cutAt(octets, places), { block }))).toEqual(whole);
        },
      ),
      { numRuns: 40 },
    );
    const each = Array.from({ length: octets.length }, (_, at) => at);
    expect(told(await imported(cutAt(octets, each), small))).toEqual(whole);
  });
});

describe.each<Maker>(['chromium', 'firefox', 'charles'])('a HAR by %s that was cut', (maker) => {
  const octets = octetsOf(harOf(maker, EXCHANGES));

  it('keeps every entry before the cut, and says where that is', async () => {
    const { exchanges, sightings } = await imported(octets);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: octets.length - 9 }), async (length) => {
        const cut = await imported(octets.slice(0, length));
        expect(cut.problems).toContainEqual(expect.stringMatching(/^cut /));
        const [last, before] = [cut.exchanges.at(-1), cut.exchanges.slice(0, -1)];
        expect(exchanges.slice(0, before.length)).toEqual(before);
        // Of the one in whose middle the file ends there may be no more than the request.
        expect(exchanges[before.length]?.url).toBe(last?.url ?? exchanges[0]?.url);
        const places = (all: typeof sightings) => all.map(({ token, exchange, place }) => ({ token, exchange, place }));
        expect(places(sightings)).toEqual(expect.arrayContaining(places(cut.sightings)));
        const shown = new TextDecoder().decode(octets.slice(0, length));
        const starts = [...shown.matchAll(/"startedDateTime"/g)].length;
        if (cut.end.format === 'har') expect(cut.end.read).toBeGreaterThanOrEqual(starts - 1);
      }),
      { numRuns: 150 },
    );
  });

  it('in the middle of an answer has the request', async () => {
    const text = harOf(maker, EXCHANGES.slice(0, 3));
    const cut = await imported(text.slice(0, text.lastIndexOf('"headersSize"')));
    expect(cut.end.read).toBe(3);
    expect(cut.exchanges.map(({ url, status }) => [url, status])).toEqual([
      ['https://api.test/0?q=ü', 200],
      ['https://api.test/1?q=ü', undefined],
    ]);
    expect(cut.sightings.filter(({ place }) => place.kind === 'request_header')).toHaveLength(2);
  });
});
