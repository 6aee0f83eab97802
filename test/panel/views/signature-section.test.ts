// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeEach, expect, test } from 'vitest';
import { certificate, pairFor, publicJwk, publicPem } from '../../fixtures/keys.ts';
import { CLAIMS, compact, hmacToken, SECRET, signedToken } from '../../fixtures/tokens.ts';
import { seen } from '../records.ts';
import { all, click, named, open, press, type Screen, select, text, texts, the, type, until } from '../screen.ts';

const token = hmacToken(SECRET);
const another = hmacToken(SECRET, { payload: { iss: CLAIMS.iss, sub: 'bob' } });
const trial = () => text('.trial');
const box = () => named('Key');

let screen: Screen;
beforeEach(async () => {
  screen = await open({ records: [...seen(token), ...seen(another)] });
  await select(0);
});

test('the verdict leads to the key box', async () => {
  await until(() => expect(text('[aria-label=Verdict]')).toContain('no key'));
  await click(named('give one'));
  expect(document.activeElement).toBe(box());
});

test('a key that verifies is kept at once, and verifies every other token', async () => {
  await type(box(), SECRET);
  await until(() => expect(screen.fake.keys()).toHaveLength(1));
  expect(screen.fake.keys()[0]).toMatchObject({ text: SECRET, issuer: CLAIMS.iss });
  expect(box()).toHaveProperty('value', '');
  expect(text('.notice')).toBe('Signature verified with the Shared secret you gave.');
  await until(() => expect(texts('[role=option] .spoken')).toEqual(['verified,', 'verified,']));
  expect(text('.signature')).toContain('Verified as HS256 with Shared secret · read as text.');
  expect(text('[aria-label=Verdict]')).toContain('given by you · As good as the place you took the key from.');
  await type(named('Filter tokens'), 'is:verified');
  expect(all('[role=option]')).toHaveLength(2);
});

test('a key that does not fit says why, and is kept when asked', async () => {
  await type(box(), 'wrong');
  await until(() => expect(trial()).toContain('The signature does not belong'));
  expect(trial()).toContain('Recognised: Shared secret.');
  expect(screen.fake.keys()).toEqual([]);
  await type(box(), publicPem(pairFor('ES256')));
  await until(() => expect(trial()).toContain('Recognised: Public key (PEM, SPKI).'));
  expect(trial()).toContain('EC key, but the token says HS256.');
  await click(named('Keep it for other tokens'));
  await until(() => expect(texts('[aria-label="Keys of this session"] .cut')).toEqual(['Public key (PEM, SPKI)']));
  expect(text('.trial')).toBe('');
});

test('a key that the browser has no room for is not lost without a word', async () => {
  screen.fake.source.addKey = () => Promise.reject(new Error('QUOTA_BYTES quota exceeded'));
  await type(box(), SECRET);
  await until(() => expect(trial()).toMatch(/^The key was not kept: /));
  expect(box()).toHaveProperty('value', SECRET);
});

test('what is no key says where it breaks', async () => {
  await type(box(), '{"kty":"oct"');
  await until(() => expect(trial()).toMatch(/^The JSON breaks: /));
  await type(box(), '{"kty":"x\u202e"}');
  await until(() => expect(trial()).toMatch(/^The key type x\\u202E is not registered\.$/));
  await type(box(), '-----BEGIN PUBLIC KEY-----\nabc');
  await until(() => expect(trial()).toMatch(/PUBLIC KEY is cut off/));
  await type(box(), '  ');
  await until(() => expect(trial()).toBe(''));
});

test('a key is taken back, and its answers with it', async () => {
  await type(box(), SECRET);
  await until(() => expect(texts('[role=option] .spoken')).toEqual(['verified,', 'verified,']));
  await click(named('Remove'));
  await until(() => expect(texts('[role=option] .spoken')).toEqual(['no key,', 'no key,']));
  expect(screen.fake.keys()).toEqual([]);
  expect(all('[aria-label="Keys of this session"]')).toEqual([]);
});

test('a dropped file and dropped text are keys like any other', async () => {
  const drop = new Event('drop', { bubbles: true, cancelable: true });
  const file = new File([SECRET], 'key.txt');
  await act(
    async () => void box().dispatchEvent(Object.assign(drop, { dataTransfer: { files: [file], getData: () => '' } })),
  );
  await until(() => expect(screen.fake.keys().map((key) => key.text)).toEqual([SECRET]));
  expect(drop.defaultPrevented).toBe(true);
});

test('another algorithm is forced, to watch it fail', async () => {
  await type(box(), SECRET);
  await until(() => expect(screen.fake.keys()).toHaveLength(1));
  const force = the('.force select');
  expect(text('.force option')).toBe("HS256 (the header's)");
  await type(force, 'HS512');
  await until(() =>
    expect(text('.force output')).toMatch(
      /^Checked as HS512, although the token says HS256\. The signature does not belong/,
    ),
  );
  await type(force, 'RS256');
  await until(() =>
    expect(text('.force output')).toBe(
      'Checked as RS256, although the token says HS256. A shared secret, but RS256 needs a public key.',
    ),
  );
  await type(force, '');
  await until(() => expect(text('.force output')).toBe(''));
});

test('the signing input stands there to be read', async () => {
  const raw = named('Raw token').textContent ?? '';
  expect([token, another]).toContain(raw);
  named('Signing input');
  expect(the('details code').textContent).toBe(raw.slice(0, raw.lastIndexOf('.')));
});

test('another token starts with an empty key box', async () => {
  await type(box(), 'wrong');
  await until(() => expect(trial()).not.toBe(''));
  await press(named('Tokens'), 'ArrowDown');
  expect(box()).toHaveProperty('value', '');
  expect(trial()).toBe('');
});

test('keys of every kind verify, and are named', async () => {
  const es256 = pairFor('ES256');
  const es = await signedToken('ES256', { pair: es256, header: { kid: 'a1' } });
  await act(() => screen.fake.put(...seen(es, { start: 1_900_000_000_000 })));
  await select(0);
  await type(box(), JSON.stringify({ keys: [publicJwk(es256, { kid: 'b2\u202e' })] }));
  await until(() => expect(text('section.detail')).toContain('Verified as ES256 with JWKS · b2\\u202E.'));
  await click(named('Remove'));
  await until(() => expect(text('section.detail')).not.toContain('Verified as'));
  await type(box(), await certificate(es256));
  await until(() => expect(text('section.detail')).toContain('Verified as ES256 with X.509 certificate.'));
});

test('a set without the kid says which it has', async () => {
  const es = await signedToken('ES256', { header: { kid: 'a1' } });
  await act(() => screen.fake.put(...seen(es, { start: 1_900_000_000_000 })));
  await select(0);
  const other = publicJwk({ ...pairFor('ES384') }, { kid: 'b2' });
  await type(box(), JSON.stringify({ keys: [other] }));
  await until(() => expect(trial()).toContain('No key with kid a1 (the set has b2).'));
});

test('a token without a signature to check has no key box', async () => {
  await act(() => screen.fake.put(...seen(compact({ alg: 'none' }), { start: 1_900_000_000_000 })));
  await select(0);
  expect(all('.key-box')).toEqual([]);
});
