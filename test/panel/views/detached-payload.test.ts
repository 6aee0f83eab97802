// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import { NOW } from '../../fixtures/fake-source.ts';
import { given } from '../../fixtures/keys.ts';
import { hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { answers } from '../answers.ts';
import { seen } from '../records.ts';
import { named, open, press, select, type, until } from '../screen.ts';

const detach = (payload: object) => hmacToken(SECRET, { payload, header: { typ: undefined } }).replace(/\..*\./, '..');

const box = () => {
  const found = named('The payload that was signed').querySelector('textarea');
  if (!found) throw new Error('no box');
  return found;
};

test('the payload that a token does not carry is given by hand, and checked with each keystroke', async () => {
  const [alice, bob] = [detach({ sub: 'alice' }), detach({ sub: 'bob' })];
  const screen = await open({ records: [...seen(alice, { start: NOW }), ...seen(bob, { start: NOW - 1000 })] });
  await act(() => screen.fake.setKeys([given(SECRET, 'given', 0, '')]));
  await select(0);
  await until(() => expect(answers().Signature).toMatch(/^cannot be checked here · The payload is not in the token/));
  await until(box);
  await type(box(), '{"sub":"mallory"}');
  await until(() => expect(answers().Signature).toMatch(/^mismatch/));
  await type(box(), '{"sub":"alice"}');
  await until(() => expect(answers().Signature).toMatch(/^verified · HS256/));
  // Another token has another payload; coming back, it is still there.
  await press(named('Tokens'), 'ArrowDown');
  await until(() => expect(answers().Signature).toMatch(/^cannot be checked here/));
  await until(() => expect(box().value).toBe(''));
  await press(named('Tokens'), 'ArrowUp');
  await until(() => expect(box().value).toBe('{"sub":"alice"}'));
  expect(answers().Signature).toMatch(/^verified/);
  await type(box(), '');
  await until(() => expect(answers().Signature).toMatch(/^cannot be checked here/));
});
