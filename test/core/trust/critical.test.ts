import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import type { Decoded, JsonObject } from '../../../src/core/token/decoded.ts';
import { critical, isUnencoded } from '../../../src/core/trust/critical.ts';
import { CLAIMS, compact } from '../../fixtures/tokens.ts';

const malformed = (reason: string, ...detail: readonly string[]) => ({ state: 'malformed', reason, detail });
const unsupported = (name: string) => ({ state: 'cannot_be_checked', reason: 'crit_unsupported', detail: [name] });

const of = (header: object) => critical(decode(compact({ alg: 'HS256', ...header }, CLAIMS, 'AAAA')));

describe('crit in a compact serialisation (RFC 7515 section 4.1.11)', () => {
  test.each([
    [{}, undefined],
    [{ b64: true }, undefined],
    [{ b64: 'x' }, undefined],
    [{ crit: ['b64'], b64: true }, undefined],
    [{ crit: ['b64'], b64: false }, undefined],
    [{ crit: ['exp'], exp: 1 }, unsupported('exp')],
    [{ crit: ['b64', 'x'], b64: false, x: null }, unsupported('x')],
    [{ crit: ['__proto__'] }, malformed('crit_malformed', '__proto__')],
    [{ crit: ['toString'] }, malformed('crit_malformed', 'toString')],
    [{ crit: [] }, malformed('crit_malformed', 'crit')],
    [{ crit: 'b64', b64: true }, malformed('crit_malformed', 'crit')],
    [{ crit: null }, malformed('crit_malformed', 'crit')],
    [{ crit: { 0: 'b64' }, b64: true }, malformed('crit_malformed', 'crit')],
    [{ crit: ['exp', 7], exp: 1 }, malformed('crit_malformed', 'crit')],
    [{ crit: ['exp', 'exp'], exp: 1 }, malformed('crit_malformed', 'exp')],
    [{ crit: ['exp'] }, malformed('crit_malformed', 'exp')],
    [{ crit: ['b64'] }, malformed('crit_malformed', 'b64')],
    [{ crit: ['b64'], b64: 'false' }, malformed('crit_malformed', 'b64')],
    [{ crit: ['exp', 'alg'], exp: 1 }, malformed('crit_malformed', 'alg')],
    [{ crit: ['crit'] }, malformed('crit_malformed', 'crit')],
    [{ crit: ['x5t#S256'], 'x5t#S256': '' }, malformed('crit_malformed', 'x5t#S256')],
    [{ b64: false }, malformed('b64_not_critical')],
    [{ b64: false, crit: ['exp'], exp: 1 }, malformed('b64_not_critical')],
  ])('%j', (header, failure) => {
    expect(of(header)).toEqual(failure);
  });
});

describe('in a JSON serialisation, by the half it stands in', () => {
  const flattened = (own: JsonObject | undefined, unprotected: JsonObject): Decoded => {
    const { compact: text, segments } = decode(compact({ alg: 'HS256' }, CLAIMS, 'AAAA'));
    const header = { ...unprotected, ...own };
    const json: Decoded = {
      compact: text,
      form: 'jws',
      segments,
      serialization: 'flattened',
      header,
      unprotected,
      problems: [],
    };
    return own ? { ...json, headerText: JSON.stringify(own) } : json;
  };

  test.each([
    [{ alg: 'HS256' }, { kid: 'a1' }, undefined],
    [undefined, { alg: 'HS256' }, undefined],
    [{ alg: 'HS256', crit: ['b64'], b64: false }, { kid: 'a1' }, undefined],
    [{ alg: 'HS256' }, { alg: 'none' }, malformed('member_twice', 'alg')],
    [{ alg: 'HS256' }, { crit: ['exp'], exp: 1 }, malformed('crit_malformed', 'crit')],
    [undefined, { alg: 'HS256', crit: ['b64'], b64: true }, malformed('crit_malformed', 'crit')],
    [{ alg: 'HS256', crit: ['exp'] }, { exp: 1 }, malformed('crit_malformed', 'exp')],
    [{ alg: 'HS256', crit: ['b64'] }, { b64: false }, malformed('crit_malformed', 'b64')],
    [{ alg: 'HS256' }, { b64: false }, malformed('b64_not_critical')],
  ])('%j and %j', (own, unprotected, failure) => {
    expect(critical(flattened(own, unprotected))).toEqual(failure);
  });

  test('only what is protected leaves the payload unencoded', () => {
    expect(isUnencoded(flattened({ crit: ['b64'], b64: false }, {}))).toBe(true);
    expect(isUnencoded(flattened({ crit: ['b64'], b64: true }, {}))).toBe(false);
    expect(isUnencoded(flattened({ b64: false }, {}))).toBe(false);
    expect(isUnencoded(flattened({}, { crit: ['b64'], b64: false }))).toBe(false);
    expect(isUnencoded(flattened(undefined, { crit: ['b64'], b64: false }))).toBe(false);
  });
});
