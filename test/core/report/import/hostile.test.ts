import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCutter } from '../../../../src/core/report/import/cutter.ts';
import { harOf } from '../../../fixtures/har.ts';
import { cutAt, imported, octetsOf } from '../../../fixtures/import.ts';
import { compact } from '../../../fixtures/tokens.ts';

const TOKEN = compact({ alg: 'HS256', typ: 'JWT' }, { jti: 'a' }, 'c2lnbmF0dXJl');
const entry = (url: string, more = '') => `{"request":{"url":"${url}?t=${TOKEN}"}${more}}`;
const har = (...entries: readonly string[]) => `{"log":{"entries":[${entries.join(',')}]}}`;
const MEGABYTE = 1_000_000;

describe('a file that means harm', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  it.each<readonly [string, string]>([
    ['nests deep in an entry', har(entry('https://a.test/', `,"x":${deep}`))],
    ['nests deep beside the entries', `{"x":${deep},${har(entry('https://a.test/')).slice(1)}`],
    ['nests without end', `${har(entry('https://a.test/')).slice(0, -3)},${'[{"a":'.repeat(100_000)}`],
    ['repeats members', har(`{"request":1,"request":{"url":"x","url":"https://a.test/?t=${TOKEN}"}}`)],
    [
      'has types where others belong',
      har('{"request":{"url":1}}', entry('https://a.test/', ',"response":[],"time":{}')),
    ],
    ['has the names of prototypes', har(entry('https://a.test/', ',"__proto__":{"response":1},"constructor":{}'))],
    ['has empty objects without end', har(`{}${',{}'.repeat(100_000)}`, entry('https://a.test/'))],
    ['has commas for entries', `${har(entry('https://a.test/')).slice(0, -3)}${','.repeat(MEGABYTE)}]}}`],
    ['has brackets that do not match', `${har(entry('https://a.test/'), '{"a":[}')}${'}]'.repeat(100_000)}`],
    ['has a string of many megabytes', har(entry('https://a.test/', `,"x":"${'\\"'.repeat(MEGABYTE)}"`))],
    ['goes on behind its end', `${har(entry('https://a.test/'))}${'{"log":'.repeat(100_000)}`],
  ])('is read all the same: it %s', async (_, file) => {
    const { tokens } = await imported(file);
    expect(tokens).toMatchObject([{ compact: TOKEN }]);
  });

  it('with bodies that are too long is read without them', async () => {
    const body = `,"response":{"content":{"mimeType":"text/plain","text":"${'a'.repeat(5_000)}${TOKEN}"}}`;
    const file = har(entry('https://a.test/', body), entry('https://b.test/'));
    const bounds = { string: 2_000, entry: 4_000 };
    const whole = await imported(file, bounds);
    expect(whole.sightings.map(({ place }) => place.kind)).toEqual(['url_query', 'url_query']);
    expect(whole.problems).toEqual(['too_long 1:20 1']);
    const chunks = Array.from({ length: file.length }, (_, at) => at);
    const cut = await imported(cutAt(octetsOf(file), chunks), { ...bounds, block: 1 });
    expect([cut.sightings, cut.problems]).toEqual([whole.sightings, whole.problems]);
  });

  it('with entries that are too long is read without those', async () => {
    const long = entry('https://a.test/', `,"x":[${'1,'.repeat(5_000)}1]`);
    const { exchanges, problems } = await imported(har(long, entry('https://b.test/'), long), { entry: 4_000 });
    expect(exchanges.map(({ url }) => new URL(url).host)).toEqual(['b.test']);
    expect(problems).toEqual(['too_long 1:20 2']);
  });

  it('tells the first place where it breaks, and goes on behind it', async () => {
    const file = har(entry('https://a.test/'), '\n{"request":\n {"url": tru}}', entry('https://b.test/'));
    const { exchanges, problems } = await imported(file);
    expect(exchanges).toHaveLength(2);
    expect(problems).toEqual(['json 3:10 tru']);
  });

  it('whatever is done to it, is read to its end and never throws', async () => {
    const valid = octetsOf(harOf('chromium', [{ url: `https://a.test/?t=${TOKEN}`, body: `{"a":"${TOKEN}"}` }]));
    const change = fc.tuple(
      fc.nat(valid.length),
      fc.nat(40),
      fc.oneof(fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', '\n', '\ufeff', 'null'), fc.string()),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        let octets = valid;
        for (const [at, length, text] of changes) {
          const parts = [octets.slice(0, at), octetsOf(text), octets.slice(at + length)];
          octets = octetsOf(Buffer.concat(parts));
        }
        const { end } = await imported(octets);
        expect(['har', 'text']).toContain(end.format);
        for (const { offset } of end.problems) expect(offset).toBeLessThanOrEqual(octets.length);
      }),
      { numRuns: 500 },
    );
  });
});

/** Octets whose reading is counted. */
const counted = (text: string) => {
  const octets = octetsOf(text);
  let count = 0;
  const proxy = new Proxy(octets, {
    get(target, name) {
      if (typeof name === 'string' && /^\d+$/.test(name)) count += 1;
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      // What searches or copies natively looks at each octet once.
      return (...given: number[]) => {
        const found = value.apply(target, given);
        if (name === 'indexOf') count += (found < 0 ? target.length : found) - (given[1] ?? 0);
        return found;
      };
    },
  });
  return { proxy, count: () => count };
};

describe('the cutter looks at each octet a few times at most', () => {
  const bounds = { string: 1_000_000, entry: 1_000_000 };
  it.each([
    ['empty objects', '{},'],
    ['strings of quotes', '"\\"\\"\\"",'],
    ['backslashes', `"${'\\\\'.repeat(100)}",`],
    ['long strings with quotes', `"${'a'.repeat(60)}\\"${'b'.repeat(60)}",`],
    ['garbage', '}}:'],
    ['open brackets', '[{'],
  ])('%s', (_, piece) => {
    const { proxy, count } = counted(`{"log":{"entries":[${piece.repeat(2_000)}`);
    const cutter = createCutter(new Set(['other[]', 'log.entries']), bounds, () => undefined);
    expect([...cutter.take(proxy)].length).toBeGreaterThanOrEqual(0);
    expect(count()).toBeLessThan(5 * proxy.length);
  });
});
