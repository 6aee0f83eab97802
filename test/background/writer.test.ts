import { describe, expect, it } from 'vitest';
import { WRITE_WITHIN } from '../../src/background/writer.ts';
import { createFakeBrowser } from '../fixtures/fake-browser.ts';
import { requestEvent, tokenFor } from '../fixtures/requests.ts';

const setUp = async (options?: { quota: number }) => {
  const fake = createFakeBrowser(options);
  fake.startWorker();
  await fake.settle();
  const request = (id: number, size = 0) =>
    fake.events.request.fire(
      requestEvent({
        requestId: `${id}`,
        url: `https://api.test/${id}`,
        token: tokenFor(`${id}`, size),
        at: fake.now(),
      }),
    );
  return { fake, request };
};

describe('writing', () => {
  it('writes the first record at once, without any time passing', async () => {
    const { fake, request } = await setUp();
    request(1);
    await fake.settle();
    expect(
      fake
        .records()
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['exchange', 'sighting', 'tab', 'token']);
  });

  it('writes what came meanwhile together, within its bound', async () => {
    const { fake, request } = await setUp();
    request(1);
    await fake.settle();
    for (let id = 2; id <= 500; id += 1) request(id);
    await fake.pass(WRITE_WITHIN);
    expect(fake.writes.length).toBe(2);
    expect(fake.writes[1]?.keys.filter((key) => key.startsWith('tab/'))).toEqual(['tab/1']);
    expect(fake.records().filter(({ type }) => type === 'exchange')).toHaveLength(500);
  });

  it('keeps its writes apart, however the requests come', async () => {
    const { fake, request } = await setUp();
    for (let id = 0; id < 10; id += 1) {
      request(id);
      await fake.pass(WRITE_WITHIN / 5);
    }
    await fake.pass(WRITE_WITHIN);
    expect(fake.writes.length).toBe(3);
    expect(fake.records().filter(({ type }) => type === 'exchange')).toHaveLength(10);
  });

  it('does not wait longer for a write that does not come back', async () => {
    const { fake, request } = await setUp();
    fake.hold();
    request(1);
    await fake.settle();
    request(2);
    await fake.pass(WRITE_WITHIN);
    expect(fake.records().filter(({ type }) => type === 'exchange')).toHaveLength(2);
    fake.release();
  });

  it('writes within its bound, though the clock was set back', async () => {
    const { fake, request } = await setUp();
    request(1);
    await fake.settle();
    fake.setClock(fake.now() - 3_600_000);
    request(2);
    await fake.pass(WRITE_WITHIN);
    expect(fake.records().filter(({ type }) => type === 'exchange')).toHaveLength(2);
  });

  it('lets counters wait for company', async () => {
    const { fake } = await setUp();
    for (let id = 0; id < 20; id += 1) {
      fake.events.request.fire(requestEvent({ requestId: `${id}` }));
      await fake.pass(2);
    }
    await fake.pass(WRITE_WITHIN);
    expect(fake.writes.map(({ keys }) => keys)).toEqual([['tab/1']]);
    expect(fake.records()).toEqual([expect.objectContaining({ requests: 20 })]);
  });

  it('over quota drops the oldest, keeps the newest, and counts', async () => {
    const { fake, request } = await setUp({ quota: 40_000 });
    for (let id = 1; id <= 100; id += 1) {
      request(id, 300);
      await fake.pass(20);
    }
    await fake.pass(1000);
    const urls = fake.records().flatMap((record) => (record.type === 'exchange' ? [record.url] : []));
    expect(urls).toContain('https://api.test/100');
    expect(urls).not.toContain('https://api.test/1');
    expect(fake.bytes()).toBeLessThanOrEqual(40_000);
    const tab = fake.records().find(({ type }) => type === 'tab');
    expect(tab).toMatchObject({ requests: 100, dropped: (100 - urls.length) * 3 });
  });

  it('gives up on what can never fit, counts it, and goes on', async () => {
    const { fake, request } = await setUp({ quota: 4_000 });
    request(1, 8_000);
    await fake.pass(500);
    request(2);
    await fake.pass(500);
    const records = fake.records();
    expect(records.filter(({ type }) => type === 'token')).toHaveLength(1);
    expect(records.find(({ type }) => type === 'tab')).toMatchObject({ requests: 2, dropped: 2 });
  });
});
