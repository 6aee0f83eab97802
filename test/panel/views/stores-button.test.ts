// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import type { Found } from '../../../src/core/capture/records.ts';
import type { StoresReading } from '../../../src/panel/source.ts';
import { NOW } from '../../fixtures/fake-source.ts';
import { compact } from '../../fixtures/tokens.ts';
import { all, click, named, open, text, texts, until } from '../screen.ts';

const alice = compact({ alg: 'HS256' }, { sub: 'alice' }, 'c2ln');
const FOUND: Found = {
  compact: alice,
  place: { kind: 'local_storage', name: 'jwt', origin: 'https://app.test' },
};
const EMPTY: StoresReading = { at: NOW, found: [], dropped: 0, unreadable: [] };
const button = () => until(() => named("Read the page's stores"));

test('what the page keeps is there when the panel opens, and read again by a click', async () => {
  let reading: StoresReading = { ...EMPTY, found: [FOUND] };
  await open({ stores: () => reading });
  await until(() => expect(texts('[role=option]')).toHaveLength(1));
  expect(text('[role=option]')).toContain('alice');
  reading = EMPTY;
  await click(await button());
  await until(() => expect(all('[role=option]')).toHaveLength(0));
  await until(() => expect(text('output.notice')).toBe("The page's stores hold 0 tokens."));
});

test('what could not be read is told, by the title and after a click', async () => {
  const unreadable = [
    { origin: 'https://pay.test', store: 'frames' },
    { origin: '', store: 'frames' },
    ...['a', 'b', 'c', 'd'].map((name) => ({ origin: `https://${name}.test`, store: 'cookie_jar' })),
    ...['local_storage', 'session_storage', 'indexed_db'].map((store) => ({ origin: 'https://app.test', store })),
  ];
  await open({ stores: () => ({ ...EMPTY, found: [FOUND], dropped: 3, unreadable }) });
  const sentences = [
    'This browser lets no frames of other origins be read: https://pay.test, unknown origin.',
    'Without access to https://a.test, https://b.test, https://c.test …, cookies come without attributes, and HttpOnly ones not at all.',
    'localStorage of https://app.test could not be read.',
    'sessionStorage of https://app.test could not be read.',
    'IndexedDB of https://app.test could not be read as a whole.',
    'Values left out, too many or too large: 3.',
  ];
  const found = await button();
  await until(() => expect(found.title).toBe(["Read the page's stores", ...sentences].join('\n')));
  await click(found);
  await until(() => expect(text('output.notice')).toBe(["The page's stores hold 1 token.", ...sentences].join(' ')));
});

test('Clear takes them away until they are read again', async () => {
  await open({ stores: () => ({ ...EMPTY, found: [FOUND] }) });
  await until(() => expect(all('[role=option]')).toHaveLength(1));
  await click(named("Clear this tab's log"));
  await until(() => expect(all('[role=option]')).toHaveLength(0));
  await click(await button());
  await until(() => expect(all('[role=option]')).toHaveLength(1));
});

test('there is no such button where nothing is captured', async () => {
  await open({ captures: false });
  expect(all('.bar [aria-label]').map((element) => element.getAttribute('aria-label'))).not.toContain(
    "Read the page's stores",
  );
});
