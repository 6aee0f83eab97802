import { effect } from '@preact/signals';
import { expect, test } from 'vitest';
import '../one-slice.ts';
import type { CaptureRecord, Found, Place } from '../../../src/core/capture/records.ts';
import { createLog } from '../../../src/panel/model/log.ts';
import { createStores } from '../../../src/panel/model/stores.ts';
import { createFakeSource, NOW } from '../../fixtures/fake-source.ts';
import { compact } from '../../fixtures/tokens.ts';
import { idOf, seen } from '../records.ts';

const alice = compact({ alg: 'HS256' }, { sub: 'alice' }, 'c2ln');
const bob = compact({ alg: 'HS256' }, { sub: 'bob' }, 'c2ln');
const PLACE: Place = { kind: 'local_storage', name: 'jwt', origin: 'https://app.test' };

const at = (token: string, place: Partial<Place> = {}): Found => ({ compact: token, place: { ...PLACE, ...place } });

const open = (records: readonly CaptureRecord[] = []) => {
  let held: readonly Found[] = [];
  const stores = () => ({ at: NOW, found: held, dropped: 0, unreadable: [] });
  const fake = createFakeSource({ records, stores });
  const log = createLog(fake.source, () => undefined);
  const model = createStores(fake.source, log);
  const hold = async (...found: readonly Found[]) => {
    held = found;
    await model.read();
  };
  const placesOf = (token: string) => [...(log.entry(idOf(token))?.sightings.values() ?? [])].map(({ place }) => place);
  return { fake, log, model, hold, placesOf };
};

test('what the stores hold is in the log, of no exchange', async () => {
  const { log, hold, placesOf, model } = open();
  await hold(at(alice), at(alice, { kind: 'session_storage' }), at(bob, { path: 'a.b' }));
  expect(log.entries.value.map(({ compact }) => compact).toSorted()).toEqual([alice, bob].toSorted());
  expect(placesOf(alice)).toEqual([PLACE, { ...PLACE, kind: 'session_storage' }]);
  expect(log.entry(idOf(alice))).toMatchObject({ requests: 0, last: undefined, firstSeen: NOW });
  expect(model.reading.value?.found).toHaveLength(3);
});

test('a reading stands in place of the one before', async () => {
  const { log, hold, placesOf } = open();
  await hold(at(alice), at(bob, { name: 'other' }));
  await hold(at(alice, { name: 'moved' }));
  expect(log.entries.value.map(({ compact }) => compact)).toEqual([alice]);
  expect(placesOf(alice)).toEqual([{ ...PLACE, name: 'moved' }]);
});

test('a token that moved, or that changed places with another, is not forgotten in between', async () => {
  const { log, hold } = open();
  await hold(at(alice));
  const entry = log.entry(idOf(alice));
  const lengths: number[] = [];
  const stop = effect(() => void lengths.push(log.entries.value.length));
  await hold(at(alice, { name: 'moved' }));
  stop();
  expect(log.entry(idOf(alice))).toBe(entry);
  expect(lengths).not.toContain(0);
});

test('a token that was in the traffic stays, with its own sightings', async () => {
  const { log, hold, placesOf } = open(seen(alice, { id: 'x1' }));
  await hold(at(alice));
  expect(placesOf(alice)).toHaveLength(2);
  await hold();
  expect(placesOf(alice)).toMatchObject([{ kind: 'request_header' }]);
  expect(log.entries.value).toHaveLength(1);
});

test('another token in the same place has changed, and is told so from then on', async () => {
  const { hold, placesOf } = open();
  await hold(at(alice));
  await hold(at(bob));
  await hold(at(bob));
  expect(placesOf(bob)).toEqual([{ ...PLACE, changed: true }]);
});

test('Clear forgets them until the next reading', async () => {
  const { log, hold } = open();
  await hold(at(alice));
  log.forgetOwn();
  expect(log.entries.value).toEqual([]);
  await hold(at(alice));
  expect(log.entries.value).toHaveLength(1);
});

test('reads no more once it is over', async () => {
  const { log, model, hold } = open();
  model.dispose();
  await hold(at(alice));
  expect(log.entries.value).toEqual([]);
});
