// @vitest-environment happy-dom
import { createHash } from 'node:crypto';
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import { given, pairFor, publicJwk } from '../../fixtures/keys.ts';
import { CLAIMS, encodeSegment, hmacToken, SECRET, signedToken } from '../../fixtures/tokens.ts';
import { answers } from '../answers.ts';
import { seen } from '../records.ts';
import { all, click, named, open, select, text, texts, the, until } from '../screen.ts';

const disclose = (...parts: readonly unknown[]) => encodeSegment(parts);
const digest = (disclosure: string) => createHash('sha256').update(disclosure).digest('base64url');

const given_name = disclose('s1', 'given_name', 'Alice\u202e');
const street = disclose('s2', 'street', '<b>Main</b>');
const nation = disclose('s3', 'DE');
const DECOY = digest('decoy');

const payloadOf = (more: object = {}) => ({
  ...CLAIMS,
  _sd: [digest(given_name), DECOY, digest('another')],
  address: { _sd: [digest(street)], country: 'DE' },
  nationalities: [{ '...': digest(nation) }, { '...': digest('hidden') }],
  ...more,
});

const issue = (more: object = {}) => hmacToken(SECRET, { payload: payloadOf(more), header: { typ: 'dc+sd-jwt' } });

const show = async (token: string) => {
  const screen = await open({ records: seen(token) });
  await act(() => screen.fake.setKeys([given(SECRET)]));
  await select(0);
  await until(() => named('Disclosures'));
  return screen;
};
const rows = () =>
  all('[aria-label=Disclosures] tr').map((row) => [...row.children].map((cell) => cell.textContent?.trim()));
const sentence = () => text('section.detail h1');

test('each disclosure has its place, its value and its state', async () => {
  await show(`${issue()}~${given_name}~${street}~${nation}~`);
  expect(rows()).toEqual([
    ['given_name', '"Alice\\u202E"', '✓ disclosed'],
    ['address.street', '"<b>Main</b>"', '✓ disclosed'],
    ['nationalities[0]', '"DE"', '✓ disclosed'],
  ]);
  expect(all('section.detail b').filter((bold) => bold.textContent === 'Main')).toEqual([]);
  await until(() => expect(sentence()).toMatch(/^Alive for .*, signature verified\.$/));
});

test('what a redacted file has no longer is said, and nobody is blamed for it', async () => {
  const token = `${issue({ cnf: { jwk: publicJwk(pairFor('ES256')) } }).replace(/[^.]*$/, '')}~`;
  const problems = { name: 'token-1', segments: [40, 200, 43], problems: [], disclosures: 3 };
  const records = seen(token).map((record) => (record.type === 'token' ? { ...record, removed: problems } : record));
  await open({ records });
  await select(0);
  const said = 'Disclosures that were taken off before the file was written: 3.';
  await until(() => expect(text('section.detail')).toContain(said));
  expect(text('section.detail')).not.toContain('no key-binding JWT');
});

test('what stays hidden is counted, by its place', async () => {
  await show(`${issue()}~${given_name}~`);
  expect(texts('[aria-label="Digests without a disclosure"] li').toSorted()).toEqual([
    '2 digests without a disclosure: hidden claims or decoys, nobody can tell.',
    'address: 1 digest without a disclosure: a hidden claim or a decoy, nobody can tell.',
    'nationalities: 2 digests without a disclosure: hidden claims or decoys, nobody can tell.',
  ]);
});

test('the claims stand with what is disclosed in place, marked', async () => {
  const { fake } = await show(`${issue()}~${given_name}~${street}~`);
  const table = named('Claims with what is disclosed');
  const members = [...table.querySelectorAll('tr')].map((row) => [
    row.querySelector('th')?.textContent,
    row.querySelector('.note')?.textContent?.trim() ?? '',
  ]);
  expect(members).toContainEqual(['given_name', 'disclosed']);
  expect(members).toContainEqual(['address', 'disclosed']);
  expect(members).toContainEqual(['iss', '']);
  expect(table.textContent).not.toContain('_sd');
  // What the issuer signed stands beside it, untouched.
  expect(texts('[aria-label=Payload] th')).toContain('_sd');
  await click(named('Copy the Claims with what is disclosed'));
  expect(JSON.parse(fake.copied[0] ?? '')).toMatchObject({ given_name: 'Alice\u202e', address: { country: 'DE' } });
});

const broken: readonly (readonly [state: string, disclosures: readonly string[], word: RegExp])[] = [
  ['unreferenced', [disclose('x', 'role', 'admin')], /✕ no digest in the token is its own/],
  ['digest_twice', [given_name, given_name], /✕ its digest stands there twice/],
  ['malformed', ['e30'], /⚠ malformed/],
];
test.each(broken)('a disclosure that makes the token invalid says so: %s', async (_, disclosures, word) => {
  await show(`${[issue(), ...disclosures].join('~')}~`);
  expect(rows().map((row) => row[2])).toContainEqual(expect.stringMatching(word));
  await until(() =>
    expect(sentence()).toBe('A disclosure does not belong to this token: a verifier refuses all of it.'),
  );
  expect(the('.say').className).toBe('say bad');
});

test('names that are taken or reserved are told', async () => {
  const iss = disclose('s', 'iss', 'evil');
  const reserved = disclose('s', '_sd', []);
  await show(`${issue({ _sd: [digest(iss), digest(reserved)] })}~${iss}~${reserved}~`);
  expect(rows().map((row) => row[2])).toEqual(['✕ the claim is there already', '✕ the name is reserved (_sd or ...)']);
});

test('a digest that stands there twice is named, and refused in the sentence on top', async () => {
  await show(`${issue({ _sd: [digest(given_name), DECOY, DECOY] })}~${given_name}~`);
  expect(text('p.bad')).toMatch(
    new RegExp(`^These digests stand in the token more than once, and none may: ${DECOY}\\.`),
  );
  await until(() => expect(sentence()).toBe('A digest stands in the token twice: a verifier refuses all of it.'));
  expect(the('.say').className).toBe('say bad');
});

test('time is judged by what is disclosed too, where the disclosures hold', async () => {
  const exp = disclose('s', 'exp', 1_000_000_000);
  const { exp: _, ...claims } = CLAIMS;
  const token = hmacToken(SECRET, { payload: { ...claims, _sd: [digest(exp)] } });
  await show(`${token}~${exp}~`);
  await until(() => expect(sentence()).toMatch(/^Would be refused now: expired/));
  expect(answers().Time).toMatch(/^Expired/);
});

test('a hash that cannot be computed is said, and accuses nobody', async () => {
  await show(`${issue({ _sd_alg: 'sha3-512\u202e' })}~${given_name}~`);
  expect(text('section.detail')).toContain('The digests are sha3-512\\u202E, which cannot be computed here');
  expect(rows()[0]?.[2]).toBe('? not compared');
  await until(() =>
    expect(sentence()).toMatch(/^Its digests are sha3-512\\u202E, .* a verifier without that hash must refuse/),
  );
  expect(the('.say').className).toBe('say warn');
});

test('nothing disclosed is an answer too', async () => {
  const screen = await open({ records: seen(`${issue()}~`) });
  await act(() => screen.fake.setKeys([given(SECRET)]));
  await select(0);
  await until(() => expect(text('section.detail')).toContain('Nothing is disclosed.'));
});

const holder = pairFor('ES256');
const bind = async (presented: string, change: object = {}) => {
  const payload = {
    iat: 1_700_000_000,
    aud: 'https://verifier.test',
    nonce: 'n\u202e',
    sd_hash: digest(presented),
    ...change,
  };
  return presented + (await signedToken('ES256', { payload, header: { typ: 'kb+jwt' } }));
};

test('the key binding has its signature, its checks and its claims', async () => {
  await show(await bind(`${issue({ cnf: { jwk: publicJwk(holder) } })}~${given_name}~`));
  const section = named('Key binding');
  expect(section.querySelector('.answer')?.textContent).toMatch(/^✓ verified · ES256/);
  const checks = texts('[aria-label="Checks: Key binding"] li');
  expect(checks[0]).toMatch(/^✓ holds\s*Type \(typ\)/);
  expect(checks).toContainEqual(expect.stringMatching(/^✓ holds\s*Presentation \(sd_hash\)/));
  expect(checks).toContainEqual(
    expect.stringMatching(/^\? not known\s*Challenge \(nonce\)\s*It answers the nonce “n\\u202E”/),
  );
  expect(texts('[aria-label="Payload · Key binding"] th')).toEqual(['iat', 'aud', 'nonce', 'sd_hash']);
  await until(() => expect(sentence()).toMatch(/signature verified\.$/));
});

test('a key binding for another presentation is refused, in the sentence on top', async () => {
  const presented = `${issue({ cnf: { jwk: publicJwk(holder) } })}~${given_name}~`;
  await show(await bind(presented, { sd_hash: digest('another') }));
  expect(texts('[aria-label="Checks: Key binding"] li')).toContainEqual(
    expect.stringMatching(/^✕ mismatch\s*Presentation/),
  );
  expect(sentence()).toBe('The key binding does not hold: a verifier that asks for it refuses the token.');
});

test('a key binding where the issuer named no key cannot hold', async () => {
  await show(await bind(`${issue()}~${given_name}~`));
  expect(text('section.inner .answer')).toMatch(/^✕ The issuer named no holder's key \(cnf\)/);
  expect(sentence()).toBe('The key binding does not hold: a verifier that asks for it refuses the token.');
});

test('a key binding that is wanted and not there is said', async () => {
  await show(`${issue({ cnf: { jwk: publicJwk(holder) } })}~${given_name}~`);
  expect(text('section.inner')).toContain('no key-binding JWT is with it');
});

test('a token of thousands of disclosures is drawn in part', async () => {
  const many = Array.from({ length: 300 }, (_, index) => disclose(`s${index}`, `c${index}`, index));
  await show(`${[issue({ _sd: many.map(digest) }), ...many].join('~')}~`);
  expect(rows()).toHaveLength(200);
  expect(text('section.detail')).toContain('and 100 more');
  expect(answers().Signature).toMatch(/^verified/);
});
