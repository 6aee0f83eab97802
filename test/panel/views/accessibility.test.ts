// @vitest-environment happy-dom
/** axe on what the panel puts into the document. Colours and sizes need a layout: the browsers' own runs look at those. */
import axe from 'axe-core';
import { expect, test } from 'vitest';
import { NOW } from '../../fixtures/fake-source.ts';
import { hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { seen } from '../records.ts';
import { click, named, open, select, the, type, until } from '../screen.ts';

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

test.each(['Paste', 'Settings', 'Export…'])('nothing in the dialogue %s', async (name) => {
  await open({ records: seen(hmacToken(SECRET)) });
  await click(named(name));
  await until(() => the('dialog[open]'));
  expect(await findings()).toEqual([]);
});
