// @vitest-environment happy-dom
/** The key ring: every key with where it came from, and all that can be done with it, by keyboard too. */
import axe from 'axe-core';
import { act } from 'preact/test-utils';
import { describe, expect, test } from 'vitest';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { type FakeOptions, NOW } from '../../fixtures/fake-source.ts';
import { certificate, pairFor, privateJwk, privatePem, publicJwk, publicPem } from '../../fixtures/keys.ts';
import { SECRET } from '../../fixtures/tokens.ts';
import { all, click, named, open, press, type Screen, text, texts, the, type, until } from '../screen.ts';

const es256 = pairFor('ES256');
const jwk = (kid: string) => JSON.stringify(publicJwk(es256, { kid }));

const key = (id: string, change: Partial<RingKey> = {}): RingKey => ({
  id,
  text: jwk(id),
  provenance: 'given',
  issuer: '',
  addedAt: NOW - 1000,
  ...change,
});
const fetched = (id: string, change: Partial<RingKey> = {}) =>
  key(id, { provenance: 'discovery', issuer: 'https://login.test', source: 'https://login.test/jwks', ...change });

/** Opens the dialogue on a ring, and waits until its keys are read. */
const showIn = async (options: FakeOptions, ...keys: readonly RingKey[]): Promise<Screen> => {
  const screen = await open({ captures: false, ...options });
  await act(() => screen.fake.setKeys(keys));
  named('Keys').focus();
  await click(named('Keys'));
  await until(() => the('dialog[open]'));
  await until(() => expect(texts('.ring-key .cut')).not.toContain(''));
  return screen;
};
const show = (...keys: readonly RingKey[]): Promise<Screen> => showIn({}, ...keys);
const rows = () => all('.ring-key');
const row = (index: number): HTMLElement => {
  const found = rows()[index];
  if (!found) throw new Error(`no key ${index}`);
  return found;
};
const openRow = async (index = 0) => {
  await click(row(index));
  await until(() => the('.ring-open button'));
};
const said = () => text('dialog .buttons output');
const fact = (name: string) => {
  const term = all('.facts dt').find(({ textContent }) => textContent === name);
  return term?.nextElementSibling?.textContent;
};

describe('the list', () => {
  test('an empty ring says what will stand there', async () => {
    await show();
    expect(text('dialog')).toContain('No key is known yet.');
    expect(rows()).toEqual([]);
    expect(document.activeElement).toBe(named('Key'));
  });

  test('keys stand by issuer, each with its rank as sign and word, its type, its host, and what was done with it', async () => {
    await show(
      key('given', { name: 'staging', remembered: true }),
      fetched('d1', { goneAt: NOW - 500 }),
      fetched('t1', { provenance: 'traffic', pinned: true }),
      key('t2', { provenance: 'traffic', source: 'https://keys.test:8443/jwks' }),
      key('x', { provenance: 'token', issuer: 'https://login.test' }),
    );
    expect(texts('.ring-group h2')).toEqual(['https://login.test', 'keys.test:8443', 'Of no known issuer']);
    expect(all('.ring-group ul').map((list) => list.getAttribute('aria-label'))).toEqual(texts('.ring-group h2'));
    const gone = /gone since [\d:]+$/;
    const [discovered, seen, token, nobody, given] = texts('.ring-key');
    expect(discovered).toMatch(/^~JWK · d1EC P-256 · fetched from the issuer · login\.test · gone since /);
    expect(discovered).toMatch(gone);
    expect(seen).toBe('✓JWK · t1EC P-256 · JWKS seen in traffic · login.test · pinned');
    expect(token).toBe('⚠JWK · xEC P-256 · inside the token');
    expect(nobody).toBe('~JWK · t2EC P-256 · JWKS seen in traffic · keys.test:8443');
    expect(given).toBe('✓staging JWK · givenEC P-256 · given by you · remembered on disk');
  });

  test('a thousand keys are drawn a hundred at a time', async () => {
    await show(...Array.from({ length: 250 }, (_, index) => key(`k${index}`, { addedAt: index })));
    expect(rows()).toHaveLength(100);
    await click(named('Show 100 more of 250'));
    expect(rows()).toHaveLength(200);
    await click(named('Show 50 more of 250'));
    expect(rows()).toHaveLength(250);
    expect(all('dialog p > .link')).toEqual([]);
  });

  test('hostile names, issuers and hosts are text', async () => {
    await show(
      fetched('<img src=x>\u202e', {
        name: '<b>\u202e',
        issuer: 'https://x.test/\u202e<i>',
        source: 'no address \u202e',
      }),
      key('broken', { text: '{"kty":"\u202e"}' }),
    );
    await openRow(0);
    expect(text('.ring-group h2')).toBe('https://x.test/\\u202E<i>');
    expect(text('.ring-key')).toContain('<b>\\u202E JWK · <img src=x>\\u202E');
    expect(fact('Read from')).toBe('no address \\u202E');
    expect(all('dialog img, dialog i, .ring-key b b')).toEqual([]);
    expect(texts('.ring-key')[1]).toContain('The key type \\u202E is not registered.');
    expect(the('dialog').textContent).not.toContain('\u202e');
  });

  test('a secret is never shown, nor its hash', async () => {
    await show(key('s', { text: SECRET, cookie: 'authjs.session-token' }));
    await openRow();
    expect(text('.ring-key')).toContain('Shared secret35 bytes');
    expect(the('dialog').textContent).not.toContain(SECRET);
    expect(the('dialog').innerHTML).not.toContain(SECRET);
    expect(fact('Thumbprint')).toBeUndefined();
    expect(fact('Cookie')).toBe('authjs.session-token');
  });

  test('opened, a key tells all that is known of it', async () => {
    await show(fetched('d1', { goneAt: NOW }), key('c', { text: await certificate(es256) }));
    await openRow(0);
    expect(row(0).getAttribute('aria-expanded')).toBe('true');
    await until(() => expect(fact('Thumbprint')).toMatch(/^[\w-]{43}$/));
    expect(fact('Key ID (kid)')).toBe('d1');
    expect(fact('Type')).toBe('EC P-256');
    expect(fact('Read from')).toBe('https://login.test/jwks');
    expect(fact('Gone since')).toContain('The set came again without this key.');
    expect(fact('Trust')).toContain('names this key as its own');
    await click(row(0));
    expect(all('.ring-open')).toEqual([]);
    await openRow(1);
    await until(() => expect(text('.certificate')).toContain('CN=claimcheck.test'));
  });
});

describe('of one key', () => {
  test('the name', async () => {
    const { fake } = await show(fetched('d1'));
    await openRow();
    const input = the('.ring-open input');
    await act(() => {
      if (input instanceof HTMLInputElement) input.value = '  production ';
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    expect(fake.keys()[0]).toMatchObject({ name: 'production' });
    expect(text('.ring-key')).toContain('production');
  });

  test('a name that is being typed stays when another key arrives', async () => {
    const { fake } = await show(fetched('d1'));
    await openRow();
    const input = the('.ring-open input');
    await type(input, 'half a na');
    await act(() => fake.setKeys([fetched('d1'), fetched('d2')]));
    expect(rows()).toHaveLength(2);
    expect(input).toHaveProperty('value', 'half a na');
    await act(async () => {
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    expect(fake.keys()[0]).toMatchObject({ name: 'half a na' });
    await act(() => fake.setKeys([fetched('d1', { name: 'given elsewhere' }), fetched('d2')]));
    await until(() => expect(input).toHaveProperty('value', 'given elsewhere'));
  });

  test('pin and unpin, which a given key does not need', async () => {
    const { fake } = await show(fetched('t1', { provenance: 'traffic' }), key('given'));
    await openRow(0);
    await click(named('Pin'));
    expect(fake.keys()[0]).toMatchObject({ pinned: true });
    expect(text('.ring-key')).toMatch(/^✓/);
    await click(named('Unpin'));
    expect(fake.keys()[0]?.pinned).toBeUndefined();
    await click(row(0));
    await openRow(1);
    expect(texts('.ring-open button')).not.toContain('Pin');
  });

  test('a public key is remembered without a word, and taken off the disk', async () => {
    const { fake } = await show(fetched('d1'));
    await openRow();
    await click(named('Remember'));
    expect(fake.keys()[0]).toMatchObject({ remembered: true });
    await click(named('Take off the disk'));
    expect(fake.keys()[0]?.remembered).toBeUndefined();
  });

  test.each([
    ['a secret', SECRET],
    ['a private key', privatePem(es256)],
    ['a set with a private key', JSON.stringify({ keys: [publicJwk(es256), privateJwk(pairFor('ES384'))] })],
    ['what cannot be read', '{"kty":"oct"'],
  ])('%s is written to disk only after a warning', async (_, secret) => {
    const { fake } = await show(key('s', { text: secret }));
    await openRow();
    await click(named('Remember'));
    const warning = the('[role=alertdialog]');
    expect(document.getElementById(warning.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
      'in the clear',
    );
    expect(document.activeElement).toBe(named('Do not write it'));
    expect(fake.keys()[0]?.remembered).toBeUndefined();
    await click(named('Do not write it'));
    expect(all('[role=alertdialog]')).toEqual([]);
    expect(document.activeElement).toBe(named('Remember'));
    expect(fake.keys()[0]?.remembered).toBeUndefined();
    await click(named('Remember'));
    await click(named('Write it to disk'));
    expect(fake.keys()[0]).toMatchObject({ remembered: true });
    await until(() => expect(document.activeElement).toBe(named('Take off the disk')));
  });

  test('Escape says no to the warning, and leaves the dialogue open', async () => {
    const { fake } = await show(key('s', { text: SECRET }));
    await openRow();
    await click(named('Remember'));
    const event = await press(named('Do not write it'), 'Escape');
    expect(event.defaultPrevented).toBe(true);
    expect(all('[role=alertdialog]')).toEqual([]);
    expect(all('dialog[open]')).toHaveLength(1);
    expect(fake.keys()[0]?.remembered).toBeUndefined();
  });

  test('where nothing may be written to disk, as in a private window, it is not offered', async () => {
    await showIn({ canRemember: false }, fetched('d1'));
    await openRow();
    expect(texts('.ring-open button')).toContain('Pin');
    expect(texts('.ring-open button')).not.toContain('Remember');
  });

  test('a key that memory has no room for stays on disk, and it says so', async () => {
    const { fake } = await show(fetched('d1', { remembered: true }));
    fake.source.changeKey = () => Promise.reject(new Error('QUOTA_BYTES quota exceeded'));
    await openRow();
    await click(named('Take off the disk'));
    await until(() => expect(said()).toMatch(/^The key stays on disk/));
  });

  test('a key of several issuers names them all', async () => {
    await show(fetched('d1', { alsoOf: ['https://one.test', 'https://two.test'] }));
    await openRow();
    expect(fact('Also keys of')).toBe('https://one.test, https://two.test');
  });

  test('where the disk takes nothing, it says so', async () => {
    const { fake } = await show(fetched('d1'));
    fake.source.changeKey = () => Promise.reject(new Error('Private windows remember nothing.'));
    await openRow();
    await click(named('Remember'));
    await until(() => expect(said()).toMatch(/^The key was not remembered\. In a private window/));
    await click(named('Pin'));
    await until(() => expect(said()).toMatch(/^The key was not changed/));
  });

  test('copied as JWK and as PEM; of a private key the public half, of a secret each reading', async () => {
    const { fake } = await show(
      fetched('d1'),
      key('p', { text: privatePem(es256), addedAt: 3 }),
      key('s', { text: 'c2VjcmV0', addedAt: 2 }),
    );
    await openRow(0);
    await click(await until(() => named('Copy as JWK')));
    await until(() => expect(said()).toBe('JWK copied.'));
    expect(JSON.parse(fake.copied[0] ?? '')).toEqual(publicJwk(es256, { kid: 'd1' }));
    await click(named('Copy as PEM'));
    await until(() => expect(said()).toBe('PEM copied.'));
    expect(fake.copied[1]?.trim()).toBe(publicPem(es256).trim());
    await click(row(0));
    await openRow(1);
    await click(await until(() => named('Copy the public half as JWK')));
    await until(() => expect(fake.copied).toHaveLength(3));
    expect(fake.copied[2]).not.toContain(privateJwk(es256).d);
    await click(row(1));
    await openRow(2);
    await click(await until(() => named('Copy as JWK, read as base64')));
    await until(() => expect(fake.copied).toHaveLength(4));
    expect(JSON.parse(fake.copied[3] ?? '')).toEqual({ kty: 'oct', k: Buffer.from('secret').toString('base64url') });
    expect(texts('.ring-actions button').filter((label) => label.includes('PEM'))).toEqual([]);
  });

  test('a copy that the browser does not allow says so', async () => {
    const { fake } = await show(fetched('d1'));
    fake.source.copy = async () => false;
    await openRow();
    await click(await until(() => named('Copy as JWK')));
    await until(() => expect(said()).toBe('The browser did not allow copying.'));
  });

  test('removed, the next one has the focus, then the one before, then the box', async () => {
    const { fake } = await show(fetched('b', { addedAt: 3 }), fetched('a', { addedAt: 2 }), key('given'));
    await openRow(1);
    await click(named('Remove'));
    expect(fake.keys().map(({ id }) => id)).toEqual(['b', 'given']);
    expect(said()).toBe('The key was removed.');
    expect(document.activeElement).toBe(row(1));
    await openRow(1);
    await click(named('Remove'));
    expect(document.activeElement).toBe(row(0));
    await openRow(0);
    await click(named('Remove'));
    expect(document.activeElement).toBe(named('Key'));
    expect(fake.keys()).toEqual([]);
  });
});

describe('of the ring', () => {
  test('a key is added through the same box, for no token', async () => {
    const { fake } = await show();
    await type(named('Key'), publicPem(es256));
    await until(() => expect(text('dialog .trial')).toContain('Recognised: Public key (PEM, SPKI). EC P-256.'));
    expect(fake.keys()).toEqual([]);
    await click(named('Add to the keys'));
    await until(() => expect(rows()).toHaveLength(1));
    expect(fake.keys()[0]).toMatchObject({ provenance: 'given', issuer: '' });
    expect(named('Key')).toHaveProperty('value', '');
    await type(named('Key'), '{"kty":"x"}');
    await until(() => expect(text('dialog .trial')).toBe('The key type x is not registered.'));
  });

  test('a file may be dropped anywhere on the dialogue; text that is dragged into a name is the name', async () => {
    await show(fetched('d1'));
    await openRow();
    const drop = async (target: Element, files: readonly File[], types: readonly string[]) => {
      const event = new Event('drop', { bubbles: true, cancelable: true });
      Object.defineProperty(event, 'dataTransfer', { value: { files, types, getData: () => 'dragged' } });
      await act(async () => void target.dispatchEvent(event));
      return event.defaultPrevented;
    };
    expect(await drop(the('.ring-open input'), [], ['text/plain'])).toBe(false);
    expect(named('Key')).toHaveProperty('value', '');
    const der = new Uint8Array(es256.publicKey.export({ type: 'spki', format: 'der' }));
    expect(await drop(the('.ring-group h2'), [new File([der], 'key.der')], ['Files'])).toBe(true);
    await until(() => expect(text('dialog .trial')).toContain('Recognised: Public key (PEM, SPKI). EC P-256.'));
  });

  test('an address is asked for its keys only when its button is pressed', async () => {
    const { fake } = await show();
    await type(named('Key'), 'https://login.test/jwks');
    await until(() => named('Get keys from login.test'));
    expect(fake.fetched).toEqual([]);
  });

  test('the public keys are saved as a set: no secret, nothing private', async () => {
    const { fake } = await show(fetched('d1'), key('p', { text: privatePem(es256) }), key('s', { text: SECRET }));
    await click(named('Save the public keys'));
    await until(() => expect(fake.saved).toHaveLength(1));
    const [file] = fake.saved;
    expect(file).toMatchObject({ name: 'claimcheck-keys-2027-01-15.json', type: 'application/jwk-set+json' });
    const { keys } = JSON.parse(file?.text ?? '');
    expect(keys).toHaveLength(2);
    for (const one of keys) expect(Object.keys(one)).not.toContain('d');
    expect(file?.text).not.toContain(SECRET);
    expect(said()).toBe('Saved as claimcheck-keys-2027-01-15.json.');
  });

  test('without a public key there is nothing to save', async () => {
    const { fake } = await show(key('s', { text: SECRET }));
    await click(named('Save the public keys'));
    await until(() => expect(said()).toBe('There is no public key to save.'));
    expect(fake.saved).toEqual([]);
  });

  test('closed, the focus is where it was', async () => {
    await show(fetched('d1'));
    await press(the('dialog'), 'Escape');
    await until(() => expect(all('dialog')).toEqual([]));
    expect(document.activeElement).toBe(named('Keys'));
  });

  test('axe finds nothing, with a key open and a warning shown', async () => {
    await show(fetched('d1'), key('s', { text: SECRET }), key('c', { text: await certificate(es256) }));
    for (const index of [0, 1, 2]) await click(row(index));
    await until(() => the('.certificate'));
    const remembers = all('.ring-actions button').filter(({ textContent }) => textContent === 'Remember');
    await click(remembers.at(-1) ?? document.body);
    expect(all('[role=alertdialog]')).toHaveLength(1);
    const { violations } = await axe.run(document.body, {
      resultTypes: ['violations'],
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  });
});
