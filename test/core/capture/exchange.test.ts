import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecorder } from '../../../src/core/capture/exchange.ts';
import { createLog } from '../../../src/core/capture/log.ts';
import { createReconciler } from '../../../src/core/capture/reconcile.ts';
import { NO_TAB } from '../../../src/core/capture/records.ts';
import { requestEvent, responseEvent, tokenFor, witnessedRequest } from '../../fixtures/requests.ts';

const setUp = () => {
  const log = createLog();
  const recorder = createRecorder(log, createReconciler());
  const all = () => Object.values(log.take().set);
  return { log, recorder, all, exchanges: () => [...log.exchanges()] };
};

describe('recorder', () => {
  it('makes one exchange of a request and its response', () => {
    const { recorder, exchanges, log } = setUp();
    recorder.request(requestEvent({ token: tokenFor('a') }));
    recorder.response(
      responseEvent({
        status: 401,
        headers: [
          { name: 'Date', value: 'Sat, 21 Nov 2026 00:00:00 GMT' },
          { name: 'WWW-Authenticate', value: 'Bearer' },
          { name: 'www-authenticate', value: 'DPoP' },
        ],
      }),
    );
    expect(exchanges()).toEqual([
      expect.objectContaining({
        status: 401,
        start: 1_000_000,
        end: 1_000_020,
        date: 'Sat, 21 Nov 2026 00:00:00 GMT',
        wwwAuthenticate: ['Bearer', 'DPoP'],
        initiator: 'https://app.test',
        witness: 'background',
      }),
    ]);
    expect(log.take().set['tab/1']).toMatchObject({ requests: 1 });
  });

  it('stores only what bears a credential or was refused, and counts the rest', () => {
    const { recorder, exchanges, log } = setUp();
    recorder.request(requestEvent({ requestId: '1' }));
    recorder.response(responseEvent({ requestId: '1' }));
    recorder.request(requestEvent({ requestId: '2' }));
    recorder.response(responseEvent({ requestId: '2', status: 403 }));
    recorder.request(requestEvent({ requestId: '3', headers: [{ name: 'Authorization', value: 'Basic eDp5' }] }));
    expect(exchanges().map(({ status, opaque }) => [status, opaque])).toEqual([
      [403, undefined],
      [undefined, ['authorization Basic']],
    ]);
    expect(log.take().set['tab/1']).toMatchObject({ requests: 3, opaque: 1 });
  });

  it('keeps the hops of a redirect and of an authentication retry apart', () => {
    const { recorder, exchanges } = setUp();
    const token = tokenFor('a');
    for (const [at, status] of [
      [1000, 302],
      [1000, 401],
      [1001, 200],
    ] as const) {
      recorder.request(requestEvent({ token, at }));
      recorder.response(responseEvent({ status, at: at + 1 }));
    }
    expect(exchanges().map(({ status }) => status)).toEqual([302, 401, 200]);
    expect(new Set(exchanges().map(({ id }) => id)).size).toBe(3);
  });

  it('tells of a failure, but not over a response', () => {
    const { recorder, exchanges } = setUp();
    for (const requestId of ['1', '2']) recorder.request(requestEvent({ requestId, token: tokenFor('a') }));
    recorder.response(responseEvent({ requestId: '2' }));
    for (const requestId of ['1', '2', '3']) {
      recorder.failure({ ...requestEvent({ requestId }), at: 1_000_050, error: 'net::ERR_FAILED' });
    }
    expect(exchanges().map(({ error, end }) => [error, end])).toEqual([
      ['net::ERR_FAILED', 1_000_050],
      [undefined, 1_000_020],
    ]);
  });

  it('hears of an exchange by its response alone', () => {
    const { recorder, exchanges, log } = setUp();
    recorder.response(responseEvent({ headers: [{ name: 'Set-Cookie', value: `sid=${tokenFor('a')}` }] }));
    recorder.witnessed(1, witnessedRequest());
    expect(exchanges()).toEqual([expect.objectContaining({ status: 200, witness: 'both' })]);
    expect(log.take().set['tab/1']).toMatchObject({ requests: 1 });
  });

  it('goes on in a new worker where the last one was stopped', () => {
    const before = setUp();
    before.recorder.request(requestEvent({ token: tokenFor('a') }));
    const { log, recorder, exchanges } = setUp();
    log.load(before.all());
    recorder.resume();
    expect(recorder.knows('1')).toBe(true);
    recorder.response(responseEvent());
    recorder.witnessed(1, witnessedRequest({ token: tokenFor('a') }));
    expect(exchanges()).toEqual([expect.objectContaining({ status: 200, witness: 'both', start: 1_000_000 })]);
  });

  it('is told again by DevTools after a stop of what it had stored, and knows it', () => {
    const before = setUp();
    before.recorder.request(requestEvent({ token: tokenFor('a') }));
    before.recorder.response(responseEvent());
    const request = witnessedRequest({ token: tokenFor('a') });
    before.recorder.witnessed(1, request);
    const { log, recorder, exchanges, all } = setUp();
    log.load(before.all());
    recorder.resume();
    recorder.witnessed(1, request);
    expect(exchanges()).toEqual([expect.objectContaining({ witness: 'both', told: request.id })]);
    expect(all()).toEqual([]);
  });

  it("makes one exchange of a service worker's request, which has a tab for DevTools alone", () => {
    const events = [
      ({ recorder }: ReturnType<typeof setUp>) =>
        recorder.request(requestEvent({ token: tokenFor('a'), tab: NO_TAB, frame: -1 })),
      ({ recorder }: ReturnType<typeof setUp>) => recorder.witnessed(1, witnessedRequest({ token: tokenFor('a') })),
    ];
    for (const [order, tab] of [
      [events, NO_TAB],
      [events.toReversed(), 1],
    ] as const) {
      const made = setUp();
      for (const event of order) event(made);
      made.recorder.response(responseEvent({ tab: NO_TAB, frame: -1 }));
      expect(made.exchanges()).toEqual([expect.objectContaining({ tab, witness: 'both', status: 200 })]);
      expect(made.log.take().set['tab/1']).toMatchObject({ requests: 1 });
    }
  });

  it('fills in from DevTools what the background missed, and takes a message twice as once', () => {
    const { recorder, exchanges, log } = setUp();
    recorder.request(requestEvent({ token: tokenFor('a') }));
    const request = witnessedRequest({
      token: tokenFor('a'),
      status: 403,
      responseHeaders: [{ name: 'www-authenticate', value: 'Bearer error="insufficient_scope"' }],
    });
    recorder.witnessed(1, request);
    expect(exchanges()).toEqual([expect.objectContaining({ status: 403, end: 1_000_030, witness: 'both' })]);
    recorder.witnessed(1, { ...request, id: 'd-2', url: 'https://api.test/other' });
    recorder.witnessed(1, { ...request, id: 'd-2', url: 'https://api.test/other' });
    expect(exchanges()).toHaveLength(2);
    expect(log.take().set['tab/1']).toMatchObject({ requests: 2 });
  });

  it('gives each exchange exactly once, however the witnesses are interleaved and whatever one of them missed', () => {
    const request = fc.record({
      at: fc.integer({ min: 0, max: 400 }),
      delay: fc.integer({ min: 0, max: 20 }),
      takes: fc.integer({ min: 20, max: 200 }),
      missed: fc.constantFrom('nothing', 'request', 'response', 'background', 'devtools'),
      order: fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 12 }), (requests) => {
        const { recorder, exchanges, log } = setUp();
        const events = requests.flatMap(({ at, delay, takes, missed, order }, index) => {
          const token = tokenFor(`${index}`);
          const requestId = `${index}`;
          const start = 1_000_000 + at;
          // Within one witness the order is the request's own.
          const [first = 0, second = 0] = order.slice(0, 2).toSorted((a, b) => a - b);
          const steps = [
            {
              on: first,
              of: 'request',
              run: () => recorder.request(requestEvent({ requestId, token, at: start + delay })),
            },
            {
              on: second,
              of: 'response',
              run: () => recorder.response(responseEvent({ requestId, at: start + takes })),
            },
            {
              on: order[2] ?? 0,
              of: 'devtools',
              run: () =>
                recorder.witnessed(1, witnessedRequest({ id: `d-${index}`, token, start, end: start + takes })),
            },
          ];
          return steps.filter(({ of }) => of !== missed && !(missed === 'background' && of !== 'devtools'));
        });
        for (const { run } of events.toSorted((a, b) => a.on - b.on)) run();
        expect(exchanges()).toHaveLength(requests.length);
        const tokens = exchanges().flatMap(({ id }) => log.sentIn(`exchange/1/${id}`));
        expect(new Set(tokens).size).toBe(requests.length);
        expect(log.take().set['tab/1']).toMatchObject({ requests: requests.length });
      }),
      { numRuns: 300 },
    );
  });
});
