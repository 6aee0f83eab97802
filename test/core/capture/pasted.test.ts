import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import pastedTexts from '../../../src/_locales/en/pasted.json' with { type: 'json' };
import { readPasted } from '../../../src/core/capture/pasted.ts';
import { jwe, jws } from './compact.ts';

const token = jws({ sub: 'alice', name: 'Alice Liddell', iss: 'https://login.example' });
const other = jws({ sub: 'bob' });
const wrap = (text: string, width: number, between: string): string =>
  (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(between);

describe('readPasted', () => {
  it.each([
    ['the token', token, []],
    ['white space around it', `\n  ${token}\t\n`, []],
    ['quotes', `"${token}"`, ['quotes']],
    ['typographic quotes', `“${token}”`, ['quotes']],
    ['backticks', `\`${token}\``, ['quotes']],
    ['a scheme', `Bearer ${token}`, ['scheme']],
    ['a header', `Authorization: Bearer ${token}`, ['scheme']],
    ['a quoted header', `'authorization: DPoP ${token}'`, ['scheme', 'quotes']],
    ['line breaks', wrap(token, 50, '\n'), ['line_breaks']],
    ['CR LF and indentation', `  ${wrap(token, 50, '\r\n    ')}\r\n`, ['line_breaks']],
    ['a quoted string over lines', `"${wrap(token, 40, '\n')}"`, ['line_breaks', 'quotes']],
    ['encoded dots', token.replaceAll('.', '%2E'), ['percent_encoding']],
    ['a cURL command', `curl 'https://a.example/' \\\n  -H 'authorization: Bearer ${token}'`, ['curl']],
    ['a URL', `https://a.example/cb#id_token=${token}&state=1`, ['url']],
    ['a URL with encoded dots', `https://a.example/?t=${token.replaceAll('.', '%2e')}`, ['percent_encoding', 'url']],
    ['JSON', JSON.stringify({ id_token: token, n: 1 }), ['surrounding_text']],
    ['a sentence', `My token is ${token}.`, ['surrounding_text']],
    ['a sentence on the next line', `${token}\nThanks`, ['surrounding_text']],
    ['a file name', `${token}.jpg`, ['surrounding_text']],
    ["Express's signed cookie", `s:${token}.${'a'.repeat(43)}`, ['surrounding_text']],
    ['Supabase', `base64-${Buffer.from(JSON.stringify({ a: token })).toString('base64url')}`, ['surrounding_text']],
  ])('takes the token out of %s', (_, text, forgiven) => {
    expect(readPasted(text)).toEqual({ tokens: [token], forgiven });
  });

  it('joins an SD-JWT with its key binding, wherever it was broken', () => {
    const examples: { value: string }[] = JSON.parse(
      readFileSync('../shared/vectors/spec-examples/sd-jwt-compact.json', 'utf8'),
    );
    expect(examples).toHaveLength(8);
    for (const { value } of examples) {
      for (const width of [40, 64, 72, 1000]) {
        expect(readPasted(wrap(value, width, '\n   ')).tokens).toEqual([value]);
      }
      const byPart = value.replaceAll('~', '~\n');
      expect(readPasted(byPart).tokens, byPart).toEqual([value]);
      expect(readPasted(value.replaceAll('~', '\n~')).tokens).toEqual([value]);
    }
    const two = examples.map(({ value }) => value).slice(0, 2);
    expect(readPasted(two.join('\n'))).toEqual({ tokens: two, forgiven: [] });
  });

  describe('takes one JSON serialisation for one token', () => {
    const [protectedHeader, payload, signature] = token.split('.');
    const [, , iv, ciphertext, tag] = jwe().split('.');
    const forms: readonly (readonly [string, object])[] = [
      ['flattened', { payload, protected: protectedHeader, signature }],
      ['general', { payload, signatures: [{ protected: protectedHeader, signature }, { header: { alg: 'none' } }] }],
      ['detached', { protected: protectedHeader, signature }],
      ['unprotected', { payload, header: { alg: 'HS256' }, signature }],
      ['unencoded', { payload: '{"a": "$.02"}', protected: protectedHeader, signature }],
      ['a JWE', { protected: jwe().split('.')[0], iv, ciphertext, tag }],
      [
        'a JWE for many',
        { unprotected: { enc: 'A256GCM' }, recipients: [{ header: { alg: 'dir' } }], iv, ciphertext, tag },
      ],
    ];

    it.each(forms)('%s', (_, value) => {
      const plain = JSON.stringify(value);
      const pretty = JSON.stringify(value, null, 2);
      expect(readPasted(plain)).toEqual({ tokens: [plain], forgiven: [] });
      expect(readPasted(`\n  ${pretty}\n`)).toEqual({ tokens: [pretty], forgiven: [] });
      expect(readPasted(`'${plain}'`)).toEqual({ tokens: [plain], forgiven: ['quotes'] });
      expect(readPasted(`“${pretty}”`)).toEqual({ tokens: [pretty], forgiven: ['quotes'] });
      expect(readPasted(JSON.stringify(plain))).toEqual({ tokens: [plain], forgiven: ['quotes'] });
      expect(readPasted(JSON.stringify(JSON.stringify(pretty)))).toEqual({ tokens: [pretty], forgiven: ['quotes'] });
    });

    it('with lines broken inside its strings', () => {
      const broken = JSON.stringify({ protected: protectedHeader, payload, signature }).replace(/.{40}/g, '$&\n   ');
      expect(readPasted(broken).tokens).toEqual([JSON.stringify({ protected: protectedHeader, payload, signature })]);
      expect(readPasted(broken).forgiven).toEqual(['line_breaks']);
    });

    it.each([
      ['a token response', { access_token: token, token_type: 'Bearer', signature: 'x' }],
      ['a payload that is no string', { payload: { a: token }, signature: 'x', protected: 'eyJ9' }],
      ['a signature of something else', { payload: token, signature: 'x' }],
    ])('and not %s', (_, value) => {
      expect(readPasted(JSON.stringify(value)).tokens).toEqual([token]);
    });
  });

  it('keeps an unencoded payload (RFC 7797) in its token', () => {
    const header = Buffer.from('{"alg":"HS256","b64":false,"crit":["b64"]}').toString('base64url');
    for (const payload of [
      'This is the payload string!',
      '{"a": [1, 2], "b": "x;y"}',
      'line\nline',
      '$02',
      '“quoted”',
    ]) {
      const plain = `${header}.${payload}.c2ln`;
      expect(readPasted(plain)).toEqual({ tokens: [plain], forgiven: [] });
      expect(readPasted(`"Bearer ${plain}" `).tokens).toEqual([plain]);
    }
    expect(readPasted(`${token.split('.')[0]}.not unencoded.c2ln`).tokens).not.toContain(
      `${token.split('.')[0]}.not unencoded.c2ln`,
    );
  });

  it('reads hostile text in one go', () => {
    for (const text of ['{', '~', '"', '{"', '[{', ' {', 'eyJ.', '\n']) {
      expect(readPasted(text.repeat(1_000_000 / text.length)).tokens.length).toBeLessThanOrEqual(1);
    }
  });

  it('joins a JWE', () => {
    expect(readPasted(wrap(jwe(500), 64, '\n')).tokens).toEqual([jwe(500)]);
  });

  it('keeps tokens on lines of their own apart, each told once', () => {
    expect(readPasted(`${token}\n${other}\n${token}`)).toEqual({ tokens: [token, other], forgiven: [] });
  });

  it.each([
    ['padding', `${token.replace('.', '==.')}`],
    ['base64 in place of base64url', token.replace(/\.([^.]{20})/, '.$1+/')],
    ['a foreign letter', token.replace(/\.([^.]{20})/, '.$1б')],
    ['a padded signature', `${token}=`],
    ['SD-JWT disclosures', `${token}~WyJhIiwiYiIsMV0~`],
    ['a lost first character', token.slice(1)],
    ['a header alone', token.split('.')[0] ?? ''],
  ])('leaves an attempt with %s whole for the decoder', (_, text) => {
    expect(readPasted(text)).toEqual({ tokens: [text], forgiven: [] });
    expect(readPasted(`"Bearer ${text}"`).tokens).toEqual([text]);
  });

  it.each([
    '',
    '  ',
    'www.example.com',
    'Hello. How are you?',
    'the framework.',
    '{"a":1}',
    'https://a.example/b.html',
  ])('finds nothing in %j', (text) => {
    expect(readPasted(text)).toEqual({ tokens: [], forgiven: [] });
  });

  it('reads a token of 5 MB', () => {
    const large = jwe(5 * 1024 * 1024);
    expect(readPasted(` ${large} `)).toEqual({ tokens: [large], forgiven: [] });
  });

  it('says of many tokens whether one was broken, looking through the text once', () => {
    const many = Array.from({ length: 900 }, (_, index) => jws({ index }));
    const last = wrap(jws({ last: true }), 40, '\n');
    const search = vi.spyOn(String.prototype, 'indexOf');
    const { forgiven } = readPasted(`${many.join('\n')}\n${last}`);
    const starts = search.mock.calls.flatMap(([, from]) => (from === undefined ? [] : from));
    search.mockRestore();
    expect(forgiven).toContain('line_breaks');
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(starts).toHaveLength(901);
  });

  it('has a sentence for each code, and no others', () => {
    const codes = ['quotes', 'scheme', 'line_breaks', 'percent_encoding', 'curl', 'url', 'surrounding_text'];
    expect(Object.keys(pastedTexts)).toEqual(codes.map((code) => `forgiven_${code}`));
  });

  it('never throws, and returns each token once', () => {
    const piece = fc.oneof(
      fc.constantFrom('\n', '"', 'Bearer ', '%2E', 'curl ', 'https://', token, token.slice(0, 40), '.', 'eyJ', ' '),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const { tokens, forgiven } = readPasted(pieces.join(''));
        expect(new Set(tokens).size).toBe(tokens.length);
        expect(new Set(forgiven).size).toBe(forgiven.length);
        expect(tokens).not.toContain('');
      }),
    );
  });
});
