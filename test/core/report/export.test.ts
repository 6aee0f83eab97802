import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeRecord, Place, SightingRecord } from '../../../src/core/capture/records.ts';
import { exportLog } from '../../../src/core/report/export.ts';
import type { ExportOptions, Log } from '../../../src/core/report/exported.ts';
import { leakScanner } from '../../../src/core/report/proof.ts';
import { processorTime } from '../../fixtures/processor-time.ts';
import { encodings, signatures } from './arbitrary.ts';
import { exchange, jws, live, log, planted, redacted, sighting, token } from './logs.ts';

const base64url = (text: string) => Buffer.from(text).toString('base64url');

function write(what: Log, options: ExportOptions) {
  const exported = exportLog(what, options);
  if ('error' in exported) throw new Error(`leak of ${exported.found}`);
  return { ...exported, file: JSON.parse(exported.text) };
}
/** The URL as it goes out, `compact` being the one captured token. */
const url = (given: string, compact = jws('{}')): string =>
  write(log({ tokens: [token(compact)], exchanges: [exchange(given)] }), redacted).file.exchanges[0].url;

describe('a redacted file', () => {
  const compact = jws('{"sub":"alice","big":12345678901234567890,"one":1.0,"one":2}');

  it('keeps the claims as written, without signature and compact', () => {
    const { text, file, counts } = write(log({ tokens: [token(compact)] }), redacted);
    expect(file).toMatchObject({
      claimcheck: 1,
      kind: 'log',
      exportedAt: '2026-11-21T00:00:00.000Z',
      version: '0.1.0',
      browser: 'chromium',
      redacted: true,
      exchanges: [],
      sightings: [],
    });
    expect(file.tokens).toEqual([
      {
        id: 'token-1',
        form: 'jws',
        firstSeen: 1,
        segments: compact.split('.').map(({ length }) => length),
        signature: 'removed',
        problems: expect.arrayContaining([expect.objectContaining({ code: 'duplicate_member', segment: 'payload' })]),
        header: { alg: 'HS256', kid: 'a1' },
        payload: expect.objectContaining({ sub: 'alice' }),
      },
    ]);
    expect(text).toContain('"big":12345678901234567890,"one":1.0,"one":2}');
    expect(text).not.toContain('sum-');
    expect(counts).toEqual({
      ...{ tokens: 1, exchanges: 0, sightings: 0 },
      replaced: { signatures: 1, tokens: 0, secrets: 0, paths: 0, claims: 0 },
    });
  });

  it('ties tokens, exchanges and sightings together by stable names', () => {
    const other = jws('{"sub":"bob"}');
    const { file } = write(
      log({
        tokens: [token(other), token(compact)],
        exchanges: [exchange(`https://a.io/?t=${compact}`)],
        sightings: [sighting(compact, { kind: 'url_query', name: 't' })],
      }),
      redacted,
    );
    expect(file.exchanges[0]).toMatchObject({ id: 'exchange-1', url: 'https://a.io/?t=token-2' });
    expect(file.sightings).toEqual([
      { token: 'token-2', exchange: 'exchange-1', place: { kind: 'url_query', name: 't' }, at: 2 },
    ]);
  });

  it('tells what stood in a store, of no exchange, without token or address in its name', () => {
    const place: Place = {
      kind: 'local_storage',
      name: 'jwt',
      path: 'a.b',
      origin: 'https://app.test',
      layout: 'cognito',
    };
    const named = (name: string) => ({ ...sighting(compact, { ...place, name }), exchange: '' });
    const names = [
      'oidc.user:https://login.test:spa',
      '@@auth0spajs@@::client::@@user@@',
      'CognitoIdentityServiceProvider.client.alice@mail.test.idToken',
      'user/alice%40mail.test/token',
      `cache ${compact}`,
      `cut ${compact}`.slice(0, 60),
      `session=${'s'.repeat(20)}`,
    ];
    const { file, text } = write(log({ tokens: [token(compact)], sightings: names.map(named) }), redacted);
    expect(file.sightings[0]).toEqual({ token: 'token-1', place: { ...place, name: names[0] }, at: 2 });
    expect(file.sightings.map((one: SightingRecord) => one.place.name)).toEqual([
      names[0],
      names[1],
      '***',
      'user/***/token',
      'cache token-1',
      'cut ***',
      'session=***',
    ]);
    expect(text).not.toMatch(/alice(@|%40)/);
    const kept = write(log({ tokens: [token(compact)], sightings: names.map(named) }), live).file.sightings;
    expect(kept.map((one: SightingRecord) => one.place.name)).toEqual(names);
  });

  it('tells no address of a user in the name or the path of a place, in any format', () => {
    const place: Place = {
      kind: 'cookie',
      name: 'Cognito.alice@mail.test.idToken',
      path: 'users["alice@mail.test"].t',
    };
    const what = log({
      tokens: [token(compact)],
      exchanges: [exchange('https://a.io/')],
      sightings: [sighting(compact, place)],
    });
    for (const format of ['json', 'csv', 'markdown', 'har'] as const) {
      const exported = exportLog(what, { ...redacted, format });
      expect(exported).toMatchObject({ counts: { replaced: { secrets: 2 } } });
      expect('text' in exported && exported.text).not.toMatch(/mail.test/);
      expect(exportLog(what, { ...live, format })).toMatchObject({ text: expect.stringMatching(/mail.test/) });
    }
  });

  it('masks the claims that were chosen, at any depth and each time they stand there', () => {
    const named = jws('{"sub":"alice","email":{"a":["x"]},"email":"a@b.c","n":{"email":"kept"}}');
    const { text } = write(log({ tokens: [token(named)] }), { ...redacted, maskClaims: ['email', 'absent'] });
    expect(text).toContain('"payload":{"sub":"alice","email":"***","email":"***","n":{"email":"***"}}');
  });

  it('masks all of a payload in which no claim can be found', () => {
    const broken = jws('{"email":"a@b.c"');
    expect(write(log({ tokens: [token(broken)] }), redacted).text).toContain('a@b.c');
    const { text, counts } = write(log({ tokens: [token(broken)] }), { ...redacted, maskClaims: ['email'] });
    expect(text).not.toContain('a@b.c');
    expect(counts.replaced.claims).toBe(1);
  });

  it('takes tokens out of claims, captured or not, and under escapes', () => {
    const outer = jws(
      JSON.stringify({ a: compact, b: `x ${jws('{"q":1}')}`, [compact]: 1 }).replaceAll('.', '\\u002e'),
    );
    const { file } = write(log({ tokens: [token(compact), token(outer)] }), redacted);
    expect(file.tokens[1].payload).toEqual({ a: 'token-1', b: 'x ***', 'token-1': 1 });
  });

  it('says nothing of what was pasted and is no token', () => {
    const secret = `${base64url('supersecretpassword-material')}.${base64url('more of it')}.`;
    const { text, file } = write(log({ tokens: [token(secret)] }), redacted);
    expect(file.tokens[0]).not.toHaveProperty('header');
    expect(file.tokens[0]).not.toHaveProperty('payload');
    expect(text).not.toMatch(/supersecret|more of it/);
    expect(write(log({ tokens: [token(secret)] }), live).text).toContain('supersecret');
  });

  it('masks claims that are named like a secret', () => {
    const payload = {
      password: 'p',
      a: [{ api_key: 1, pin: 1234, credentials: { x: 'y' } }],
      has_password: true,
      access_token: compact,
      refresh_token: 'opaque',
      token_use: 'access',
      sid: 's1',
    };
    const { file } = write(log({ tokens: [token(compact), token(jws(JSON.stringify(payload)))] }), redacted);
    expect(file.tokens[1].payload).toEqual({
      password: '***',
      a: [{ api_key: '***', pin: '***', credentials: '***' }],
      has_password: true,
      access_token: 'token-1',
      refresh_token: '***',
      token_use: 'access',
      sid: 's1',
    });
  });

  it('says nothing of a JWE but its header', () => {
    const sealed = `${base64url('{"alg":"dir","enc":"A128GCM"}')}..${signatures(1)}.${signatures(2)}.${signatures(3)}`;
    const { file } = write(log({ tokens: [token(sealed)] }), redacted);
    expect(file.tokens[0]).toMatchObject({ form: 'jwe', header: { alg: 'dir', enc: 'A128GCM' }, signature: 'none' });
    expect(file.tokens[0]).not.toHaveProperty('payload');
  });

  it('keeps the claims of a pasted JSON serialisation', () => {
    const [protectedHeader, payload, signature] = compact.split('.');
    const text = JSON.stringify({ protected: protectedHeader, payload, signature });
    const { text: out, file } = write(log({ tokens: [token(text)] }), redacted);
    expect(file.tokens).toEqual([
      expect.objectContaining({ form: 'jws', signature: 'removed', header: { alg: 'HS256', kid: 'a1' } }),
    ]);
    expect(file.tokens[0].payload.sub).toBe('alice');
    for (const part of [protectedHeader, payload, signature]) expect(out).not.toContain(part);
  });

  it('masks digits that are part of a captured string', () => {
    const digits = '1234567890123456';
    const hostile = `${base64url('{"alg":"HS256"}')}.${base64url(`{"n":${digits}}`)}.${digits}`;
    expect(write(log({ tokens: [token(hostile)] }), redacted).file.tokens[0].payload).toEqual({ n: '***' });
  });

  it('survives a clock that is no date', () => {
    expect(write(log({}), { ...redacted, at: Number.NaN }).file.exportedAt).toBeNull();
  });
});

describe('URLs and headers', () => {
  const compact = jws('{}');
  it.each([
    [`https://a.io/x/${compact}/y`, 'https://a.io/x/token-1/y'],
    [`https://a.io/#id_token=${compact}&state=1`, 'https://a.io/#id_token=token-1&state=1'],
    [`https://a.io/?u=${compact.replaceAll('.', '%2E')}&b=1`, 'https://a.io/?u=token-1&b=1'],
    [`https://a.io/?u=https%3A%2F%2Fb%3Fx%3D${compact}`, 'https://a.io/?u=https%3A%2F%2Fb%3Fx%3Dtoken-1'],
    [`https://a.io/?u=${Buffer.from(compact).toString('base64url')}`, 'https://a.io/?u=***'],
    ['https://a.io/cb?code=abc&state=xyz', 'https://a.io/cb?code=***&state=xyz'],
    ['https://a.io/cb#access_token=opaque&token_type=Bearer', 'https://a.io/cb#access_token=***&token_type=Bearer'],
    ['https://a.io/?client_secret=s3cret&password=p&a=1', 'https://a.io/?client_secret=***&password=***&a=1'],
    ['https://a.io/?next=%2Fcb%3Fcode%3Dabc%26a%3D1', 'https://a.io/?next=%2Fcb%3Fcode%3D***%26a%3D1'],
    ['https://a.io/?n=%252Fcb%253Fcode%253Dabc%2526a%253D1', 'https://a.io/?n=%252Fcb%253Fcode%253D***%2526a%253D1'],
    ['https://a.io/?next=/cb?code=abc', 'https://a.io/?next=/cb?code=***'],
    ['https://a.io/?n=https%3A%2F%2Fuser:pass%40b.io', 'https://a.io/?n=https%3A%2F%2F***%40b.io'],
    ['https://user:pass@a.io/p', 'https://***@a.io/p'],
    ['https://user:p%40ssw0rd@a.io/', 'https://***@a.io/'],
    ['https://user:p%23ss9@a.io/?b=1', 'https://***@a.io/?b=1'],
    ['https://us@er:p@ss@a.io/@me', 'https://***@a.io/@me'],
    ['https://a.io/?n=https%3A%2F%2Fuser%3Ap%2540ss%252F1%40b.io%2Fx', 'https://a.io/?n=https%3A%2F%2F***%40b.io%2Fx'],
    ['https://a.io/?n=%253A%252F%252Fu%253Ap%2540b.io', 'https://a.io/?n=%253A%252F%252F***%2540b.io'],
    ['https://a.io/?n=https%3A%2F%2Fb.io%2Fu%40v', 'https://a.io/?n=https%3A%2F%2Fb.io%2Fu%40v'],
    ['https://a.io/?user[password]=p&user[name]=n', 'https://a.io/?user[password]=***&user[name]=n'],
    ['https://a.io/?user%5Bpassword%5D=p&a%5B%5D=1', 'https://a.io/?user%5Bpassword%5D=***&a%5B%5D=1'],
    [
      'https://a.io/?auth_key=a&access_key=b&pin=1&bearer=x',
      'https://a.io/?auth_key=***&access_key=***&pin=***&bearer=***',
    ],
    ['https://a.io/?spin=1&author=a&pinned=2', 'https://a.io/?spin=1&author=a&pinned=2'],
    [`https://a.io/?t=${jws('{"not":"captured"}')}`, 'https://a.io/?t=***'],
    ['https://a.io/monkey?page=2&q=eyJ', 'https://a.io/monkey?page=2&q=eyJ'],
  ])('%s', (given, out) => {
    expect(url(given, compact)).toBe(out);
  });

  it('takes a short token out where it stands alone', () => {
    expect(url('https://a.io/?t=e30.e30.x', 'e30.e30.x')).toBe('https://a.io/?t=token-1');
  });

  it('redacts challenges', () => {
    const wwwAuthenticate = [`Bearer error="invalid_token", error_description="no ${compact}."`];
    const { file } = write(
      log({ tokens: [token(compact)], exchanges: [exchange('https://a.io/', { wwwAuthenticate })] }),
      redacted,
    );
    expect(file.exchanges[0].wwwAuthenticate).toEqual([
      'Bearer error="invalid_token", error_description="no token-1."',
    ]);
  });

  it.each([
    ['Negotiate YIIFbAYGKwYBBQUCoIIFYDCCBVw=', 'Negotiate ***'],
    ['NTLM TlRMTVNTUAACAAAA, Basic realm="a"', 'NTLM ***, Basic realm="a"'],
    ['Basic realm="a", Negotiate YIIF/+==', 'Basic realm="a", Negotiate ***'],
    ['Bearer realm="a b, c d, e", error=invalid_request', 'Bearer realm="a b, c d, e", error=invalid_request'],
    ['Negotiate', 'Negotiate'],
  ])('takes credentials out of the challenge %s', (given, out) => {
    const { file } = write(log({ exchanges: [exchange('https://a.io/', { wwwAuthenticate: [given] })] }), redacted);
    expect(file.exchanges[0].wwwAuthenticate).toEqual([out]);
  });

  const CODE = 'Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk';

  it.each([
    [`/cb?code=${CODE}&state=s-1&iss=x`, '/cb?code=***&state=s-1&iss=x'],
    [`https://a.io/#/cb?id_token=${compact}&code=c-1&state=1`, 'https://a.io/#/cb?id_token=token-1&code=***&state=1'],
    [`https://a.io/#access_token=${CODE}&expires_in=60`, 'https://a.io/#access_token=***&expires_in=60'],
    [`https://a.io/?response=${jws('{"not":"captured"}')}`, 'https://a.io/?response=***'],
    ['https://a.io/?error=login_required&state=1', 'https://a.io/?error=login_required&state=1'],
  ])('takes the login out of the Location %s', (location, out) => {
    const what = log({ tokens: [token(compact)], exchanges: [exchange('https://a.io/', { location })] });
    expect(write(what, redacted).file.exchanges[0].location).toBe(out);
    expect(write(what, live).file.exchanges[0].location).toBe(location);
  });

  it('leaves no authorization code, wherever else it stands', () => {
    const location = `https://a.io/cb?state=s-1&code=${encodeURIComponent(`4/${CODE}`)}`;
    const noted = jws(JSON.stringify({ note: `got 4/${CODE} there` }));
    const what = log({
      tokens: [token(noted)],
      exchanges: [
        exchange('https://a.io/auth', { location }),
        exchange(location.replace('?', '#')),
        exchange(`https://a.io/spent/${CODE}/at?x=${Buffer.from(CODE).toString('base64url')}`, {
          error: `refused ${CODE}`,
          dpopNonce: CODE,
        }),
      ],
    });
    const { text, file } = write(what, redacted);
    expect(leakScanner([CODE])(text)).toEqual([]);
    expect(file.exchanges.map(({ url }: ExchangeRecord) => url)).toEqual([
      'https://a.io/auth',
      'https://a.io/cb#state=s-1&code=***',
      'https://a.io/spent/***/at?x=***',
    ]);
    expect(file.exchanges[2]).toMatchObject({ error: 'refused ***', dpopNonce: '***' });
    expect(write(what, live).text).toContain(CODE);
  });

  it('takes a code that is part of no login for the word that it is', () => {
    const page = 'https://a.io/products/winter-sale-2026?code=winter-sale-2026';
    expect(url(page)).toBe('https://a.io/products/winter-sale-2026?code=***');
  });

  it('leaves a request for a login readable, without the tokens in it', () => {
    const asked = 'https://a.io/auth?client_id=spa&response_type=code&scope=openid&state=s-1&nonce=n-1';
    expect(url(asked)).toBe(asked);
    expect(url(`${asked}&code_challenge=abc&id_token_hint=${compact}&request=${jws('{"q":1}')}`, compact)).toBe(
      `${asked}&code_challenge=abc&id_token_hint=token-1&request=***`,
    );
  });

  it('lets the nonce for the next proof go out, unless it is a token', () => {
    const nonces = ['eyJhbGciOiJkaXIifQ..abc', compact, 'n-1'].map((dpopNonce) => exchange('/', { dpopNonce }));
    const { file } = write(log({ tokens: [token(compact)], exchanges: nonces }), redacted);
    expect(file.exchanges.map(({ dpopNonce }: ExchangeRecord) => dpopNonce)).toEqual(['***', 'token-1', 'n-1']);
  });

  it('prefers the longer of two tokens that begin alike', () => {
    const longer = `${compact}AAAAAAAAAAAAAAAAAAAA`;
    const { file } = write(
      log({ tokens: [token(compact), token(longer)], exchanges: [exchange(`https://a.io/${longer}?t=${compact}`)] }),
      redacted,
    );
    expect(file.exchanges[0].url).toBe('https://a.io/token-2?t=token-1');
  });
});

describe('properties', () => {
  it('a redacted file holds no captured token or signature, wherever it stood and however it was written', () => {
    fc.assert(
      fc.property(planted, ({ log: what }) => {
        const { text, file } = write(what, redacted);
        const secrets = what.tokens.map(({ compact }) => compact);
        expect(leakScanner(secrets)(text)).toEqual([]);
        expect(file.tokens).toHaveLength(secrets.length);
        for (const secret of secrets) {
          const parts = [secret, ...secret.split('.').slice(1)].filter(({ length }) => length >= 40);
          for (const part of parts)
            for (const encode of encodings.slice(0, 8)) expect(text).not.toContain(encode(part));
        }
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('a live file gives back what was captured', () => {
    fc.assert(
      fc.property(planted, ({ log: what }) => {
        const { file, counts } = write(what, live);
        expect(file.redacted).toBe(false);
        expect(file.tokens.map((one: { compact: string }) => one.compact)).toEqual(
          what.tokens.map((one) => one.compact),
        );
        expect(file.exchanges[0].url).toBe(what.exchanges[0]?.url);
        expect(file.sightings[0].place).toEqual(what.sightings[0]?.place);
        expect(counts.replaced).toEqual({ signatures: 0, tokens: 0, secrets: 0, paths: 0, claims: 0 });
      }),
    );
  });

  it('any string at all may be a token, and any text a URL', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), fc.string({ unit: 'binary' }), (tokens, anything) => {
        const what = log({ tokens: tokens.map((one) => token(one)), exchanges: [exchange(anything)] });
        expect(JSON.parse(write(what, redacted).text).tokens).toHaveLength(tokens.length);
      }),
    );
  });
});

describe('hostile input', () => {
  it.each([
    ['a=', 'a='.repeat(50_000)],
    ['eyJ', 'eyJ'.repeat(80_000)],
    ['eyJ-', 'eyJ-'.repeat(60_000)],
    ['eyJ.', 'eyJ.'.repeat(60_000)],
    ['://', '://'.repeat(80_000)],
    ['%2525', '%2525'.repeat(50_000)],
    ['%3A%2F%2F', '%3A%2F%2F'.repeat(30_000)],
    ['%5B', `?${'%5B'.repeat(80_000)}`],
    ['" and \\', '\\"'.repeat(100_000)],
    [', a', ', a'.repeat(80_000)],
    ['a pin', jws(`{${Array.from({ length: 30_000 }, () => '"pin":1').join()}}`)],
  ])('a flood of %s costs no more than its length', (_, text) => {
    const exchanges = [exchange(text, { wwwAuthenticate: [text], location: text })];
    const what = log({ tokens: [token(jws('{}')), token(text)], exchanges });
    expect(processorTime(() => write(what, redacted))).toBeLessThan(3000);
  });
});

describe('the proof', () => {
  it('stops the file when something is left', () => {
    // The names of the format itself are not redacted: a token that is made of them cannot be hidden.
    const what = log({ tokens: [token('"claimcheck":1,"kind":"log"'), token(jws('{}'))] });
    expect(exportLog(what, redacted)).toEqual({ error: 'leak', found: 1 });
    expect(exportLog(what, live)).toHaveProperty('text');
  });

  it('writes 10,000 tokens in seconds', () => {
    const many = Array.from(
      { length: 10_000 },
      (_, i) =>
        `${base64url('{"alg":"HS256"}')}.${base64url(`{"jti":"${i}","iss":"https://login.acme.io/realms/main","sub":"alice"}`)}.${signatures(i)}`,
    );
    const exchanges = many.map((compact) => exchange(`https://a.io/?a=1&t=${compact}`));
    const what = log({ tokens: many.map((one) => token(one)), exchanges });
    const took = processorTime(() => {
      const { counts } = write(what, redacted);
      expect(counts.replaced).toMatchObject({ signatures: 10_000, tokens: 10_000, secrets: 0 });
    });
    expect(took).toBeLessThan(20_000);
  }, 120_000);
});
