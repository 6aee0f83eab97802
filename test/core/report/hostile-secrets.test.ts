/** Secrets that no format of a token, and no name of a parameter, gives away at first sight. */
import { describe, expect, it } from 'vitest';
import { exportLog } from '../../../src/core/report/export.ts';
import type { ExportFormat, ExportOptions } from '../../../src/core/report/exported.ts';
import { leakScanner } from '../../../src/core/report/proof.ts';
import { redactor } from '../../../src/core/report/redact.ts';
import { processorTime } from '../../fixtures/processor-time.ts';
import { exchange, jws, log, redacted, sighting, textOf, token, verdictsOf } from './logs.ts';

const FORMATS: readonly ExportFormat[] = ['json', 'csv', 'markdown', 'har'];
const compact = jws('{"sub":"alice"}');
const [, , signature = ''] = compact.split('.');

const base64 = (text: string) => Buffer.from(text).toString('base64');
const perUnit = (text: string, write: (code: string) => string) =>
  [...text].map((char) => write(char.charCodeAt(0).toString(16))).join('');
const percent = (text: string) => perUnit(text, (code) => `%${code}`);
const lines = (text: string, end: string, length = 76) => text.replace(new RegExp(`.{${length}}`, 'g'), `$&${end}`);
const octets = [...Buffer.from(compact)];

const DISGUISES: Readonly<Record<string, string>> = {
  'base64 of base64': base64(base64(signature)),
  'base64 of base64 of base64': base64(base64(base64(signature))),
  'base64 of JSON with base64': base64(JSON.stringify({ token: base64(JSON.stringify({ compact })) })),
  'base64 of what is percent-encoded': base64(percent(compact)),
  'base64 in a path': `/files/${base64(base64(compact))}`,
  'base64 of UTF-16': Buffer.from(signature, 'utf16le').toString('base64'),
  'lines of MIME': lines(base64(compact.repeat(3)), '\r\n'),
  'lines of quoted-printable': lines(compact.repeat(2), '=\r\n'),
  'short lines': lines(base64(compact), '\n', 20),
  'very short lines, indented': `\n${lines(compact, '\r\n    ', 7)}`,
  'short lines of base64 of base64': lines(base64(base64(compact)), '\n', 32),
  'numbers of its octets': JSON.stringify(octets),
  'numbers of its octets, on lines of their own': JSON.stringify(octets, undefined, 8),
  'members of an array of octets': JSON.stringify({ ...octets }),
  'numbers of the octets of its signature': JSON.stringify([...Buffer.from(signature, 'base64url')]),
  hexadecimal: Buffer.from(signature).toString('hex'),
  'hexadecimal in capitals': Buffer.from(signature).toString('hex').toUpperCase(),
  'hexadecimal of the octets': Buffer.from(signature, 'base64url').toString('hex'),
  'escapes of JavaScript': perUnit(signature, (code) => `\\x${code}`),
  'code points of JavaScript': perUnit(signature, (code) => `\\u{${code}}`),
  'escapes of VBScript': perUnit(signature, (code) => `%u00${code}`),
  'names of HTML': compact.replaceAll('.', '&period;').replaceAll('_', '&lowbar;'),
  'letters of full width': perUnit(signature, (code) => String.fromCharCode(Number.parseInt(code, 16) + 0xfee0)),
  'with marks of direction': [...signature].join('\u202e'),
  'with controls and selectors': [...signature].join('\u0001\ufe0f'),
  'seven layers of percent': Array.from({ length: 6 }).reduce(encodeURIComponent, percent(compact)) as string,
};

describe.each(Object.entries(DISGUISES))('a token as %s', (_, disguise) => {
  it('is found by the proof', () => {
    expect(leakScanner([compact])(`"a b" ${disguise} c`)).toEqual([0]);
    expect(leakScanner([compact])(JSON.stringify({ disguise }))).toEqual([0]);
  });

  it.each(FORMATS)('goes from a %s file', (format) => {
    const carrier = jws(JSON.stringify({ x: disguise, iss: disguise, nested: JSON.stringify({ x: disguise }) }));
    const what = log({
      tokens: [token(compact), token(carrier)],
      exchanges: [exchange(`https://a.io/?q=${encodeURIComponent(disguise)}`, { error: disguise })],
    });
    const text = textOf(what, { ...redacted, format, verdicts: verdictsOf(what, disguise) });
    for (const form of [disguise, encodeURIComponent(disguise), JSON.stringify(disguise).slice(1, -1)]) {
      expect(text).not.toContain(form);
    }
  });
});

const made = (change: Partial<ExportOptions>, payload: string, header?: string) => {
  const exported = exportLog(log({ tokens: [token(jws(payload, header))] }), { ...redacted, ...change });
  if ('error' in exported) throw new Error('leak');
  return JSON.parse(exported.text).tokens[0];
};

const { text } = redactor(new Map(), leakScanner([]));
const PEM = '-----BEGIN PRIVATE KEY-----\\nMIGHAgEAMBMGByqGSM49\\n-----END PRIVATE KEY-----';

describe('secrets by name', () => {
  it.each([
    ['/?client%5Fsecret=abc', '/?client%5Fsecret=***'],
    ['/?%74oken=abc&b=1', '/?%74oken=***&b=1'],
    [`/?${'a'.repeat(300)}_token=abc`, `/?${'a'.repeat(300)}_token=***`],
    [
      '/?PHPSESSID=a&connect.sid=b&subscription-key=c&device_code=d',
      '/?PHPSESSID=***&connect.sid=***&subscription-key=***&device_code=***',
    ],
    ['/?a:token=abc&$token=abc', '/?a:token=***&$token=***'],
    ['/?password=a,b;c%26d&e=f', '/?password=***&e=f'],
    ['/?q=%252525253Fcode%252525253Dabc', '/?q=%252525253Fcode%252525253D***'],
    ["('token=abc')", "('token=***"],
    ['/?a=x|token=abc', '/?a=x|token=***'],
    ['/?a=token=abc', '/?a=token=***'],
    [
      '/?q={"token":"abc","a":{"pin":12},"has_password":true}',
      '/?q={"token":"***","a":{"pin":***},"has_password":true}',
    ],
    ['/?q=%7B%22token%22%3A%22abc%22%7D&z=1', '/?q=%7B%22token%22%3A%22***%22%7D&z=1'],
    [String.raw`"{\"token\": \"abc\"}"`, String.raw`"{\"token\": \"***\"}"`],
    ['{"access_token":"token-3","tokens":["token-1"]}', '{"access_token":"token-3","tokens":["token-1"]}'],
    ['/?mode=resetPassword&oobCode=a&resetCode=b', '/?mode=resetPassword&oobCode=***&resetCode=***'],
    ['/?pre-authorized_code=a&one-time_code=b&mfa_code=c', '/?pre-authorized_code=***&one-time_code=***&mfa_code=***'],
    ['/?oauth_verifier=a&openid.sig=b&SAMLart=c', '/?oauth_verifier=***&openid.sig=***&SAMLart=***'],
    ['/v.m3u8?hdnts=exp=1~acl=/*~hmac=abc&x=1', '/v.m3u8?hdnts=exp=1~acl=/*~hmac=***&x=1'],
    ['{"tokens":["a]b","c"],"n":1}', '{"tokens":***,"n":1}'],
    ['/?q=%7B%22credentials%22%3A%7B%22x%22%3A%22a%22%7D%7D&n=1', '/?q=%7B%22credentials%22%3A***%7D&n=1'],
    ['/?q=%7B%22password%22+%3A%0A%20%22abc%22%7D', '/?q=%7B%22password%22+%3A%0A%20%22***%22%7D'],
    [String.raw`{"pass\u0077ord":"a\"b\\","n":"\""}`, String.raw`{"pass\u0077ord":"***","n":"\""}`],
    ['/?q=%22password%22%3A%22a%5C%22b%22%7D', '/?q=%22password%22%3A%22***%22%7D'],
    [
      `/?q=${encodeURIComponent(JSON.stringify({ v: JSON.stringify({ pin: 'a"b\\', n: 1 }) }))}`,
      `/?q=${encodeURIComponent(JSON.stringify({ v: JSON.stringify({ pin: '***', n: 1 }) }))}`,
    ],
    ['mutation{login(name:"a",password:"b c"){id}}', 'mutation{login(name:"a",password:"***"){id}}'],
    ['/?query=mutation+%7Blogin%28password%3A+%22b+c%22%29', '/?query=mutation+%7Blogin%28password%3A+%22***%22%29'],
    ["{pin:'12', n:'1'}", "{pin:'***', n:'1'}"],
    ['sent X-Api-Key: q7Hk2Zp9, and more', 'sent X-Api-Key: ***, and more'],
    ['/?h=X-Api-Key%3A%20q7Hk2Zp9%0AAccept%3A%20a', '/?h=X-Api-Key%3A%20***%0AAccept%3A%20a'],
    ['Authorization: Token q7Hk2Zp9; password:hunter2', 'Authorization: Token ***; password:***'],
    ['/?auth_req_id=a&x-functions-key=b&appKey=c', '/?auth_req_id=***&x-functions-key=***&appKey=***'],
    ['/?authorization=a&Cookie=b&+key=c&data.pin=1', '/?authorization=***&Cookie=***&+key=***&data.pin=***'],
  ])('%s', (given, out) => {
    expect(text(given)).toBe(out);
  });
});

describe('secrets by shape', () => {
  it.each([
    ['//user:pass@a.io/', '//***@a.io/'],
    [`key ${PEM} end`, 'key *** end'],
    [String.raw`{"u":"https:\/\/user:pass@a.io\/x@y"}`, String.raw`{"u":"https:\/\/***@a.io\/x@y"}`],
    ['/?u=//user:pass@a.io/', '/?u=//***@a.io/'],
    [
      `/?u=${encodeURIComponent(encodeURIComponent(encodeURIComponent('https://user:pass@a.io/')))}&a=b@c`,
      '/?u=https%25253A%25252F%25252F***%252540a.io%25252F&a=b@c',
    ],
    ['sent "Basic dTpw" twice: Basic dTpwdw==', 'sent "Basic ***" twice: Basic ***'],
    ['Token q7Hk2Zp9Lw4Xv8 is unknown', 'Token *** is unknown'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIGH', '***'],
    ['/hooks?x=ghp_16C7e42F292c6912E7710c838347Ae178B4a', '/hooks?x=***'],
    ['https://hooks.slack.com/services/T0000/B0000/XXXXXXXXXXXXXXXX', 'https://hooks.slack.com/services/***'],
    [
      'https://api.telegram.org/bot123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11/getMe',
      'https://api.telegram.org/bot***/getMe',
    ],
    ['/reset-password/8f3a09bc55d1e2f3a4/now', '/reset-password/***/now'],
    ['sent Authorization: Basic dXNlcjpwYXNzd29yZA==, and', 'sent Authorization: Basic ***, and'],
    ['/?h=Bearer%202YotnFZFEjr1zCsicMWpAA', '/?h=Bearer%20***'],
  ])('%s', (given, out) => {
    expect(text(given)).toBe(out);
  });

  it.each([
    'Bearer authentication required, error_description="The access token expired"',
    'Bearer authorization_uri="https://login.acme.io/oauth2", error="invalid_token"',
    'Bearer token-123456',
    'https://a.io/.well-known/openid-configuration?response_type=code&scope=openid%20profile&state=s-1',
    'https://a.io/session/how-to-keep-a-session-alive/sk-nice-words-for-a-url-of-a-shop-in-slovakia',
    '/oauth2/token/introspect?token_type_hint=access&token_endpoint_auth_method=private_key_jwt',
    '/users/8f3a09bc-55d1-e2f3-a4b5-c6d7e8f90a1b/orders?sort=-created&author=a&spin=1',
    '{"error":"invalid_grant","code_challenge_method":"S256","id_token_signed_response_alg":"RS256"}',
    '/verify/email-address-of-user-12 /assets/token/index-BX7aQz91.chunk.js',
    '{"code":"E401","password_policy":"strong","session_timeout":30}',
    '/?country_code=de&status_code=401&sort_key=a&public_key=b&requested_token_type=urn:ietf:params:oauth:token-type:jwt',
    '/?key_id=a1&authorization_details=x&amr=pwd&verified=1&author.name=b',
    'cookies: a=1; theme=dark, and 2 + 2 = 4',
    'kid did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK, urn:ietf:params:oauth:token-type:jwt2',
    'Only cookies carried a token: sb-ref1-auth. Both name the same key: kid2026. Signature: ES256-2',
    'https://a.io/?q=session:2026&redirect=https%3A%2F%2Fa.io%2Fx%40y&mail=a@b.test',
    'Basic access2 or Basic Realm1, {"code":["E401"]} and code: "E401"',
  ])('leaves alone %s', (given) => {
    expect(text(given)).toBe(given);
  });
});

describe('claims', () => {
  it('no private member of a key, in the header or a claim', () => {
    const jwk = { kty: 'EC', crv: 'P-256', x: 'public', d: '870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE' };
    const told = made({}, JSON.stringify({ cnf: { jwk }, d: 'kept' }), JSON.stringify({ alg: 'ES256', jwk }));
    expect(told.header.jwk).toEqual({ ...jwk, d: '***' });
    expect(told.payload).toEqual({ cnf: { jwk: { ...jwk, d: '***' } }, d: 'kept' });
  });

  it('what is masked, and secrets, in JSON that is a text itself', () => {
    const nested = JSON.stringify({
      email: 'a@b.test',
      client_secret: 's',
      deep: JSON.stringify({ email: 'c@d.test' }),
    });
    const { payload } = made({ maskClaims: ['email'] }, JSON.stringify({ nested, sub: 'a@b.test', aud: 'c@d.test' }));
    expect(payload).toEqual({
      nested: JSON.stringify({ email: '***', client_secret: '***', deep: JSON.stringify({ email: '***' }) }),
      sub: '***',
      aud: '***',
    });
  });

  it('a captured JSON serialisation that is a text keeps its name', () => {
    const [header, payload, end] = compact.split('.');
    const json = JSON.stringify({ protected: header, payload, signature: end });
    const what = log({ tokens: [token(json), token(jws(JSON.stringify({ was: json })))] });
    expect(JSON.parse(textOf(what, redacted)).tokens[1].payload).toEqual({ was: 'token-1' });
  });

  it('octets that are members of the payload itself', () => {
    const octetsOf = (text: string) => [...Buffer.from(text)];
    const carried = {
      list: octetsOf(compact),
      object: { ...octetsOf(compact) },
      kept: octetsOf('anything at all, of any length'),
    };
    const carrier = jws(JSON.stringify(carried));
    const what = log({ tokens: [token(compact), token(carrier)] });
    expect(JSON.parse(textOf(what, redacted)).tokens[1].payload).toEqual({
      list: '***',
      object: '***',
      kept: carried.kept,
    });
  });

  it('the values of pairs whose names are those of secrets', () => {
    const pairs = [
      { name: 'X-Api-Key', value: 'q7' },
      { type: 'password', Value: 'q7', temporary: false },
      { name: 'country', value: 'de' },
    ];
    expect(made({}, JSON.stringify({ pairs })).payload.pairs).toEqual([
      { name: 'X-Api-Key', value: '***' },
      { type: 'password', Value: '***', temporary: false },
      { name: 'country', value: 'de' },
    ]);
  });

  it('what a token permits is told, but not what a header of that name holds', () => {
    const authorization = { permissions: [{ rsname: 'orders', scopes: ['view'] }] };
    expect(made({}, JSON.stringify({ authorization })).payload).toEqual({ authorization });
    expect(made({}, '{"authorization":"q7"}').payload).toEqual({ authorization: '***' });
  });

  it('how clients are registered is told', () => {
    const healthy = {
      token_endpoint_auth_method: 'private_key_jwt',
      ...{ id_token_signed_response_alg: 'RS256', pwd_exp: 123, access_token_expires_in: 60, session_state: 'x' },
    };
    expect(made({}, JSON.stringify(healthy)).payload).toEqual(healthy);
  });
});

describe('values of masked claims', () => {
  const { text } = redactor(
    new Map(),
    leakScanner([]),
    new Set(['alice@corp.test', 'Alice B. Cooper', 'https://p.io/a.png']),
  );

  it.each([
    ['/?next=%2Fapp%3Flogin_hint%3Dalice%2540corp.test', '/?next=%2Fapp%3Flogin_hint%3D***'],
    ['/?next=%2Fapp%3Flogin_hint%3Dalice%40corp.test%26a%3D1', '/?next=%2Fapp%3Flogin_hint%3D***%26a%3D1'],
    ['/?login_hint=Alice%40Corp.Test', '/?login_hint=***'],
    ['Write to alice@corp.test.', 'Write to ***.'],
    ['mailto:alice@corp.test', 'mailto:***'],
    ['Hello Alice B. Cooper!', 'Hello ***!'],
    ['Alice B. Coopersmith, Alice Cooper', 'Alice B. Coopersmith, Alice Cooper'],
    ['<img src="https://p.io/a.png">', '<img src="***">'],
    ['malice@corp.test', 'malice@corp.test'],
    ['ALICE B. COOPER', 'ALICE B. COOPER'],
  ])('%s', (given, out) => {
    expect(text(given)).toBe(out);
  });
});

it('short keys that were typed go as whole words, in every format', () => {
  const what = log({
    tokens: [token(jws('{"hint":"s3cr3t-k3y","job":"secretary"}', '{"alg":"HS256","kid":"s3cr3t-k3y"}'))],
    exchanges: [exchange('https://a.io/s3cr3t-k3y/?x=s3cr3t-k3y')],
  });
  for (const format of FORMATS) {
    const keys = ['s3cr3t-k3y', 'secret', 'abc'];
    const made = textOf(what, { ...redacted, format, keys, verdicts: verdictsOf(what, 'weak: "s3cr3t-k3y".') });
    expect(made).not.toContain('s3cr3t');
    if (format === 'json') expect(made).toContain('secretary');
  }
});

describe('keys that nothing tells but where they stand', () => {
  const KEY = 'q7Rk2Zp9Lw4Xv8Tb3NcY';
  const placed = (url: string) => {
    const exported = exportLog(log({ exchanges: [exchange(url, { location: url })] }), redacted);
    if ('error' in exported) throw new Error('leak');
    return { url: JSON.parse(exported.text).exchanges[0].url, paths: exported.counts.replaced.paths };
  };

  it.each([
    [`https://a.io/v2/${KEY}/blocks?b=1`, 'https://a.io/v2/***/blocks?b=1'],
    [`/v2/${KEY}`, '/v2/***'],
    [`https://a.io/${KEY};v=1#/${KEY}`, 'https://a.io/***;v=1#/***'],
    ['https://main.infura.io/v3/84842078b09946638c03157f83405213', 'https://main.infura.io/v3/***'],
    ['https://a.io/hook/aGVsbG8gd29ybGQgMTIzNDU2Nzg5MA==', 'https://a.io/hook/***'],
    [`https://a.io/?next=https%3A%2F%2Fb.io%2Fv2%2F${KEY}%2Fx`, 'https://a.io/?next=https%3A%2F%2Fb.io%2Fv2%2F***%2Fx'],
  ])('%s', (given, out) => {
    const { url, paths } = placed(given);
    expect(url).toBe(out);
    expect(paths).toBe(2 * (out.split('***').length - 1));
  });

  it.each([
    'https://a.io/users/8f3a09bc-55d1-e2f3-a4b5-c6d7e8f90a1b/orders/507f1f77bcf86cd799439011',
    'https://a.io/order-8f3a09bc-55d1-e2f3-a4b5-c6d7e8f90a1b',
    'https://a.io/assets/index-8f3a09bc55d1e2f3a4b5c6d7.js',
    'https://a.io/how-to-keep-3-cats-and-2-dogs-in-1-flat/getUserAccountInformationByIdentifier',
    'https://a.io/eu-west-1_AbC123xYz/.well-known/openid-configuration',
    'https://a.io/12345678901234567890/MyCompanyNameOf2024Production/SCREAMING_SNAKE_CASE_2',
    `https://a.io/?hash=${KEY}`,
  ])('leaves %s', (given) => {
    expect(placed(given)).toEqual({ url: given, paths: 0 });
  });

  it('what only looks like it in a claim names an issuer', () => {
    const iss = `https://dev-1.okta.test/oauth2/${KEY}`;
    expect(made({}, JSON.stringify({ iss })).payload).toEqual({ iss });
  });

  it.each(FORMATS)('no word before a token that is no known scheme, in a %s file', (format) => {
    const place = { kind: 'request_header', name: 'authorization', scheme: 'secret123' } as const;
    const known = ['Bearer', 'dpop', 'AWS4-HMAC-SHA256'].map((scheme) => ({ ...place, scheme }));
    const what = log({
      tokens: [token(compact)],
      exchanges: [exchange('https://a.io/')],
      sightings: [place, ...known].map((one, index) => sighting(compact, one, { id: `s-${index}` })),
    });
    const out = textOf(what, { ...redacted, format, verdicts: verdictsOf(what, 'x') });
    expect(out).not.toContain('secret123');
    if (format === 'json' || format === 'har') for (const { scheme } of known) expect(out).toContain(scheme);
    expect(textOf(what, { ...redacted, live: true, format: 'json' })).toContain('secret123');
  });
});

it('a credential of one address goes from every other', () => {
  const secret = 'Zm9vYmFyYmF6cXV4MTIz';
  const addresses = [`https://a.io/?client_secret=${secret}`, `https://a.io/of/${secret}?x=${secret}`];
  const exchanges = addresses.map((url, index) => exchange(url, { id: `r-${index}`, error: `no ${secret}` }));
  for (const format of FORMATS) {
    expect(textOf(log({ exchanges }), { ...redacted, format })).not.toContain(secret);
  }
});

describe('floods of what begins something', () => {
  const values = new Set(['Alice B. Cooper', 'alice@corp.test']);
  const hostile = redactor(new Map([[compact, 'token-1']]), leakScanner([compact]), values);
  const units = [
    '\\',
    '[',
    '"token":"',
    "'token':'",
    '%22token%22%3A%22',
    '?token=',
    '%253F',
    '/token/',
    'Bearer a',
    '//',
  ];
  const more = [
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN ',
    'sk-',
    'Alice B. ',
    'alice%2F',
    `${'a'.repeat(80)}\n`,
    '0a',
    'token',
    '/a1B2',
    `/${'a1'.repeat(12)}.`,
    '%2F',
    '1, ',
    '"0": 1, ',
    '"token":[',
    '"token":["',
    '%5C',
    '%5C%22token%5C%22%3A',
    'token:"',
    'api_key: ',
    'a%20',
    '"a" ',
    'Basic ',
    '=//a',
    String.raw`:\/\/`,
    '1 ',
    'ab\n',
    `${'a'.repeat(39)}!\n`,
    '\n',
  ];

  it.each([...units, ...more])('of %j cost no more than their length', (unit) => {
    const flood = unit.repeat(Math.ceil(150_000 / unit.length));
    const took = processorTime(() => {
      hostile.text(flood);
      hostile.json(JSON.stringify({ flood }), ['a']);
    });
    expect(took).toBeLessThan(3000);
  });
});
