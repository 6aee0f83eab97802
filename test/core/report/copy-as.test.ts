import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Place } from '../../../src/core/capture/records.ts';
import { type CopyFormat, copyAs, copyFormats } from '../../../src/core/report/copy-as.ts';
import { canRepeat, fitsRequest, PLACEHOLDER_URL, requestOf } from '../../../src/core/report/copy-as-request.ts';
import { anyCopied, BOUND, copiedOf, TOKEN } from './copy-as-arbitrary.ts';

const at = (place: Place, method = 'GET', url = 'https://api.test/me?x=1') => copiedOf({ method, url, place });
const BEARER: Place = { kind: 'request_header', name: 'authorization', scheme: 'Bearer' };
const text = (format: CopyFormat, copied = at(BEARER)) => copyAs(format, copied).text;

test('each format, as it is pasted', () => {
  expect(text('token')).toBe(TOKEN);
  expect(text('header')).toBe(`Authorization: Bearer ${TOKEN}`);
  expect(text('curl_sh')).toBe(`curl 'https://api.test/me?x=1' \\\n  --header 'Authorization: Bearer ${TOKEN}'`);
  expect(text('curl_cmd')).toBe(`curl ^"https://api.test/me^?x=1^" ^\n  --header ^"Authorization: Bearer ${TOKEN}^"`);
  expect(text('fetch_js')).toBe(
    `await fetch("https://api.test/me?x=1", {\n  headers: {\n    "Authorization": "Bearer ${TOKEN}",\n  },\n});\n`,
  );
  expect(text('httpie')).toBe(`http 'GET' 'https://api.test/me?x=1' 'Authorization: Bearer ${TOKEN}'`);
  expect(JSON.parse(text('postman'))).toMatchObject({
    values: [{ key: 'access_token', value: TOKEN, type: 'secret', enabled: true }],
  });
  expect(text('bruno')).toMatch(new RegExp(`^#.*process\\.env\\.ACCESS_TOKEN.*\\nACCESS_TOKEN=${TOKEN}\\n$`));
});

test('where the token stood, there it stands again', () => {
  const headersOf = (place: Place) => requestOf(at(place)).headers;
  const header = { kind: 'request_header', name: 'x-amzn-oidc-data' } as const;
  expect(headersOf(header)).toEqual([{ name: 'x-amzn-oidc-data', value: TOKEN }]);
  expect(headersOf({ kind: 'cookie', name: 'sid' })).toEqual([{ name: 'Cookie', value: `sid=${TOKEN}` }]);
  expect(requestOf(at({ kind: 'url_query', name: 'token' }, 'GET', `https://api.test/?token=${TOKEN}`))).toEqual({
    method: 'GET',
    url: `https://api.test/?token=${TOKEN}`,
    headers: [],
    notes: [],
  });
  const form: Place = { kind: 'request_body', name: 'client_assertion', format: 'form' };
  expect(requestOf(at(form, 'POST'))).toMatchObject({ method: 'POST', body: `client_assertion=${TOKEN}` });
  const json: Place = { kind: 'request_body', name: '', path: 'a.token', format: 'json' };
  expect(requestOf(at(json, 'PUT'))).toMatchObject({
    method: 'PUT',
    body: `{"a":{"token":"${TOKEN}"}}`,
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    notes: ['body_part'],
  });
});

test('the address is copied without fragment, user and password', () => {
  const { url } = requestOf(at(BEARER, 'GET', 'https://alice:secret@api.test/a#b'));
  expect(url).toBe('https://api.test/a');
});

test('a token that no request carried gets an address to fill in, and says so', () => {
  const elsewhere: readonly Place[] = [
    { kind: 'response_body', name: '', path: 'access_token' },
    { kind: 'local_storage', name: 'token' },
    { kind: 'url_fragment', name: 'id_token' },
    { kind: 'url_query', name: 'token', from: 'location' },
    { kind: 'request_header', name: 'a'.repeat(200) },
    { kind: 'request_header', name: 'x:y' },
    { kind: 'request_header', name: '__proto__' },
    { kind: 'cookie', name: 'a;b' },
  ];
  for (const copied of [copiedOf(), ...elsewhere.map((place) => at(place)), at(BEARER, 'GET', 'wss://api.test/')]) {
    expect(requestOf(copied)).toEqual({
      method: 'GET',
      url: PLACEHOLDER_URL,
      headers: [{ name: 'Authorization', value: `Bearer ${TOKEN}` }],
      notes: ['placeholder'],
    });
    for (const format of ['curl_sh', 'httpie', 'curl_cmd', 'fetch_js'] as const) {
      expect(text(format, copied)).toMatch(/^(#|rem|\/\/) Placeholder address/);
    }
  }
});

test('what a copy is not, or needs besides, is told in it', () => {
  const bound = copyAs('curl_sh', copiedOf(undefined, BOUND));
  expect(bound.text).toContain("--header 'Authorization: DPoP ");
  expect(bound.text).toContain('# The token is bound to a key');
  expect(bound.notes).toEqual(['placeholder', 'needs_proof']);
  expect(copyAs('header', at({ ...BEARER, scheme: 'DPoP' })).notes).toEqual(['needs_proof']);
  const proof = copyAs('fetch_js', { ...at({ kind: 'request_header', name: 'dpop' }), kind: 'dpop_proof' });
  expect(proof.text).toContain('"DPoP": "ey');
  expect(proof.notes).toEqual(['proof_once']);
  expect(copyAs('fetch_js', at({ kind: 'cookie', name: 'sid', path: 'a', chunks: 2 })).notes).toEqual([
    'wrapped',
    'joined',
    'not_in_browsers',
  ]);
  expect(copyAs('fetch_js', at({ kind: 'request_header', name: 'referer', path: 'token' })).notes).toEqual([
    'wrapped',
    'not_in_browsers',
  ]);
  for (const method of ['POST', 'put', 'PATCH']) {
    const { text: made, notes } = copyAs('httpie', at(BEARER, method));
    expect(notes).toEqual(['no_body']);
    expect(made).not.toContain('#');
  }
  for (const method of ['GET', 'HEAD', 'DELETE']) expect(copyAs('httpie', at(BEARER, method)).notes).toEqual([]);
  const long = at(BEARER, 'GET', `https://api.test/${'a'.repeat(8000)}`);
  expect(copyAs('curl_cmd', long).notes).toEqual(['cmd_too_long']);
});

test('a command is not sent as soon as it is pasted', () => {
  for (const format of ['curl_sh', 'curl_cmd', 'httpie'] as const) {
    for (const copied of [at(BEARER), at(BEARER, 'POST'), copiedOf()]) expect(text(format, copied)).not.toMatch(/\s$/);
  }
});

test('methods as curl wants them, and addresses that it would take for many', () => {
  expect(text('curl_sh', at(BEARER, 'HEAD'))).toContain(' --head ');
  expect(text('curl_sh', at(BEARER, 'POST'))).toContain(" --request 'POST'");
  const body: Place = { kind: 'request_body', name: 'a', format: 'form' };
  expect(text('curl_sh', at(body, 'POST'))).not.toContain('--request');
  expect(text('curl_sh', at(BEARER, 'GET', 'https://api.test/?a[]={1,2}'))).toContain('--globoff');
});

test('a method that a program takes for an address or an option is not repeated', () => {
  for (const method of ['evil.example', '-X', '--output', '1', ':80', 'localhost:80', 'a+b', "GET'"]) {
    const { text: made, notes } = copyAs('httpie', at(BEARER, method));
    expect(notes).toContain('placeholder');
    expect(made).toContain("\nhttp 'GET' 'https://api.example.com/' 'Authorization: ");
    expect(text('curl_sh', at(BEARER, method))).not.toContain('--request');
  }
  expect(text('httpie', at(BEARER, 'PROPFIND'))).toContain("http 'PROPFIND' ");
});

test('what fits no request is copied as it is', () => {
  const json = JSON.stringify({ payload: 'e30', protected: 'e30', signature: 'YQ' });
  for (const compact of [json, `${TOKEN}\n`, `${TOKEN}'`, '']) {
    expect(copyFormats(copiedOf(undefined, compact))).toEqual(['token', 'postman']);
  }
  expect(copyFormats(copiedOf())).toHaveLength(8);
});

test('any token from anywhere: every format holds it, and a request is plain ASCII', () => {
  fc.assert(
    fc.property(anyCopied, (copied) => {
      for (const format of copyFormats(copied)) {
        const { text: made } = copyAs(format, copied);
        const held = format === 'postman' ? JSON.parse(made).values[0].value : made;
        // An address that holds a token is copied as it was kept; here it never did.
        const isInUrl = /^url_/.test(copied.carried?.place.kind ?? '');
        if (isInUrl) continue;
        const { compact } = copied.decoded;
        const [, inForm = ''] = new URLSearchParams([['', compact]]).toString().split('=');
        const unescaped = format === 'curl_cmd' ? held.replaceAll('^', '') : held;
        expect(unescaped.includes(compact) || unescaped.includes(inForm), unescaped).toBe(true);
      }
      if (!fitsRequest(copied)) return;
      const { method, url, headers, body = '', notes } = requestOf(copied);
      expect(method).toMatch(/^[!-~]+$/);
      expect(url).toMatch(/^https?:\/\/[!-~]+$/);
      expect(body).toMatch(/^[\x20-\x7e]*$/);
      for (const { name, value } of headers) {
        expect(name).toMatch(/^[\w!#$%&'*+.^`|~-]+$/);
        expect(value).toMatch(/^[\x20-\x7e]+$/);
      }
      const repeats = copied.carried !== undefined && canRepeat(copied.carried);
      expect(notes.includes('placeholder')).toBe(!repeats);
    }),
    { numRuns: 400 },
  );
});
