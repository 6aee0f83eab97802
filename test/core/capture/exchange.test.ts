import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOKENS } from '../../../src/core/capture/distinct.ts';
import { createRecorder } from '../../../src/core/capture/exchange.ts';
import { createLog } from '../../../src/core/capture/log.ts';
import { parseRecord } from '../../../src/core/capture/parse-record.ts';
import { createReconciler } from '../../../src/core/capture/reconcile.ts';
import { NO_TAB, recordKey } from '../../../src/core/capture/records.ts';
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

  const AUTHORIZE = 'https://login.test/auth?client_id=spa&response_type=id_token&state=s-1&nonce=n-1';
  const evidence = {
    location: 'https://app.test/cb?code=abc&state=s-1',
    dpopNonce: 'n-2',
  };
  const responseHeaders = [
    { name: 'location', value: evidence.location },
    { name: 'DPoP-Nonce', value: evidence.dpopNonce },
  ];

  it('stores a request for a login, which carries no token, and what the answer to it says', () => {
    for (const [tell, witness] of [
      [
        ({ recorder }: ReturnType<typeof setUp>) => {
          recorder.request(requestEvent({ url: AUTHORIZE }));
          recorder.response(responseEvent({ url: AUTHORIZE, status: 303, headers: responseHeaders }));
        },
        'background',
      ],
      [
        ({ recorder }: ReturnType<typeof setUp>) =>
          recorder.witnessed(1, witnessedRequest({ url: AUTHORIZE, status: 303, responseHeaders })),
        'devtools',
      ],
    ] as const) {
      const made = setUp();
      tell(made);
      expect(made.exchanges()).toEqual([
        expect.objectContaining({ url: AUTHORIZE, status: 303, witness, ...evidence }),
      ]);
    }
  });

  it('has what one witness learned of a login and of a nonce, whoever comes first', () => {
    const background = [
      ({ recorder }: ReturnType<typeof setUp>) => recorder.request(requestEvent({ url: AUTHORIZE })),
      ({ recorder }: ReturnType<typeof setUp>) =>
        recorder.response(responseEvent({ url: AUTHORIZE, status: 303, headers: responseHeaders })),
    ];
    const devtools = ({ recorder }: ReturnType<typeof setUp>) =>
      recorder.witnessed(1, witnessedRequest({ url: AUTHORIZE, status: 303, responseHeaders }));
    const orders = [
      [...background, devtools],
      [devtools, ...background],
      [background[0], devtools, background[1]],
      // The background was stopped while the request was on its way, or before it left.
      [background[0], devtools],
      [background[1], devtools],
      [devtools, background[1]],
    ];
    for (const events of orders) {
      const made = setUp();
      for (const event of events) event?.(made);
      expect(made.exchanges()).toEqual([
        expect.objectContaining({ witness: 'both', status: 303, start: 1_000_000, ...evidence }),
      ]);
      expect(made.log.take().set['tab/1']).toMatchObject({ requests: 1 });
    }
  });

  it('stopped between a request for a login and its answer, goes on with it in a new worker', () => {
    const before = setUp();
    before.recorder.request(requestEvent({ url: AUTHORIZE }));
    const { log, recorder, exchanges, all } = setUp();
    log.load(before.all());
    recorder.resume();
    recorder.response(responseEvent({ url: AUTHORIZE, status: 303, headers: responseHeaders }));
    expect(exchanges()).toEqual([expect.objectContaining({ status: 303, start: 1_000_000, ...evidence })]);
    const stored = all().find(({ type }) => type === 'exchange');
    expect(stored && parseRecord(recordKey(stored), structuredClone(stored))).toEqual(stored);
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

  it('hears of an exchange by its response alone, and of its start from the other witness', () => {
    const headers = [
      { name: 'Set-Cookie', value: `sid=${tokenFor('a')}` },
      { name: 'Date', value: 'Sat, 21 Nov 2026 00:00:00 GMT' },
    ];
    const { recorder, exchanges, log } = setUp();
    recorder.response(responseEvent({ headers }));
    const [alone] = exchanges();
    expect(alone).toMatchObject({ status: 200, start: 1_000_020, startUnknown: true });
    expect(alone?.date).toBeUndefined();
    recorder.witnessed(1, witnessedRequest({ responseHeaders: headers }));
    expect(exchanges()).toHaveLength(1);
    const [both] = exchanges();
    expect(both).toMatchObject({ status: 200, witness: 'both', start: 1_000_000, end: 1_000_020 });
    expect(both).toMatchObject({ date: 'Sat, 21 Nov 2026 00:00:00 GMT', startUnknown: undefined });
    expect(log.take().set['tab/1']).toMatchObject({ requests: 1 });
  });

  it('has the start from the other witness when that came first', () => {
    const { recorder, exchanges } = setUp();
    recorder.witnessed(1, witnessedRequest({ token: tokenFor('a') }));
    recorder.response(responseEvent({ status: 403 }));
    expect(exchanges()).toHaveLength(1);
    expect(exchanges()[0]).toMatchObject({ start: 1_000_000, status: 403, witness: 'both' });
    expect(exchanges()[0]?.startUnknown).toBeUndefined();
  });

  it.each([
    ['3000', undefined],
    ['3000, 5', undefined],
    ['0', 'Sat, 21 Nov 2026 00:00:00 GMT'],
    ['soon', 'Sat, 21 Nov 2026 00:00:00 GMT'],
  ])('keeps the Date of an answer of the age %s: %s', (age, kept) => {
    const { recorder, exchanges } = setUp();
    const headers = [
      { name: 'Date', value: 'Sat, 21 Nov 2026 00:00:00 GMT' },
      { name: 'Age', value: age },
    ];
    recorder.request(requestEvent({ token: tokenFor('a') }));
    recorder.response(responseEvent({ headers }));
    recorder.witnessed(
      1,
      witnessedRequest({ id: 'd-2', url: 'https://api.test/2', status: 401, responseHeaders: headers }),
    );
    expect(exchanges().map(({ date }) => date)).toEqual([kept, kept]);
  });

  it('counts requests with an opaque credential, not credentials', () => {
    const { recorder, exchanges, log } = setUp();
    const headers = [
      { name: 'Authorization', value: 'Basic eDp5' },
      { name: 'Proxy-Authorization', value: 'Basic eDp5' },
    ];
    recorder.request(requestEvent({ headers }));
    recorder.witnessed(1, witnessedRequest({ requestHeaders: headers, url: 'https://api.test/me' }));
    expect(exchanges()[0]?.opaque).toEqual(['authorization Basic', 'proxy-authorization Basic']);
    expect(log.take().set['tab/1']).toMatchObject({ requests: 1, opaque: 1 });
  });

  it('counts the tokens that were one too many for a message and for an exchange', () => {
    const { recorder, log } = setUp();
    const tokens = (count: number, of: string) => Array.from({ length: count }, (_, n) => tokenFor(`${of}${n}`)).join();
    const url = `https://api.test/me?t=${tokens(MAX_TOKENS + 7, 'q')}`;
    recorder.request(requestEvent({ url }));
    recorder.response(responseEvent({ url, headers: [{ name: 'x-more', value: tokens(5, 'r') }] }));
    const { set } = log.take();
    expect(set['tab/1']).toMatchObject({ dropped: 12 });
    expect(Object.keys(set)).toHaveLength(2 * MAX_TOKENS + 2);
  });

  it('sees the same token in the same parameter of a URL and of a Location as two', () => {
    const { recorder, all } = setUp();
    const url = `https://api.test/me?t=${tokenFor('a')}`;
    recorder.request(requestEvent({ url }));
    recorder.response(responseEvent({ url, status: 302, headers: [{ name: 'Location', value: url }] }));
    const sightings = all().flatMap((record) => (record.type === 'sighting' ? record.place : []));
    expect(sightings).toEqual([
      { kind: 'url_query', name: 't' },
      { kind: 'url_query', name: 't', from: 'location' },
    ]);
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

  it('pairs after a stop by what the request carried, whatever tokens the response brought', () => {
    const before = setUp();
    before.recorder.request(requestEvent({ headers: [{ name: 'Authorization', value: 'Basic eDp5' }] }));
    before.recorder.response(responseEvent({ headers: [{ name: 'Set-Cookie', value: `sid=${tokenFor('new')}` }] }));
    const { log, recorder, exchanges } = setUp();
    log.load(before.all());
    recorder.resume();
    recorder.witnessed(1, witnessedRequest({ token: tokenFor('a') }));
    expect(exchanges()).toEqual([expect.objectContaining({ witness: 'both' })]);
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
