import { describe, expect, it } from 'vitest';
import { leakScanner } from '../../../src/core/report/proof.ts';
import { redactor } from '../../../src/core/report/redact.ts';
import { signatures } from './arbitrary.ts';

const compact = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.${signatures(1)}`;
const make = () => redactor(new Map([[compact, 'token-1']]), leakScanner([compact]));

describe('text', () => {
  it('leaves alone what holds no secret', () => {
    const { text, replaced } = make();
    for (const given of ['', 'Bearer', 'https://a.io/?a=1&b=%20c#d', '\ud800 lone', 'scope=openid profile']) {
      expect(text(given)).toBe(given);
    }
    expect(replaced()).toEqual({ tokens: 0, secrets: 0, paths: 0, claims: 0 });
  });

  it('counts each replacement', () => {
    const { text, replaced } = make();
    expect(text(`${compact} ${compact}; code=1`)).toBe('token-1 token-1; code=***');
    expect(replaced()).toEqual({ tokens: 2, secrets: 1, paths: 0, claims: 0 });
  });

  it('gives up the whole string where a token cannot be cut out', () => {
    const split = [...signatures(1)].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    expect(make().text(`before ${split} after`)).toBe('***');
  });

  it('keeps what stands beside a token in an encoded run', () => {
    expect(make().text(`/x%3Fa%3D1%26t%3D${compact.replaceAll('.', '%2e')}`)).toContain('token-1');
  });
});

describe('json', () => {
  it('changes only the literals that hold a secret', () => {
    const given = `{ "a" : 1.0, "b": [12345678901234567890, "\\u0041", "${compact}"], "b": null }`;
    expect(make().json(given, [])).toBe(given.replace(compact, 'token-1'));
  });

  it('masks values of any kind at any depth', () => {
    expect(make().json('{"a":{"b":[1]},"c":"x","d":-1.5e3,"e":{"a":1}}', ['a', 'd'])).toBe(
      '{"a":"***","c":"x","d":"***","e":{"a":"***"}}',
    );
  });
});

describe('values of masked claims', () => {
  const values = new Set(['alice@corp.test', 'Alice B. Cooper', 'auth0|12', 'root']);
  const { text } = redactor(new Map(), leakScanner([]), values);

  it.each([
    ['alice@corp.test', '***'],
    ['auth0|12', '***'],
    ['https://a.io/?login_hint=alice%40corp.test&n=Alice+B.%20Cooper#root', 'https://a.io/?login_hint=***&n=***#***'],
    ['https://a.io/users/auth0%7C12/x', 'https://a.io/users/***/x'],
    ['For (alice@corp.test), not malice@corp.test', 'For (***), not malice@corp.test'],
    ['groot rooted root', 'groot rooted ***'],
  ])('go as whole words: %s', (given, out) => {
    expect(text(given)).toBe(out);
  });
});
