import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeRecord, SightingRecord, TokenRecord } from '../../../../src/core/capture/records.ts';
import { digest } from '../../../../src/core/capture/token-id.ts';
import { type ExportOptions, exportLog, type Log } from '../../../../src/core/report/export.ts';
import { decode } from '../../../../src/core/token/decode.ts';
import { imported } from '../../../fixtures/import.ts';
import { compact, encodeSegment } from '../../../fixtures/tokens.ts';
import { compacts } from '../arbitrary.ts';

const AT = Date.UTC(2026, 10, 22);
const live: ExportOptions = { live: true, at: AT, version: '0.1.0', browser: 'chromium' };
const redacted: ExportOptions = { ...live, live: false };

const common = { v: 1, tab: -1 } as const;
const exchange: ExchangeRecord = {
  ...common,
  ...{ type: 'exchange', id: 'exchange-1', frame: 3, method: 'GET', url: 'https://api.test/?q=é', resource: 'fetch' },
  ...{ start: 5, end: 9, status: 401, date: 'Sun, 22 Nov 2026 06:00:01 GMT', wwwAuthenticate: ['Bearer'] },
  ...{ dpopNonce: 'n', error: 'x', initiator: 'https://app.test', witness: 'both', opaque: ['authorization Basic'] },
};
const sighting = (token: TokenRecord, index: number, change: Partial<SightingRecord> = {}): SightingRecord => ({
  ...common,
  ...{ type: 'sighting', id: `sighting-${index + 1}`, token: token.id, exchange: 'exchange-1', at: index },
  place: { kind: 'request_header', name: 'authorization', scheme: 'Bearer' },
  ...change,
});
const logOf = (tokens: readonly string[]): Log => {
  const records = [...new Set(tokens)].map(
    (one, index): TokenRecord => ({
      ...common,
      ...{ type: 'token', id: digest(one), compact: one, firstSeen: index },
    }),
  );
  return { tokens: records, exchanges: [exchange], sightings: records.map((record, index) => sighting(record, index)) };
};
const write = (log: Log, options: ExportOptions): string => {
  const exported = exportLog(log, options);
  return 'error' in exported ? '' : exported.text;
};
const logIn = ({ tokens, exchanges, sightings }: Log): Log => ({ tokens, exchanges, sightings });

describe('an export with live credentials', () => {
  it('opened again equals the log', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(compacts, { minLength: 1, maxLength: 5 }), async (tokens) => {
        const log = logOf(tokens);
        const read = await imported(write(log, live));
        expect(logIn(read)).toEqual(log);
        expect(read.end).toEqual({ format: 'log', read: 1, creator: 'Claimcheck 0.1.0', at: AT, problems: [] });
      }),
    );
  });

  it('has what the page kept, and where', async () => {
    const { tokens, exchanges } = logOf([compact({ alg: 'HS256' })]);
    const [token] = tokens as [TokenRecord];
    const kept: SightingRecord[] = [
      sighting(token, 0, {
        exchange: '',
        place: {
          kind: 'local_storage',
          name: 'k',
          path: 'a.b',
          origin: 'https://app.test',
          layout: 'okta',
          changed: true,
        },
      }),
      sighting(token, 1, { place: { kind: 'set_cookie', name: 'sid', attributes: { httpOnly: true, maxAge: 60 } } }),
      sighting(token, 2, { exchange: '', place: { kind: 'file', name: '12' } }),
    ];
    const log = { tokens, exchanges, sightings: kept };
    expect(logIn(await imported(write(log, live)))).toEqual(log);
  });
});

describe('a redacted export', () => {
  const payload = '{"sub":"é","big":12345678901234567890,"one":1.0,"one":2,"__proto__":{"a":1}}';
  const signed = `${encodeSegment('{ "alg":"HS256" }')}.${encodeSegment(payload)}.${'A'.repeat(43)}`;
  const sealed = `${encodeSegment({ alg: 'dir', enc: 'A128GCM' })}..${'B'.repeat(16)}.${'C'.repeat(40)}.${'D'.repeat(22)}`;

  it('as HAR says that it was redacted, which is why no token is in it', async () => {
    const { tokens, end } = await imported(write(logOf([signed]), { ...redacted, format: 'har' }));
    expect([end.format, end.redacted, tokens]).toEqual(['har', true, []]);
    expect((await imported(write(logOf([signed]), { ...live, format: 'har' }))).end.redacted).toBeUndefined();
  });

  it('gives header and payload as they were written, and what was taken off', async () => {
    const { tokens, end, problems } = await imported(write(logOf([signed, sealed]), redacted));
    expect([end.redacted, problems]).toEqual([true, []]);
    const [first, second] = tokens as [TokenRecord, TokenRecord];
    expect(decode(first.compact)).toMatchObject({ headerText: '{ "alg":"HS256" }', payloadText: payload });
    expect(first.removed).toMatchObject({ name: 'token-1', segments: signed.split('.').map(({ length }) => length) });
    expect(first.removed?.problems.map(({ code }) => code)).toEqual(['duplicate_member']);
    expect(second.compact).toBe(`${sealed.split('.')[0]}....`);
    expect(second.removed?.segments).toEqual(
      [43, 0, 16, 40, 22].map((length, at) => (at ? length : (sealed.split('.')[0] ?? '').length)),
    );
  });

  /** What is read of a token before, and of what a redacted file has left of it. */
  const read = async (token: string) => {
    const { tokens } = await imported(write(logOf([token]), redacted));
    const { compact: left = '', removed } = tokens[0] ?? {};
    return { before: decode(token), after: decode(left), left, removed };
  };

  it.each([
    ['whose disclosures were taken off', `${signed}~${encodeSegment('["c2FsdA","email","c@x"]')}~`, 1],
    ['that disclosed nothing', `${signed}~`, 0],
  ])('leaves an SD-JWT one, %s', async (_, token, disclosures) => {
    const { after, left, removed } = await read(token);
    expect([after.disclosures, after.payloadText, removed?.disclosures]).toEqual([[], payload, disclosures]);
    expect(left.endsWith('.~')).toBe(true);
    const once = await imported(write(logOf([token]), redacted));
    const twice = JSON.parse(write(logIn(once), redacted)).tokens[0];
    expect(twice).toMatchObject({ signature: 'removed', disclosures });
  });

  const plain = { alg: 'HS256', b64: false, crit: ['b64'] };
  const end = 'Z9'.repeat(22).slice(0, 43);
  it.each([
    ['as it is', `${encodeSegment(plain)}.a-payload-that-is-base64url-too.${end}`, undefined],
    ['as JSON', `${encodeSegment(plain)}.{"sub":"alice","note":"no dot in it"}.${end}`, undefined],
    ['encoded, where `b64` is not critical', compact({ alg: 'HS256', b64: false }, { sub: 'a' }, end), undefined],
    [
      'with dots, which JSON alone can hold',
      JSON.stringify({ protected: encodeSegment(plain), payload: '$.02 and {"sub":"alice.b"}', signature: end }),
      'flattened',
    ],
  ])('gives a payload that was not encoded %s', async (_, token, serialization) => {
    const { before, after, left } = await read(token);
    expect(after.payloadText).toBe(before.payloadText);
    expect([after.payload, after.header, after.form]).toEqual([before.payload, before.header, 'jws']);
    expect([after.serialization, left.includes(end)]).toEqual([serialization, false]);
  });

  it('keeps apart what differed in the signature alone', async () => {
    const other = signed.replace(/A{43}$/, 'Z'.repeat(43));
    const { tokens, sightings } = await imported(write(logOf([signed, other]), redacted));
    expect(new Set(tokens.map(({ id }) => id)).size).toBe(2);
    expect(sightings.map(({ token }) => token)).toEqual(tokens.map(({ id }) => id));
  });

  it('exported again, says the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(compacts, { minLength: 1, maxLength: 4 }), async (tokens) => {
        const text = write(logOf(tokens), redacted);
        if (text === '') return;
        const read = await imported(text);
        expect(read.end.redacted).toBe(true);
        expect(read.tokens).toHaveLength(new Set(tokens).size);
        const again = await imported(write(logIn(read), redacted));
        expect(again.tokens.map(({ removed }) => removed)).toEqual(read.tokens.map(({ removed }) => removed));
        expect(logIn(again).exchanges).toEqual(logIn(read).exchanges);
      }),
    );
  });
});

describe('what is not as it should be', () => {
  const file = (change: object, text = write(logOf([compact({ alg: 'HS256' })]), live)) =>
    JSON.stringify({ ...JSON.parse(text), ...change });

  it.each([
    ['a later version', { claimcheck: 2 }, ['version 1:1 2']],
    [
      'items that are none',
      { tokens: [1, { id: 5 }, null], sightings: [] },
      [expect.stringMatching(/^entry 1:\d+ 3$/)],
    ],
    ['sightings of nothing', { tokens: [] }, [expect.stringMatching(/^nothing/), expect.stringMatching(/^entry/)]],
    ['a place of no kind', { sightings: [{ place: { kind: 'moon' } }] }, [expect.stringMatching(/^entry 1:\d+ 1$/)]],
  ])('%s is told', async (_, change, expected) => {
    expect((await imported(file(change))).problems).toEqual(expect.arrayContaining(expected));
  });

  it('sightings may stand before what they name', async () => {
    const text = write(logOf([compact({ alg: 'HS256' })]), live);
    const { tokens, exchanges, sightings, ...head } = JSON.parse(text);
    const turned = await imported(JSON.stringify({ ...head, sightings, exchanges, tokens }));
    expect(turned.sightings).toEqual((await imported(text)).sightings);
  });

  /** As `jq -S` writes it. */
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, one]) => [name, sorted(one)]),
    );
  };

  it.each<readonly [string, (file: Readonly<Record<string, unknown>>) => unknown]>([
    ['sorted', sorted],
    [
      'turned round, with what says that it is ours behind the lists',
      (all) => Object.fromEntries(Object.entries(all).reverse()),
    ],
  ])('what another tool wrote anew is ours: its members %s', async (_, change) => {
    const tokens = ['a', 'b'].map((jti) => compact({ alg: 'HS256' }, { jti }, 'c2lnbmF0dXJl'));
    for (const options of [live, redacted]) {
      const text = write(logOf(tokens), options);
      const anew = await imported(JSON.stringify(change(JSON.parse(text)), undefined, 2));
      const first = await imported(text);
      expect(anew.problems).toEqual([]);
      expect(anew.end).toEqual(first.end);
      expect(logIn(anew).exchanges).toEqual(logIn(first).exchanges);
      // The id of what was put together is of its text, in which the members are sorted too.
      const seen = ({ tokens, sightings }: Log) =>
        sightings.map(({ token, ...rest }) => [tokens.findIndex(({ id }) => id === token), rest]);
      expect(seen(anew)).toEqual(seen(first));
      const told = anew.tokens.map(({ firstSeen, removed }) => [firstSeen, removed]);
      expect(told).toEqual(first.tokens.map(({ firstSeen, removed }) => [firstSeen, removed]));
    }
  });

  it('a file that only looks like ours is text', async () => {
    const token = compact({ alg: 'HS256' }, { a: 1 }, 'AAAA');
    const read = await imported(JSON.stringify({ tokens: [token] }));
    expect([read.end.format, read.tokens.map((one) => one.compact)]).toEqual(['text', [token]]);
    const gateway = await imported(file({ kind: 'gateway-log', tokens: undefined }));
    expect(gateway.problems).toEqual(['not_a_log 1:1']);
  });
});
