/** Credentials in odd places and forms, which go from every format, and harmless values beside them, which stay. */
import { describe, expect, it } from 'vitest';
import type { ExchangeRecord, Place } from '../../../src/core/capture/records.ts';
import { exportLog } from '../../../src/core/report/export.ts';
import type { ExportFormat } from '../../../src/core/report/exported.ts';
import { secretsOf } from '../../../src/core/report/secrets.ts';
import { withoutSecretsIn } from '../../../src/core/report/secrets-in-text.ts';
import { unescapeAll } from '../../../src/core/report/unescape.ts';
import { processorTime } from '../../fixtures/processor-time.ts';
import { exchange, jws, log, redacted, sighting, textOf, token, verdictsOf } from './logs.ts';

const FORMATS: readonly ExportFormat[] = ['json', 'csv', 'markdown', 'har'];
/** Drawn at random, as keys are. */
const KEY = 'q7Rk2Zp9Lw4Xv8Tb3NcYd6Hm';
const HEX = '9f86d081884c7d659a2feaa0c55ad015';
const SUM = '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12';
const UUID = '8f3a09bc-55d1-42f3-a4b5-c6d7e8f90a1b';
const json = JSON.stringify;
const encoded = encodeURIComponent;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64url = (text: string) => Buffer.from(text).toString('base64url');
const hex = (text: string) => Buffer.from(text).toString('hex');
const said = (text: string) => withoutSecretsIn(text, () => '***');

const LEAKS: readonly (readonly [given: string, out: string])[] = [
  // Names: in other languages, letters and spellings, the last word of a name, of what some are sums or signs.
  [
    `/?contraseña=${KEY}&mot_de_passe=a&Passwort=b&パスワード=c`,
    '/?contraseña=***&mot_de_passe=***&Passwort=***&パスワード=***',
  ],
  [
    '/?%E5%AF%86%E7%A0%81=a&%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C=b',
    '/?%E5%AF%86%E7%A0%81=***&%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C=***',
  ],
  ['/?ｐａｓｓｗｏｒｄ=a&pass\u200bword=b&PASS-WORD=c', '/?ｐａｓｓｗｏｒｄ=***&pass\u200bword=***&PASS-WORD=***'],
  [
    '/?db_pass=a&smtpPass=b&pass2=c&sms_otp=d&api_sig=e&auth_ticket=f',
    '/?db_pass=***&smtpPass=***&pass2=***&sms_otp=***&api_sig=***&auth_ticket=***',
  ],
  [
    `/?user_key=${KEY}&sign=${HEX}&refresh=${KEY}&login_challenge=${HEX}`,
    '/?user_key=***&sign=***&refresh=***&login_challenge=***',
  ],
  ['Data Source=h;User ID=sa;Password = hunter2;', 'Data Source=h;User ID=sa;Password = ***;'],
  [`apiKey = "${KEY}"`, 'apiKey = "***"'],
  [`{"password"=>"${KEY}", :token => 'a'}`, `{"password"=>"***", :token => '***'}`],
  ['mutation{login(password:"""hunter2"""){id}}', 'mutation{login(password:"""***"""){id}}'],
  ['{"id_token":{"pin":"a"},"password":"1990-05-17"}', '{"id_token":{"pin":"***"},"password":"***"}'],
  // What a sentence, a list or the name of a store speaks of.
  [`The access token '${KEY}' is expired`, "The access token '***' is expired"],
  [`Invalid API key provided: ${KEY}.`, 'Invalid API key provided: ***'],
  [`Jeton invalide : ${KEY}`, 'Jeton invalide : ***'],
  [`/error?message=invalid%20token%20${KEY}`, '/error?message=invalid%20token%20***'],
  [`sessions["${KEY}"].t and refresh-token-${KEY}`, 'sessions["***"].t and refresh-token-***'],
  [
    `session id ${HEX} expired, code_verifier ${KEY}: Authorization=Bearer abc`,
    'session id *** expired, code_verifier ***: Authorization=Bearer ***',
  ],
  [`SSWS ${KEY} or "Bearer","${KEY}"`, 'SSWS *** or "Bearer","***"'],
  // XML, HTML and command lines.
  ['<login><ns:password a="b">hunter2</ns:password></login>', '<login><ns:password a="b">***</ns:password></login>'],
  ['<password><![CDATA[hunter2]]></password>', '<password><![CDATA[***]]></password>'],
  [`<meta name="csrf-token" content="${KEY}">`, '<meta name="csrf-token" content="***">'],
  ['mysql --password hunter2 -h db', 'mysql --password *** -h db'],
  ["curl -u 'alice:hunter2' https://a.io", "curl -u 'alice:***' https://a.io"],
  // Under escapes, in base64 or hexadecimal, in JSON in an address: the whole piece.
  [`/?a=b\\u0026token\\u003dabc&c=d`, '/?a=***&c=d'],
  [`token&#61;${HEX.slice(0, 8)}`, '***'],
  [`/?xml=${encoded('<password>hunter2</password>')}&c=d`, '/?xml=***&c=d'],
  [`/?state=${base64url(json({ to: '/', code_verifier: 'abc' }))}&c=d`, '/?state=***&c=d'],
  [`/?state=${hex(json({ password: 'hunter2' }))}`, '/?state=***'],
  [`/?next=${encoded(base64('/x?a=1&password=hunter2'))}`, '/?next=***'],
  [`data:application/json;base64,${base64(json({ pin: 'a b' }))}`, 'data:application/json;base64,***'],
  [`/?jwk=${encoded(json({ kty: 'EC', crv: 'P-256', d: 'abc' }))}&c=d`, '/?jwk=***&c=d'],
  [json([{ field: 'api_key', v: 'a' }]), '***'],
  // Shapes.
  [`${'$'}2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy`, '***'],
  [`{SSHA}${KEY}==`, '***'],
  [`/a/(S(lit3py55t21z5v55vlm25s55))/b.aspx`, '/a/(S(***))/b.aspx'],
  ['-----BEGIN PGP PRIVATE KEY BLOCK-----\na\n-----END PGP PRIVATE KEY BLOCK-----', '***'],
  ...[
    ...[`hvs.CAES${KEY}`, `dop_v1_${HEX}${HEX}`, `lin_api_${KEY}`, `hf_${KEY}`, `glsa_${KEY}_ab12cd34`, `dapi${HEX}`],
    ...[`pi_3MtwBwLkdIwHu7ix28a3tqPa_secret_${KEY}`, `v4.local.${KEY}`, `gAAAAABk${KEY}==`, `Fe26.2**${HEX}*${KEY}`],
    ...[
      `abc8Q~${KEY}${HEX.slice(0, 8)}`,
      `xapp-1-A0B1C2-123-${HEX}`,
      `access-sandbox-${UUID}`,
      `sk.eyJ1IjoiYSJ9.${KEY}`,
    ],
  ].map((key) => [`x ${key} y`, 'x *** y'] as const),
];

const HARMLESS: readonly string[] = [
  `/commit/${SUM} and https://a.io/_next/static/${KEY}/_buildManifest.js`,
  `/?trace_id=${HEX}&span_id=00f067aa0ba902b7&rev=${SUM}&client_id=0oa4x8k2z9q1w7e5r3t6&kid=${KEY}`,
  `/auth?client_id=${KEY}&state=${KEY}&nonce=n-0S6&code_challenge=${KEY}&code_challenge_method=S256`,
  '/?max_tokens=4096&tokenLimit=5&total_tokens=111&is_token_valid=true&has_password=false&signature_algorithm=rsa-sha256',
  '/?bypass=1&compass=n&passenger=b&design=2&sort_key=createdAt&public_key=abc&ticket_id=ABC-1234&status_code=401',
  '/?sign=plus&access=public&refresh=1&verify=true&at=2026-11-22&mac=00:1B:44:11:3A:B7&keyword=jwt',
  `/?state=${base64url(json({ to: '/home', n: 5 }))}&data=${base64('Hello, world! This is text.')}`,
  `/?filter=${encoded(json({ status: 'open', name: 'alice', list: ['a', 'b'] }))}&q=token+expired`,
  `/auth?claims=${encoded(json({ id_token: { auth_time: { essential: true }, acr: { value: 'mfa' } } }))}`,
  `/graphql?extensions=${encoded(json({ persistedQuery: { version: 1, sha256Hash: SUM } }))}`,
  `token issued by https://login.acme.test/realms/main, audience 0oa4x8k2z9q1w7e5r3t6, kid ${KEY}`,
  `Signature verified with key ${KEY} of https://a.io; no key with kid "${SUM}"`,
  `Trace ID: ${UUID}, session ${UUID}; the token expired at 2026-11-22T18:00:00Z: status code = 401`,
  'wrong password: try again later; token type JWT2026version4 and <token>-shaped text, --token-type jwt',
  '@@auth0spajs@@::0oa4x8k2z9q1w7e5r3t6::https://api.test::openid, session_2026-11-22, msal.token.keys.v2',
  'tokens[0].access_token data.session.user.id_token a.tokens.production2024.jwt key-2fd4e1c67a2d28fced84',
];

describe('out of a text goes', () => {
  it.each(LEAKS)('%s', (given, out) => {
    expect(said(given)).toBe(out);
    expect(said(out)).toBe(out);
  });

  it.each(HARMLESS)('nothing: %s', (given) => {
    expect(said(given)).toBe(given);
  });
});

describe.each(FORMATS)('in a %s file', (format) => {
  const places: readonly (readonly [where: string, place: Partial<Place>, change: Partial<ExchangeRecord>])[] = [
    ['the name of a store', { name: `session:${KEY}` }, {}],
    ['a path in it', { path: `byToken["${KEY}"].jwt` }, {}],
    [
      'a challenge',
      {},
      { wwwAuthenticate: [`Bearer error_description="token ${KEY} revoked"`, `L402 macaroon="${KEY}"`] },
    ],
    ['an address', {}, { url: `https://a.io/x?state=${base64url(json({ csrf: KEY }))}` }],
    ['a redirect', {}, { location: `app://cb?user_key=${KEY}` }],
    ['what an imported file calls a scheme', {}, { opaque: [`authorization ${KEY}`] }],
    ['the reason of a failure', {}, { error: `session '${KEY}' is gone` }],
  ];

  it.each(places)('%s tells none', (_, place, change) => {
    const compact = jws('{"sub":"alice"}');
    const what = log({
      tokens: [token(compact)],
      exchanges: [exchange('https://a.io/', { status: 401, ...change })],
      sightings: [sighting(compact, { kind: 'local_storage', name: 'n', ...place })],
    });
    const text = textOf(what, { ...redacted, format, verdicts: verdictsOf(what, 'quoted') });
    for (const form of [KEY, base64url(json({ csrf: KEY }))]) expect(unescapeAll(text)).not.toContain(form);
    expect(text).toContain('alice');
  });
});

describe('claims', () => {
  const payloadOf = (payload: object) => {
    const exported = exportLog(log({ tokens: [token(jws(json(payload)))] }), redacted);
    if ('error' in exported) throw new Error('leak');
    return JSON.parse(exported.text).tokens[0].payload;
  };

  it('pairs without names, and with other ones, that hold a key', () => {
    const list = [
      ['password', KEY],
      { k: 'token', v: 'a' },
      { key: 'secret', content: 'b' },
      { name: 'sid', value: 'c' },
    ];
    expect(payloadOf({ list }).list).toEqual([
      ['password', '***'],
      ...[
        { k: 'token', v: '***' },
        { key: 'secret', content: '***' },
        { name: 'sid', value: '***' },
      ],
    ]);
  });

  it('what says when, how many or who stays', () => {
    const healthy = {
      ...{ amr: ['pwd', 'otp'], credentialSubject: { degree: 'BSc' }, last_password_reset: '2026-01-01T00:00:00Z' },
      ...{ pwd_last_set: 1795374000, session_started_at: 1, token_format: 'jwt', total_tokens: 5, access: 'full' },
      ...{ build: SUM, jti: KEY, sid: KEY, ref: 'pi_3MtwBwLkdIwHu7ix28a3tqPa', response_types: ['token', 'id_token'] },
    };
    expect(payloadOf(healthy)).toEqual(healthy);
  });
});

it('users are told by no telephone number, nor by an address that is escaped twice', () => {
  const compact = jws('{}');
  const names = ['Cognito.+4915112345678.idToken', 'user alice%2540mail.test', 'build+20261122'];
  const sightings = names.map((name) => sighting(compact, { kind: 'local_storage', name }));
  const { sightings: out } = JSON.parse(textOf(log({ tokens: [token(compact)], sightings }), redacted));
  expect(out.map(({ place }: { place: Place }) => place.name)).toEqual([
    'Cognito.***.idToken',
    'user ***',
    'build+20261122',
  ]);
});

it('nothing of this is a captured secret, which the proof would find', () => {
  expect(secretsOf(log({ exchanges: [exchange(`https://a.io/?user_key=${KEY}`)] }))).toEqual([]);
});

describe('floods', () => {
  const units = [
    ...['[', '{', '{"a":', '["token","', '%7B', 'YWJj', '/YWJjZGVm', '/(S(', '<a ', '<a>b', '--a ', ' -u a:', 'token '],
    ...[
      'a = ',
      'token := ',
      '"a"=>',
      'BAhA',
      '$2b$',
      '{SHA}',
      'hvs.',
      '_hdn',
      'rt%3D',
      'sess_',
      'a1',
      '%2520a',
      '&#61;',
    ],
    ...['pin:"""', '7b22', ':pin', `token ${KEY} `, 'pi_a', '{"kty":1,"d":', '\\"', '{:pin=>', '%E3%83'],
  ];

  it.each(units)('of %j cost no more than their length', (unit) => {
    const flood = unit.repeat(Math.ceil(150_000 / unit.length));
    expect(processorTime(() => said(flood))).toBeLessThan(3000);
  });
});
