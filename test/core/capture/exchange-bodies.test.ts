/** What DevTools tells of bodies later, in the exchange of the request that they are of. */
import { describe, expect, it } from 'vitest';
import type { WitnessedRequest } from '../../../src/core/capture/events.ts';
import { createRecorder } from '../../../src/core/capture/exchange.ts';
import { createLog } from '../../../src/core/capture/log.ts';
import { createReconciler } from '../../../src/core/capture/reconcile.ts';
import { type CaptureRecord, NO_TAB } from '../../../src/core/capture/records.ts';
import { requestEvent, responseEvent, tokenFor, witnessedRequest } from '../../fixtures/requests.ts';

const setUp = (stored: readonly CaptureRecord[] = []) => {
  const log = createLog();
  log.load(stored);
  const recorder = createRecorder(log, createReconciler());
  recorder.resume();
  const exchanges = () => [...log.exchanges()];
  const all = () => Object.values(log.take().set);
  return { log, recorder, exchanges, all };
};
type Made = ReturnType<typeof setUp>;

const place = { kind: 'response_body', name: '', path: 'access_token', format: 'json' } as const;
const held = (request: WitnessedRequest): WitnessedRequest => ({
  ...request,
  bodies: [{ compact: tokenFor('held'), place }],
  grant: 'refresh_token',
});
const placesIn = (records: readonly CaptureRecord[]) =>
  records.flatMap((record) => (record.type === 'sighting' ? [[record.exchange, record.place]] : []));

const silent = witnessedRequest({ status: 200 });
const carrying = witnessedRequest({ token: tokenFor('a') });

describe('bodies', () => {
  const background =
    (token?: string, tab = 1) =>
    ({ recorder }: Made) => {
      recorder.request(requestEvent({ tab, ...(token && { token }) }));
      recorder.response(responseEvent({ tab }));
    };
  const tell =
    (request: WitnessedRequest) =>
    ({ recorder }: Made) =>
      recorder.witnessed(1, request);

  it.each<[string, readonly ((made: Made) => void)[], object]>([
    ['both saw, with a token', [background(tokenFor('a')), tell(carrying), tell(held(carrying))], { witness: 'both' }],
    ['DevTools saw first', [tell(carrying), tell(held(carrying)), background(tokenFor('a'))], { witness: 'both' }],
    ['DevTools alone saw', [tell(carrying), tell(held(carrying))], { witness: 'devtools' }],
    ['both saw, with nothing to store', [background(), tell(silent), tell(held(silent))], { witness: 'both' }],
    ['DevTools alone saw, with nothing to store', [tell(silent), tell(held(silent))], { witness: 'devtools' }],
    ['is told of with its bodies alone', [background(), tell(held(silent))], { witness: 'both' }],
    ['is told of twice', [tell(silent), tell(held(silent)), tell(held(silent))], { witness: 'devtools' }],
  ])('are sightings in the one exchange of a request that %s', (_, events, expected) => {
    const made = setUp();
    for (const event of events) event(made);
    expect(made.exchanges()).toEqual([
      expect.objectContaining({ status: 200, told: 'd-1', grant: 'refresh_token', ...expected }),
    ]);
    const records = made.all();
    expect(placesIn(records)).toContainEqual([made.exchanges()[0]?.id, place]);
    expect(records.find(({ type }) => type === 'tab')).toMatchObject({ requests: 1 });
  });

  it('make the record of a request that only the background could tell all of', () => {
    const made = setUp();
    for (const event of [background(), tell(silent), tell(held(silent))]) event(made);
    expect(made.exchanges()).toEqual([
      expect.objectContaining({ resource: 'xmlhttprequest', initiator: 'https://app.test', end: 1_000_030 }),
    ]);
  });

  it("belong to a service worker's request where the background has it", () => {
    for (const token of [undefined, tokenFor('a')]) {
      const made = setUp();
      const request = token ? carrying : silent;
      for (const event of [background(token, NO_TAB), tell(request), tell(held(request))]) event(made);
      expect(made.exchanges()).toEqual([
        expect.objectContaining({ tab: NO_TAB, initiator: 'https://app.test', witness: 'both' }),
      ]);
      expect(made.all().filter(({ type, tab }) => type === 'sighting' && tab !== NO_TAB)).toEqual([]);
    }
  });

  it('are told to a worker that was started anew, of what was stored and of what was not', () => {
    for (const request of [carrying, silent]) {
      const before = setUp();
      for (const event of [background(request === carrying ? tokenFor('a') : undefined), tell(request)]) event(before);
      const made = setUp(before.all());
      tell(held(request))(made);
      expect(made.exchanges()).toHaveLength(1);
      expect(placesIn(made.all())).toEqual([[made.exchanges()[0]?.id, place]]);
    }
  });

  it('have the initiator that Chromium’s DevTools tells of, where nobody else knows', () => {
    const made = setUp();
    tell({ ...carrying, initiator: 'https://app.test' })(made);
    expect(made.exchanges()).toEqual([expect.objectContaining({ initiator: 'https://app.test' })]);
  });

  it('do not make the tokens of an answer sent ones', () => {
    const made = setUp();
    const sent = {
      compact: tokenFor('sent'),
      place: { kind: 'request_body', name: 'assertion', format: 'form' },
    } as const;
    tell({ ...silent, bodies: [sent, { compact: tokenFor('held'), place }] })(made);
    const [exchange] = made.exchanges();
    expect(made.log.sentIn(`exchange/1/${exchange?.id}`)).toHaveLength(1);
  });
});
