import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeRecord, TokenRecord } from '../../../src/core/capture/records.ts';
import type { Log } from '../../../src/core/report/export.ts';
import { type GatewayLogOptions, type GatewayRow, gatewayLog } from '../../../src/core/report/gateway-log.ts';
import { leakScanner } from '../../../src/core/report/proof.ts';
import { compacts, encodings, signatures } from './arbitrary.ts';

const csv: GatewayLogOptions = { format: 'csv', at: Date.UTC(2026, 10, 21), version: '0.1.0', browser: 'firefox' };
const json: GatewayLogOptions = { ...csv, format: 'json' };

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const compact = `${base64url('{"alg":"HS256"}')}.${base64url('{"sub":"alice-the-great"}')}.${signatures(1)}`;

const token = (text: string, id = text): TokenRecord => ({
  ...{ v: 1, type: 'token', id: `sum-${id}`, tab: 7, compact: text, firstSeen: 1 },
});
const exchange = (url: string, change: Partial<ExchangeRecord> = {}): ExchangeRecord => ({
  ...{ v: 1, type: 'exchange', id: 'request-77', tab: 7, frame: 0, method: 'GET', url, resource: 'fetch', start: 1 },
  witness: 'background',
  ...change,
});
const log = (...tokens: readonly string[]): Log => ({
  tokens: tokens.map((text) => token(text)),
  sightings: [],
  exchanges: [],
});

const write = (what: Log, rows: readonly GatewayRow[], options: GatewayLogOptions): string => {
  const file = gatewayLog(what, rows, options);
  if ('error' in file) throw new Error(`leak of ${file.found}`);
  return file.text;
};

const refused: GatewayRow = {
  exchange: exchange(`https://api.test/orders?access_token=${compact}`, { status: 401, start: Date.UTC(2026, 10, 20) }),
  token: { id: `sum-${compact}`, kind: 'Access token', alg: 'HS256', iss: 'https://login.test', aud: 'api other' },
  decision: 'reject',
  failed: 'time',
  reason: 'expired',
  sentence: 'Refused with 401: it had expired 4 s before, "really".',
};

describe('the gateway log', () => {
  it('is a row for each exchange, in order, as JSON', () => {
    const text = write(log('x.y.z', compact), [refused, { exchange: exchange('https://b.test/') }], json);
    expect(JSON.parse(text)).toEqual({
      ...{ claimcheck: 1, kind: 'gateway-log', exportedAt: '2026-11-21T00:00:00.000Z', version: '0.1.0' },
      ...{ browser: 'firefox', redacted: true },
      exchanges: [
        {
          ...{ time: '2026-11-20T00:00:00.000Z', method: 'GET', origin: 'https://api.test', status: 401 },
          url: 'https://api.test/orders?access_token=token-2',
          ...{ token: 'token-2', tokenKind: 'Access token', alg: 'HS256', iss: 'https://login.test', aud: 'api other' },
          ...{ decision: 'reject', failed: 'time', reason: 'expired', sentence: refused.sentence },
        },
        {
          ...{ time: '1970-01-01T00:00:00.001Z', method: 'GET', origin: 'https://b.test', status: null },
          ...{ url: 'https://b.test/', token: '', tokenKind: '', alg: '', iss: '', aud: '' },
          ...{ decision: '', failed: '', reason: '', sentence: '' },
        },
      ],
    });
  });

  it('is the same as CSV, its names in the first row', () => {
    const [names, row, ...rest] = write(log(compact), [refused], csv).split('\r\n');
    expect(names).toBe('time,method,url,origin,status,token,tokenKind,alg,iss,aud,decision,failed,reason,sentence');
    expect(row).toBe(
      '2026-11-20T00:00:00.000Z,GET,https://api.test/orders?access_token=token-1,https://api.test,401,token-1,Access token,' +
        'HS256,https://login.test,api other,reject,time,expired,' +
        '"Refused with 401: it had expired 4 s before, ""really""."',
    );
    expect(rest).toEqual(['']);
  });

  it('has no formula, whatever method and claims say', () => {
    const row = { ...refused, exchange: exchange('https://b.test', { method: '=cmd()' }), sentence: '@SUM(1)' };
    const text = write(log(), [row], csv);
    expect(text).toContain(",'=cmd(),");
    expect(text).toContain(",'@SUM(1)\r\n");
  });

  it('keeps secrets of addresses and login codes out', () => {
    const code = 'a-code-that-is-long-enough';
    const url = `https://u:p4ss@app.test/cb?state=1&code=${code}&password=hunter22`;
    const text = write(log(), [{ exchange: exchange(url), sentence: `sent ${code}` }], json);
    for (const secret of [code, 'hunter22', 'p4ss']) expect(text).not.toContain(secret);
  });

  it('is none where something would be left: a captured string as the name of the browser', () => {
    expect(gatewayLog(log(compact), [refused], { ...json, browser: compact })).toEqual({ error: 'leak', found: 1 });
  });

  it('holds no captured token, in whatever form and place it stands', () => {
    fc.assert(
      fc.property(
        fc.array(compacts, { minLength: 1, maxLength: 3 }),
        fc.nat(encodings.length - 1),
        fc.constantFrom<GatewayLogOptions>(csv, json),
        (tokens, way, options) => {
          const hidden = tokens.map((one) => encodings[way]?.(one) ?? one);
          const rows = hidden.map((text, index) => ({
            exchange: exchange(`https://api.test/${text}?next=${text}#${text}`, { method: text }),
            token: { id: `sum-${tokens[index]}`, kind: 'k', alg: text, iss: text, aud: `a ${text}` },
            sentence: `He said: ${text}.`,
          }));
          const text = write(log(...tokens), rows, options);
          expect(leakScanner(tokens)(text)).toEqual([]);
          for (const one of tokens) expect(text).not.toContain(one);
        },
      ),
    );
  });
});
