// @vitest-environment happy-dom
/** What becomes of the signature in the workbench, and of the whole when it is encrypted. */
import { undo } from '@codemirror/commands';
import { act } from 'preact/test-utils';
import { describe, expect, test, vi } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { pairFor, privatePem, publicPem } from '../../fixtures/keys.ts';
import { hmacToken } from '../../fixtures/tokens.ts';
import { all, click, named, text, texts, the, type, until } from '../screen.ts';
import { editor, findings, openBlank, openCopy, says, sentence, token, typedIn, write } from '../workbench-screen.ts';

describe('the signature', () => {
  const choose = (name: string) => click(named(name).querySelector('input') ?? named(name));

  test('none and empty are said for what they are', async () => {
    await openCopy();
    await choose('None');
    await says('Unsecured: anybody can have written this token');
    expect(token()).toMatch(/\.$/);
    expect(decode(token()).header?.alg).toBe('none');
    await choose('Empty');
    await says('Without the signature that its header promises');
  });

  test('by a key that is typed, recognised and chosen how to be read', async () => {
    await openCopy();
    await choose('Sign with a key');
    await says('Give a key to sign with, or generate one.');
    await type(named('Key to sign with'), 'c2VjcmV0');
    await until(() => expect(text('.wb-key .trial')).toContain('Recognised: Shared secret.'));
    await says('Signed with HS256, and the signature holds');
    const asText = token();
    await choose('read as base64');
    await until(() => expect(token()).not.toBe(asText));
    expect(token()).toBe(hmacToken('secret'));
  });

  test('a secret shorter than its hash signs, and that is said', async () => {
    await openCopy();
    await choose('Sign with a key');
    await type(named('Key to sign with'), 'c2VjcmV0');
    await says('Signed with HS256, and the signature holds');
    const short = () => texts('.wb-part.sign > .warn');
    expect(short()).toEqual([expect.stringMatching(/^HS256 wants a secret of 32 bytes .* this one has 8:/)]);
    await choose('read as base64');
    await until(() => expect(short()).toEqual([expect.stringContaining('has 6:')]));
    await type(named('Key to sign with'), 'a secret of 32 bytes, or of more');
    await until(() => expect(short()).toEqual([]));
  });

  test('that the white space around a secret does not sign is said', async () => {
    await openCopy();
    await choose('Sign with a key');
    const trimmed = () => texts('.wb-part.sign > .hint').filter((hint) => hint.includes('white space'));
    await type(named('Key to sign with'), 'a secret\r\n');
    await says('Signed with HS256, and the signature holds');
    expect(token()).toBe(hmacToken('a secret'));
    expect(trimmed()).toHaveLength(1);
    await type(named('Key to sign with'), 'YSBzZWNyZXQK');
    await until(() => expect(trimmed()).toEqual([]));
    await choose('read as base64');
    await until(() => expect(token()).toBe(hmacToken('a secret\n')));
  });

  test('that no key can be made is said beside the token that stands', async () => {
    await openCopy();
    await choose('Sign with a key');
    await type(named('Key to sign with'), 'secret');
    await says('Signed with HS256, and the signature holds');
    const draw = vi.spyOn(crypto, 'getRandomValues').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    await click(named('Generate a key for HS256'));
    await until(() => expect(text('.wb-result .say p')).toMatch(/makes no key for HS256/));
    expect(sentence()).toBe('Signed with HS256, and the signature holds');
    draw.mockRestore();
  });

  test('a public key signs nothing, and that is the reason', async () => {
    await openBlank();
    await type(named('Algorithm (alg)').querySelector('select') ?? document.body, 'ES256');
    await type(named('Key to sign with'), publicPem(pairFor('ES256')));
    await until(() => expect(all('.wb-token.stale')).toHaveLength(1));
    expect(sentence()).toMatch(/private/);
    await type(named('Key to sign with'), privatePem(pairFor('ES256')));
    await says('Signed with ES256, and the signature holds');
    expect(typedIn('header')).toContain('"ES256"');
  });

  test('by a key that is generated, in every form, each to be copied', async () => {
    const screen = await openBlank();
    await type(named('Algorithm (alg)').querySelector('select') ?? document.body, 'ES256');
    await click(named('Generate a key for ES256'));
    // Disabled meanwhile, it would lose the focus.
    expect(named('Generating…')).toHaveProperty('disabled', false);
    expect(named('Generating…').getAttribute('aria-disabled')).toBe('true');
    await says('Signed with ES256, and the signature holds');
    expect(document.activeElement).toBe(named('Generate a key for ES256'));
    expect(texts('.wb-forms summary')).toEqual([
      'Private key (JWK)',
      'Private key (PEM, PKCS#8)',
      'Public key (JWK)',
      'Public key (PEM, SPKI)',
    ]);
    const kid = decode(token()).header?.kid;
    expect(kid).toMatch(/^[\w-]{43}$/);
    await write('header', '{"alg":"ES256","kid":"mine"}');
    await click(named('Write its kid into the header'));
    await until(() => expect(typedIn('header')).toBe(`{"alg":"ES256","kid":"${kid}"}`));
    await click(named('Copy the Public key (PEM, SPKI)'));
    expect(screen.fake.copied.at(-1)).toMatch(/^-----BEGIN PUBLIC KEY-----/);
    expect(await findings()).toEqual([]);
  });
});

test('a JWE around it has nothing to say to who has not its key', async () => {
  await openBlank();
  await click(the('.wb-part h2 input[type=checkbox]'));
  await says('No key to encrypt with. Paste a public key or a secret, or make one.');
  await click(named('Generate a key for dir'));
  await says("Encrypted: only the recipient's key opens it");
  expect(token().split('.')).toHaveLength(5);
  expect(texts('.four li')[0]).toMatch(/verified/);
  expect(await findings()).toEqual([]);
});

test('what is wrong with the further members of its header is told as of any header', async () => {
  await openBlank();
  await click(the('.wb-part h2 input[type=checkbox]'));
  await click(named('Generate a key for dir'));
  await says("Encrypted: only the recipient's key opens it");
  await click(named('Compress first (zip: DEF)').querySelector('input') ?? document.body);
  await until(() => expect(decode(token()).header).toMatchObject({ zip: 'DEF', cty: 'JWT' }));
  await write('outer', '{"typ":"JOSE"}');
  await until(() => expect(decode(token()).header).toMatchObject({ typ: 'JOSE', zip: 'DEF' }));
  await write('outer', '{"typ":"JOSE","x":1.0}');
  await until(() =>
    expect(text('.wb-outer .wb-marks')).toBe(
      '⚠ Line 1, column 19: the outer header is written anew, with 1 in place of this number.',
    ),
  );
  await click(the('.wb-outer [aria-label="Format"]'));
  expect(typedIn('outer')).toBe('{\n  "typ": "JOSE",\n  "x": 1.0\n}');
  await act(() => void undo(editor('outer')));
  expect(typedIn('outer')).toBe('{"typ":"JOSE","x":1.0}');
  await write('outer', '{"epk":1}');
  await says('The outer header breaks at line 1, column 2.');
  expect(text('.wb-outer .wb-marks')).toBe('✕ Line 1, column 2: “epk” is set above, or made when it is encrypted.');
  expect(await findings()).toEqual([]);
  await act(() => void undo(editor('outer')));
  await until(() => expect(decode(token()).header).toMatchObject({ typ: 'JOSE' }));
});

test('the key of a session of Auth.js is made of a secret and the name of a cookie', async () => {
  await openBlank();
  await click(the('.wb-part h2 input[type=checkbox]'));
  const cookie = () => named('Auth.js: name of the cookie').querySelector('input') ?? document.body;
  await type(named('Content (enc)').querySelector('select') ?? document.body, 'A256CBC-HS512');
  await type(named('Key to encrypt with'), 'a secret');
  await says('A secret of 64 bits, but A256CBC-HS512 takes exactly 512.');
  await type(cookie(), 'authjs.session-token');
  await says("Encrypted: only the recipient's key opens it");
  expect(decode(token()).header?.kid).toHaveLength(86);
  await type(named('Content (enc)').querySelector('select') ?? document.body, 'A128GCM');
  await until(() => expect(all('.wb-cookie')).toEqual([]));
});
