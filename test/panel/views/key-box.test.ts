// @vitest-environment happy-dom
/** What the key box says it recognised, what it picked and why, and what it leaves to the person. */
import { act } from 'preact/test-utils';
import { describe, expect, test } from 'vitest';
import { encryptedToken, octJwk } from '../../fixtures/encrypted.ts';
import { certificate, ecPair, pairFor, privateJwk, privatePem, publicJwk, publicPem } from '../../fixtures/keys.ts';
import { CLAIMS, hmacToken, SECRET, signedToken } from '../../fixtures/tokens.ts';
import { seen } from '../records.ts';
import { all, click, named, open, press, type Screen, select, text, texts, the, type, until } from '../screen.ts';

const es256 = pairFor('ES256');
const trial = () => text('.trial');
const box = () => named('Key');
const set = (...keys: readonly unknown[]) => JSON.stringify({ keys });

const show = async (token: string): Promise<Screen> => {
  const screen = await open({ records: seen(token) });
  await select(0);
  return screen;
};

const drop = (file: File): Promise<void> =>
  act(async () => {
    const event = new Event('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(event, 'dataTransfer', { value: { files: [file], getData: () => '' } });
    box().dispatchEvent(event);
  });

describe('of a set', () => {
  test('how many keys, and the one that was picked by kid; it stays to be read once it is kept', async () => {
    const screen = await show(await signedToken('ES256', { header: { kid: 'a1' } }));
    const keys = [
      publicJwk(ecPair('P-256'), { kid: 'b2' }),
      publicJwk(es256, { kid: 'a1' }),
      publicJwk(pairFor('RS256')),
    ];
    await type(box(), set(...keys));
    await until(() => expect(screen.fake.keys()).toHaveLength(1));
    await until(() => expect(trial()).toContain('kept for this session'));
    expect(trial()).toBe('Recognised: JWKS.3 keys in it.Picked by its kid: a1.It fits, and is kept for this session.');
    expect(box()).toHaveProperty('value', '');
  });

  test('the only one that fits, or the one of several', async () => {
    await show(await signedToken('ES256'));
    await type(box(), set(publicJwk(pairFor('RS256'), { kid: 'r' }), publicJwk(es256)));
    await until(() => expect(trial()).toContain('Picked: EC P-256, the only one that fits ES256.'));
    await type(box(), set(publicJwk(ecPair('P-256'), { kid: 'b2' }), publicJwk(es256)));
    await until(() => expect(trial()).toContain('Picked: one without a kid, of several'));
  });

  test('what could not be read is counted, and the first of it explained', async () => {
    await show(hmacToken(SECRET));
    await type(box(), set(publicJwk(es256), { kty: 'x\u202e' }, null));
    await until(() => expect(trial()).toContain('1 key in it.'));
    expect(trial()).toContain('Left out: 2 keys. The key type x\\u202E is not registered.');
  });

  test('hostile names are text, and short', async () => {
    await show(await signedToken('ES256', { header: { kid: `<b>\u202e${'x'.repeat(500)}` } }));
    await type(box(), set(publicJwk(es256, { kid: `<b>\u202e${'x'.repeat(500)}` }), publicJwk(pairFor('RS256'))));
    await until(() => expect(trial()).toContain('Picked by its kid: <b>\\u202Exxx'));
    expect(all('.trial b')).toEqual([]);
    expect(trial().length).toBeLessThan(300);
  });
});

test('a private key is named as one, and what is done with its halves', async () => {
  const screen = await show(await signedToken('ES256'));
  await type(box(), privatePem(es256));
  await until(() => expect(trial()).toContain('This is a private key. Its public half verifies'));
  expect(trial()).toContain('Recognised: Private key (PEM, PKCS#8). EC P-256.');
  await until(() => expect(screen.fake.keys()).toHaveLength(1));
});

test('type and size are told; a secret is measured and not shown', async () => {
  await show(await signedToken('ES256'));
  await type(box(), publicPem(pairFor('RS256')));
  await until(() => expect(trial()).toContain('RSA 2048.'));
  await type(box(), 'correct horse');
  await until(() => expect(trial()).toContain('Recognised: Shared secret. 13 / 9 bytes.'));
  expect(trial()).not.toContain('horse');
});

test('a certificate says whose it is, who issued it, how long it is valid, and its fingerprint', async () => {
  await show(hmacToken(SECRET));
  await type(box(), await certificate(es256));
  const facts = await until(() => text('.certificate'));
  expect(facts).toContain('CN=claimcheck.test');
  expect(facts).toContain('itself (self-signed)');
  expect(facts).toMatch(/from .*2020.* to .*2040/);
  expect(facts).toMatch(/SHA-256 fingerprint(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/);
  await type(box(), '');
  expect(all('.certificate')).toEqual([]);
});

test('a file of DER is a key like any other', async () => {
  const screen = await show(await signedToken('ES256'));
  const der = new Uint8Array(es256.publicKey.export({ type: 'spki', format: 'der' }));
  await drop(new File([der], 'key.der'));
  await until(() => expect(screen.fake.keys()).toHaveLength(1));
  expect(trial()).toContain('Recognised: Public key (PEM, SPKI). EC P-256.');
});

test('without room for it the key stays in the box, and can be kept again', async () => {
  const screen = await show(hmacToken(SECRET));
  const { addKey } = screen.fake.source;
  screen.fake.source.addKey = () => Promise.reject(new Error('quota'));
  await type(box(), SECRET);
  await until(() => expect(trial()).toMatch(/^The key was not kept/));
  expect(box()).toHaveProperty('value', SECRET);
  screen.fake.source.addKey = addKey;
  await click(named('Keep it for other tokens'));
  await until(() => expect(screen.fake.keys()).toHaveLength(1));
});

test('what is typed while a key is being kept stays in the box', async () => {
  const screen = await show(hmacToken(SECRET));
  const { addKey } = screen.fake.source;
  let write = () => {};
  screen.fake.source.addKey = async (...key) => {
    await new Promise<void>((resolve) => {
      write = resolve;
    });
    return addKey(...key);
  };
  await type(box(), 'another secret');
  await until(() => named('Keep it for other tokens'));
  await click(named('Keep it for other tokens'));
  await type(box(), 'the next one');
  write();
  await until(() => expect(screen.fake.keys()).toMatchObject([{ text: 'another secret' }]));
  expect(box()).toHaveProperty('value', 'the next one');
});

test('of a token whose payload is elsewhere, the key is tried on the payload that was given', async () => {
  const whole = hmacToken(SECRET, { payload: CLAIMS });
  const [header = '', , signature = ''] = whole.split('.');
  const screen = await show(`${header}..${signature}`);
  await type(box(), SECRET);
  await until(() => expect(trial()).toContain('The payload is not in the token'));
  expect(screen.fake.keys()).toEqual([]);
  await type(await until(() => the('.detached textarea')), JSON.stringify(CLAIMS));
  await type(box(), SECRET);
  await until(() => expect(screen.fake.keys()).toHaveLength(1));
});

describe('of an encrypted token', () => {
  test('the box asks for the key that opens it, and keeps the one that does', async () => {
    const screen = await show(await encryptedToken('RSA-OAEP-256'));
    expect(box().getAttribute('placeholder')).toMatch(/^Key to decrypt with: /);
    expect(all('.key-box input')).toEqual([]);
    await type(box(), publicPem(pairFor('RS256')));
    await until(() => expect(trial()).toContain('Recognised: Public key (PEM, SPKI)'));
    expect(all('.trial .warn').length).toBeGreaterThan(0);
    expect(screen.fake.keys()).toEqual([]);
    await type(box(), JSON.stringify(privateJwk(pairFor('RS256'))));
    await until(() => expect(screen.fake.keys()).toHaveLength(1));
    expect(screen.fake.keys()[0]).not.toHaveProperty('cookie');
    await until(() => expect(text('.notice')).toBe('Decrypted with the JWK you gave.'));
    await until(() => expect(text('section.detail')).toContain('alice'));
  });

  test('for alg dir it asks for the name of the cookie, and begins with the one it was seen in', async () => {
    const token = await encryptedToken('dir', { enc: 'A256CBC-HS512' });
    const screen = await open({ records: seen(token, { place: { kind: 'cookie', name: 'authjs.session-token' } }) });
    await select(0);
    const cookie = the('.key-box input');
    expect(cookie).toHaveProperty('value', 'authjs.session-token');
    expect(cookie.closest('label')?.textContent).toContain('Cookie name');
    await type(box(), JSON.stringify(octJwk(128)));
    await until(() => expect(trial()).not.toBe(''));
    expect(screen.fake.keys()).toEqual([]);
    await type(cookie, 'other');
    await click(named('Keep it for other tokens'));
    await until(() => expect(screen.fake.keys()).toMatchObject([{ cookie: 'other' }]));
  });

  test('a key that verifies what is inside is kept too', async () => {
    const inner = hmacToken(SECRET);
    const screen = await show(await encryptedToken('A256KW', { payload: inner, header: { cty: 'JWT' } }));
    await type(box(), JSON.stringify(octJwk(256)));
    await until(() => expect(screen.fake.keys()).toHaveLength(1));
    await until(() => expect(text('section.detail')).toContain('alice'));
    await type(box(), SECRET);
    await until(() => expect(screen.fake.keys()).toHaveLength(2));
    expect(screen.fake.keys()[1]).toMatchObject({ text: SECRET, issuer: CLAIMS.iss });
  });
});

describe('beside a token', () => {
  test('the keys of its issuer come first, six at most, and the rest is a dialogue away', async () => {
    const screen = await show(hmacToken(SECRET));
    const key = (id: number, issuer: string) => ({
      id: `${id}`,
      text: JSON.stringify(publicJwk(es256, { kid: `k${id}` })),
      provenance: 'traffic' as const,
      issuer,
      source: 'https://login.test/jwks',
      addedAt: id,
    });
    await act(() => screen.fake.setKeys([...[1, 2, 3, 4, 5, 6, 7].map((id) => key(id, '')), key(8, CLAIMS.iss)]));
    const list = '[aria-label="Keys of this session"] li';
    await until(() => expect(texts(list)[0]).toBe('JWK · k8JWKS seen in trafficRemove'));
    expect(all(list)).toHaveLength(6);
    const button = named('All keys (8)');
    button.focus();
    await click(button);
    await until(() => the('dialog[open]'));
    await press(the('dialog'), 'Escape');
    await until(() => expect(all('dialog')).toEqual([]));
    expect(document.activeElement).toBe(button);
  });
});

test('a long text that is pasted is read whole, and shown only in part', async () => {
  const screen = await show(await signedToken('ES256', { header: { kid: 'a1' } }));
  const filling = Array.from({ length: 900 }, (_, index) => publicJwk(pairFor('RS256'), { kid: `k${index}` }));
  const long = set(...filling, publicJwk(ecPair('P-256'), { kid: 'a1' }));
  expect(long.length).toBeGreaterThan(100_000);
  await act(async () => {
    const event = new Event('paste', { bubbles: true, cancelable: true });
    Object.defineProperty(event, 'clipboardData', { value: { getData: () => long } });
    box().dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
  });
  await until(() => expect(trial()).toContain('901 keys in it.'));
  expect(box()).toHaveProperty('value', long.slice(0, 50_000));
  await click(all('.trial button')[0] as HTMLElement);
  await until(() => expect(screen.fake.keys()[0]?.text).toBe(long));
});
