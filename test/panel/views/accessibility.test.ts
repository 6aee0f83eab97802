// @vitest-environment happy-dom
/** axe on what the panel puts into the document. Colours and sizes need a layout: the browsers' own runs look at those. */
import axe from 'axe-core';
import { GeneralSign } from 'jose';
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import '../../../src/panel/views/row-menu.tsx';
import { encryptedToken, octJwk } from '../../fixtures/encrypted.ts';
import { NOW } from '../../fixtures/fake-source.ts';
import { given, pairFor, publicJwk } from '../../fixtures/keys.ts';
import { encodeSegment, hmacToken, SECRET, signedToken } from '../../fixtures/tokens.ts';
import { createReader, fileOf } from '../reading.ts';
import { seen } from '../records.ts';
import { click, named, open, press, select, the, type, until } from '../screen.ts';

const findings = async () => {
  const { violations } = await axe.run(document.body, {
    resultTypes: ['violations'],
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
};

test('nothing while there is no token', async () => {
  await open({ granted: false, settings: { paused: true } });
  expect(await findings()).toEqual([]);
});

test('nothing with tokens and none of them open', async () => {
  await open({ records: seen(hmacToken(SECRET)) });
  await until(() => the('section.detail h1'));
  expect(await findings()).toEqual([]);
});

test('nothing with a token open, verified and broken', async () => {
  const broken = `${hmacToken(SECRET)}*`;
  await open({ records: [...seen(hmacToken(SECRET)), ...seen(broken, { start: NOW - 1 })] });
  await select(0);
  await type(named('Key'), SECRET);
  await until(() => the('[aria-label="Keys of this session"]'));
  expect(await findings()).toEqual([]);
  await select(1);
  expect(await findings()).toEqual([]);
});

test('nothing with all that keys open: a token in a token, disclosures, several signatures, a proof', async () => {
  const jwk = publicJwk(pairFor('ES256'));
  const inner = hmacToken(SECRET);
  const credential = hmacToken(SECRET, { payload: { _sd: ['hidden'], cnf: { jwk } }, header: { typ: 'dc+sd-jwt' } });
  const bound = `${credential}~${encodeSegment(['salt', 'name', 'alice'])}~`;
  const general = await new GeneralSign(Buffer.from('{}'))
    .addSignature(new TextEncoder().encode(SECRET))
    .setProtectedHeader({ alg: 'HS256' })
    .setUnprotectedHeader({ kid: 'a' })
    .sign();
  const tokens = [
    await encryptedToken('dir', { payload: inner, header: { cty: 'JWT' } }),
    bound + (await signedToken('ES256', { header: { typ: 'kb+jwt' }, payload: { nonce: 'n' } })),
    bound,
    JSON.stringify(general),
    await signedToken('ES256', { header: { jwk, typ: 'dpop+jwt' }, payload: { htm: 'PUT' } }),
    `${inner.split('.')[0]}..${inner.split('.')[2]}`,
  ];
  const parts = ['section.inner', '.checks', '.hidden', '.parts', '.checks', '.detached'];
  const { fake } = await open({ records: tokens.flatMap((token, index) => seen(token, { start: NOW - index })) });
  await act(() => fake.setKeys([given(SECRET), given(octJwk(256))]));
  for (const [row, part] of parts.entries()) {
    await select(row);
    await until(() => the(part));
    expect(await findings(), part).toEqual([]);
  }
});

test.each(['Paste', 'Settings', 'Export…'])('nothing in the dialogue %s', async (name) => {
  await open({ records: seen(hmacToken(SECRET)) });
  await click(named(name));
  await until(() => the('dialog[open]'));
  expect(await findings()).toEqual([]);
});

test('nothing in the comparison of two tokens', async () => {
  const other = hmacToken(SECRET, { payload: { roles: ['a'], exp: 1 } });
  await open({ records: [...seen(hmacToken(SECRET)), ...seen(other, { start: NOW - 1 })] });
  await select(0);
  await click(named('Compare…'));
  await until(() => the('dialog[open] .compared'));
  expect(await findings()).toEqual([]);
});

test.each(['cURL for POSIX shells', 'jose · JavaScript'])('nothing in the dialogue that copies as %s', async (name) => {
  await open({ records: seen(hmacToken(SECRET)) });
  await select(0);
  await click(named('Copy as…'));
  await until(() => the('dialog[open] .copy-as'));
  await click(named(name));
  await until(() => the('dialog[open] .copy-notes p'));
  expect(await findings()).toEqual([]);
});

test('nothing in the menu of a row', async () => {
  await open({ records: [...seen(hmacToken(SECRET)), ...seen(`${hmacToken(SECRET)}*`, { start: NOW - 1 })] });
  await select(0);
  await press(named('Tokens'), 'ContextMenu');
  await until(() => the('[role=menu]'));
  expect(await findings()).toEqual([]);
});

test('nothing with a log out of a file beside the live one, while it is read and when it is open', async () => {
  const { importFile, readings } = createReader();
  await open({ records: seen(hmacToken(SECRET)) }, { importFile });
  await click(named('Import…'));
  const input = await until(() => the('dialog[open] input[type=file]'));
  expect(await findings()).toEqual([]);
  Object.defineProperty(input, 'files', { value: [fileOf('a.har')] });
  await act(async () => void input.dispatchEvent(new Event('change', { bubbles: true })));
  await until(() => the('progress'));
  await act(() => readings[0]?.put({ records: seen(hmacToken(SECRET)) }));
  expect(await findings()).toEqual([]);
  await act(() => readings[0]?.end({ sanitized: true }));
  await click(await until(() => named('Show the log of a.har')));
  await until(() => the('.told'));
  expect(await findings()).toEqual([]);
});
