import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokensInValue } from '../../../src/core/capture/value.ts';
import { jws } from './compact.ts';

const token = jws();

describe('tokensInValue', () => {
  it.each([
    ['as it stands', token],
    ['quoted', `"${token}"`],
    ['percent-encoded', token.replaceAll('.', '%2E')],
    ['quoted and percent-encoded', encodeURIComponent(`"${token}"`)],
    ['behind a signed-cookie mark', `s%3A${token}`],
    ['beside a malformed escape', `%zz${token}%`],
  ])('finds a token %s, without a path', (_, value) => {
    expect(tokensInValue(value)).toEqual([{ compact: token }]);
  });

  it('names the JSON path, also of JSON in JSON strings and behind URL encoding', () => {
    const other = jws({ sub: 'bob' });
    const json = JSON.stringify({ user: { tokens: [{ id: token }] }, 'x y': JSON.stringify({ access_token: other }) });
    const expected = [
      { compact: token, path: 'user.tokens[0].id' },
      { compact: other, path: '["x y"].access_token' },
    ];
    expect(tokensInValue(json)).toEqual(expected);
    expect(tokensInValue(encodeURIComponent(json))).toEqual(expected);
    expect(tokensInValue(JSON.stringify(json))).toEqual(expected);
  });

  it('keeps the path when the JSON holds percent-encoded text', () => {
    expect(tokensInValue(JSON.stringify({ next: '/?q=%22', t: token }))).toEqual([{ compact: token, path: 't' }]);
  });

  it('reads the base64 JSON of Supabase', () => {
    const json = JSON.stringify({ access_token: token, user: { name: 'Ünal' } });
    for (const alphabet of ['base64', 'base64url'] as const) {
      const value = `base64-${Buffer.from(json).toString(alphabet)}`;
      expect(tokensInValue(value)).toEqual([{ compact: token, path: 'access_token' }]);
    }
  });

  it('finds what lies deeper than it follows, and what only a member name holds', () => {
    const deep = `${'['.repeat(100_000)}"${token}"${']'.repeat(100_000)}`;
    expect(tokensInValue(deep)).toEqual([{ compact: token }]);
    expect(tokensInValue(JSON.stringify({ [token]: 1 }))).toEqual([{ compact: token }]);
  });

  it('takes a member called __proto__ for a member', () => {
    expect(tokensInValue(`{"__proto__":{"t":"${token}"}}`)).toEqual([{ compact: token, path: '__proto__.t' }]);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(tokensInValue(text))));
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(tokensInValue(JSON.stringify({ json, token }))).toEqual([{ compact: token, path: 'token' }]);
      }),
    );
  });
});
