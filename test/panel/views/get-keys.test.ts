// @vitest-environment happy-dom
/** The issuer's keys: which address is named before it is asked, and what comes of it. Nothing is asked before the click. */
import { describe, expect, test } from 'vitest';
import type { FakeOptions } from '../../fixtures/fake-source.ts';
import { ecPair, pairFor, publicJwk } from '../../fixtures/keys.ts';
import { CLAIMS, hmacToken, SECRET, signedToken } from '../../fixtures/tokens.ts';
import { seen } from '../records.ts';
import { all, click, named, open, type Screen, select, text, texts, type, until } from '../screen.ts';

const DISCOVERY = `${CLAIMS.iss}/.well-known/openid-configuration`;
const JWKS = `${CLAIMS.iss}/jwks`;
const ELSEWHERE = 'https://keys.test/jwks';
const set = JSON.stringify({
  keys: [publicJwk(pairFor('ES256'), { kid: 'a1' }), publicJwk(ecPair('P-256'), { kid: 'b2' })],
});
const discovery = (jwks_uri: string, issuer = CLAIMS.iss) => JSON.stringify({ issuer, jwks_uri });

const show = async (options: FakeOptions, token?: string): Promise<Screen> => {
  const screen = await open({
    ...options,
    records: seen(token ?? (await signedToken('ES256', { header: { kid: 'a1' } }))),
  });
  await select(0);
  return screen;
};
const outcome = () => text('.get-keys output');

test('the address is named, asked when the button is pressed, and its keys verify by themselves', async () => {
  const { fake } = await show({ answers: { [DISCOVERY]: discovery(JWKS), [JWKS]: set } });
  const button = named('Get keys from login.test');
  const described = document.getElementById(button.getAttribute('aria-describedby') ?? '');
  expect(described?.textContent).toBe(`asks ${DISCOVERY}, and no other host`);
  expect(fake.fetched).toEqual([]);
  await click(button);
  await until(() => expect(outcome()).toBe('2 keys kept for this session: a1, b2.'));
  expect(fake.fetched).toEqual([DISCOVERY, JWKS]);
  expect(fake.keys()).toMatchObject([
    { provenance: 'discovery', issuer: CLAIMS.iss, source: JWKS },
    { provenance: 'discovery', issuer: CLAIMS.iss, source: JWKS },
  ]);
  await until(() => expect(texts('[role=option] .spoken')).toEqual(['verified,']));
});

test('while it is asked, it says so, and is not asked twice', async () => {
  const { fake } = await show({});
  const asked: string[] = [];
  let answer = (_: { readonly text: string }) => {};
  fake.source.fetchText = (url) => {
    asked.push(url);
    return new Promise((resolve) => {
      answer = resolve;
    });
  };
  const button = named('Get keys from login.test');
  button.focus();
  await click(button);
  expect(outcome()).toBe('Asking login.test…');
  expect(button.getAttribute('aria-disabled')).toBe('true');
  await click(button);
  await until(() => expect(asked).toEqual([DISCOVERY]));
  answer({ text: discovery(ELSEWHERE) });
  await until(() => expect(outcome()).toContain('another host'));
  expect(document.activeElement).toBe(button);
});

test('keys on another host are not asked for until that host is agreed to', async () => {
  const { fake } = await show({ answers: { [DISCOVERY]: discovery(ELSEWHERE), [ELSEWHERE]: set } });
  await click(named('Get keys from login.test'));
  await until(() =>
    expect(outcome()).toBe(`The issuer keeps its keys on another host, which was not asked: ${ELSEWHERE}`),
  );
  expect(fake.fetched).toEqual([DISCOVERY]);
  await click(named('Get keys from keys.test'));
  await until(() => expect(texts('.get-keys output').at(-1)).toBe('2 keys kept for this session: a1, b2.'));
  expect(fake.fetched).toEqual([DISCOVERY, ELSEWHERE]);
  expect(fake.keys()[0]).toMatchObject({ issuer: CLAIMS.iss, source: ELSEWHERE });
});

describe('what goes wrong', () => {
  test('is a sentence with the address; hostile text in it is text', async () => {
    await show({ answers: { [DISCOVERY]: discovery(JWKS, 'https://evil.test/\u202e') } });
    await click(named('Get keys from login.test'));
    await until(() => expect(outcome()).toContain(`The document at ${DISCOVERY} names another issuer`));
    expect(outcome()).toContain('evil.test/\\u202E');
    expect(all('.get-keys output.warn')).toHaveLength(1);
  });

  test('where the browser withholds access, it can be granted there', async () => {
    const { fake } = await show({ granted: false });
    await click(named('Get keys from login.test'));
    await until(() => expect(outcome()).toContain('No answer that may be read'));
    await click(await until(() => named('Grant site access')));
    expect(fake.asked()).toBe(1);
    await until(() => expect(all('.get-keys .link.warn')).toEqual([]));
  });

  test('keys that there is no room for', async () => {
    const { fake } = await show({ answers: { [DISCOVERY]: discovery(JWKS), [JWKS]: set } });
    fake.source.keepKeySet = () => Promise.reject(new Error('quota'));
    await click(named('Get keys from login.test'));
    await until(() => expect(outcome()).toMatch(/^The key was not kept/));
  });

  test.each([
    ['http://login.test', 'an address that is not https'],
    ['https://user:password@login.test', 'an address with a password in it'],
    ['login.test', 'no address at all'],
    ['javascript:alert(1)', 'a script'],
  ])('an issuer %s, which is %s, has no button', async (iss) => {
    await show({}, hmacToken(SECRET, { payload: { iss } }));
    await until(() => named('Key'));
    expect(all('.get-keys')).toEqual([]);
  });
});

describe('an address in the key box', () => {
  test('is recognised, and asked only by its button', async () => {
    const { fake } = await show({ answers: { [ELSEWHERE]: set } });
    await type(named('Key'), ` ${ELSEWHERE}\n`);
    const button = await until(() => named('Get keys from keys.test'));
    expect(text('.get-keys')).toContain(`asks ${ELSEWHERE}, and no other host`);
    expect(fake.fetched).toEqual([]);
    expect(fake.keys()).toEqual([]);
    await click(button);
    await until(() => expect(outcome()).toBe('2 keys kept for this session: a1, b2.'));
    expect(fake.fetched).toEqual([ELSEWHERE]);
    expect(text('.trial')).toBe('');
  });

  test('that may not be asked says why, without being asked', async () => {
    const { fake } = await show({});
    await type(named('Key'), 'http://login.test/jwks');
    await until(() => expect(text('.key-box .warn')).toContain('Keys are only fetched over https'));
    expect(all('.get-keys')).toEqual([]);
    expect(fake.fetched).toEqual([]);
  });
});
