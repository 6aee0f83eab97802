import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../../src/core/capture/parse-record.ts';
import { type CaptureRecord, recordKey } from '../../../src/core/capture/records.ts';

const records: readonly CaptureRecord[] = [
  { v: 1, type: 'token', id: 't', tab: 7, compact: 'a.b.c', firstSeen: 1 },
  {
    v: 1,
    type: 'sighting',
    id: 's',
    tab: 7,
    token: 't',
    exchange: 'e',
    place: { kind: 'set_cookie', name: 'sid', chunks: 2, attributes: { path: '/', secure: true, expires: 5 } },
    at: 2,
  },
  {
    v: 1,
    type: 'sighting',
    id: 's2',
    tab: 7,
    token: 't',
    exchange: 'e',
    place: { kind: 'url_fragment', name: 'id_token', from: 'location' },
    at: 2,
  },
  {
    v: 1,
    type: 'sighting',
    id: 's3',
    tab: 7,
    token: 't',
    exchange: 'e',
    place: { kind: 'response_body', name: '', path: 'a.b[0]', format: 'json', cut: true },
    at: 2,
  },
  {
    v: 1,
    type: 'exchange',
    id: 'e',
    tab: 7,
    frame: 0,
    method: 'GET',
    url: 'https://api.example/',
    resource: 'xmlhttprequest',
    start: 1,
    startUnknown: true,
    status: 401,
    wwwAuthenticate: ['Bearer'],
    dpopNonce: 'n-1',
    location: 'https://app.example/cb?code=abc&state=x',
    witness: 'background',
    opaque: ['authorization Basic'],
    grant: 'refresh_token',
  },
  { v: 1, type: 'tab', tab: 7, requests: 3, opaque: 1, dropped: 0 },
  { v: 1, type: 'tab', tab: 8, requests: 3, opaque: 1, dropped: 0, skipped: 2, binary: 9 },
];

describe('parseRecord', () => {
  it.each(records)('reads back a $type', (record) => {
    expect(parseRecord(recordKey(record), structuredClone(record))).toEqual(record);
  });

  it.each(records)(
    'ignores a $type of another version, under another key, or with a member of another type',
    (record) => {
      const key = recordKey(record);
      expect(parseRecord(key, { ...record, v: 2 })).toBeUndefined();
      expect(parseRecord(`${key}x`, record)).toBeUndefined();
      expect(parseRecord(key, { ...record, tab: '7' })).toBeUndefined();
      expect(parseRecord(key, { ...record, type: 'other' })).toBeUndefined();
    },
  );

  it('leaves members behind that the shape does not name, __proto__ among them', () => {
    const [record] = records;
    const stored: unknown = JSON.parse(`${JSON.stringify(record).slice(0, -1)},"__proto__":{"polluted":1},"more":1}`);
    const read = parseRecord('token/7/t', stored);
    expect(read).toEqual(record);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  it('never throws', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withSparseArray: true });
    fc.assert(
      fc.property(fc.string(), anything, fc.constantFrom(...records), fc.string(), (key, any, record, member) => {
        parseRecord(key, any);
        const read = parseRecord(recordKey(record), { ...record, [member]: any });
        expect(read === undefined || recordKey(read) === recordKey(record)).toBe(true);
      }),
    );
  });
});
