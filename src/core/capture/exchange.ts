/**
 * From a request's events to its record. One request is, for each hop (redirect, answer to an authentication
 * challenge), one exchange:
 *
 *   request ──▶ open ──▶ response ──▶ told          the background's events, by requestId
 *                  └───▶ failure  ──▶ told
 *   witnessed ────────────────────▶ told            the DevTools page's, reconciled with the above
 *      └── with bodies ───────────▶ told again      what they held, once they were read
 *
 * Only what bears a credential, asks for a login or was refused is stored; the rest is counted.
 */
import { answer } from './answer.ts';
import type {
  FailureEvent,
  RequestEvent,
  RequestHeadersEvent,
  ResponseHeadersEvent,
  WitnessedRequest,
} from './events.ts';
import type { Log } from './log-shape.ts';
import type { Claim, Reconciler } from './reconcile.ts';
import type { ExchangeRecord } from './records.ts';
import { RECORD_VERSION } from './records.ts';
import type { Captured, Carried } from './request.ts';
import { captureRequest } from './request.ts';
import { captureResponse } from './response.ts';
import { createTokenIds, digest } from './token-id.ts';
import { isWorthStoring } from './worth-storing.ts';

/** Hops remembered for the requests that may still get an answer; only a hostile page has more on their way. */
export const MAX_IN_FLIGHT = 5_000;

interface Hop {
  readonly id: string;
  /** Where its record is: the request's own tab, or for a service worker's the one that DevTools counted it to. */
  readonly tab: number;
  readonly number: number;
  readonly start: number;
  readonly startUnknown?: true;
}
const NOTHING: Captured = { found: [], opaque: [], dropped: 0 };

type Subject = Pick<RequestEvent, 'frame' | 'method' | 'url' | 'resource' | 'initiator'> & Omit<Hop, 'number'>;
/** A request that DevTools told of. */
type Told = Subject & Pick<ExchangeRecord, 'witness'>;

export interface Recorder {
  request(event: RequestHeadersEvent): void;
  response(event: ResponseHeadersEvent): void;
  failure(event: FailureEvent): void;
  witnessed(tab: number, request: WitnessedRequest): void;
  /**
   * Whether DevTools told of this request since the tab was forgotten, or the background's word of it waits for DevTools',
   * of a request that left before `since` (ms since the epoch) and was heard of later.
   */
  expects(tab: number, request: WitnessedRequest, since: number): boolean;
  /** Whether a request was seen leaving: what begins before a pause is told to its end, and a further hop is no new request. */
  knows(requestId: string): boolean;
  /** After `log.load`: goes on where the worker before this one was stopped. */
  resume(): void;
  forgetTab(tab: number): void;
}

/** Turns events into records of the log. Takes them in the order they come; any of them may be missing. */
export const createRecorder = (log: Log, reconciler: Reconciler): Recorder => {
  const hops = new Map<string, Hop>();
  const told = new Map<string, Told>();
  const tokenId = createTokenIds();

  const hopOf = (event: RequestEvent, number: number): Hop => ({
    // A requestId serves all hops of a request, and a woken worker has forgotten how many there were.
    id: `${event.requestId}.${Math.floor(event.at)}.${number}`,
    tab: event.tab,
    number,
    start: event.at,
  });

  const remember = (requestId: string, hop: Hop): void => {
    hops.delete(requestId);
    hops.set(requestId, hop);
    const [oldest] = hops.keys();
    if (oldest !== undefined && hops.size > MAX_IN_FLIGHT) hops.delete(oldest);
  };

  const rememberTold = (id: string, subject: Told): void => {
    const [oldest] = told.set(id, subject).keys();
    if (oldest !== undefined && told.size > MAX_IN_FLIGHT) told.delete(oldest);
  };

  /** Adds to the exchange's record what was learned, and makes the record once there is reason to. */
  const tell = (
    subject: Subject,
    witness: ExchangeRecord['witness'],
    at: number,
    credentials: Captured,
    learned: Partial<ExchangeRecord> = {},
  ): void => {
    const { tab } = subject;
    const before = log.exchange(`exchange/${tab}/${subject.id}`);
    if (!before && !isWorthStoring(credentials, subject.url, learned.status)) return;
    const opaque = [...new Set([...(before?.opaque ?? []), ...credentials.opaque])];
    log.put({
      ...(before ?? { v: RECORD_VERSION, type: 'exchange', ...subject, witness }),
      ...learned,
      witness: before && before.witness !== witness ? 'both' : witness,
      ...(opaque.length > 0 && { opaque }),
    });
    const isNew = opaque.length > 0 && before?.opaque === undefined;
    log.count(tab, { opaque: isNew ? 1 : 0, dropped: credentials.dropped });
    for (const { compact, place } of credentials.found) {
      const token = tokenId(compact);
      const where = digest([place.kind, place.name, place.path, place.from, token].join('\n')).slice(0, 11);
      log.see(
        { v: RECORD_VERSION, type: 'token', id: token, tab, compact, firstSeen: at },
        {
          v: RECORD_VERSION,
          type: 'sighting',
          id: `${subject.id}.${where}`,
          tab,
          token,
          exchange: subject.id,
          place,
          at,
        },
      );
    }
  };

  const idsOf = ({ found }: Carried): readonly string[] => found.map(({ compact }) => tokenId(compact));

  /** Pairs with the other witness's claim, or else counts: nobody told the tab of the request before. */
  const claim = (mine: Claim): Claim | undefined => {
    const twin = reconciler.match(mine);
    if (twin?.tab !== mine.tab) log.count(mine.tab, { requests: 1 });
    return twin;
  };

  /** A new hop, under the id that the other witness gave it if that one came first. Without tokens: by its response. */
  const begin = (event: RequestEvent, tokens?: readonly string[]): Hop => {
    const hop = hopOf(event, (hops.get(event.requestId)?.number ?? 0) + 1);
    const { tab, method, url, at, frame, resource, initiator } = event;
    const about = { frame, resource, ...(initiator && { initiator }) };
    const mine = { tab, method, url, start: at, id: hop.id, tokens: tokens ?? [], about };
    const twin = claim({ witness: 'background', ...mine });
    const begun: Hop = {
      ...hop,
      ...(twin && { id: twin.id, tab: twin.tab }),
      ...(!tokens && (twin ? { start: twin.start } : { startUnknown: true })),
    };
    remember(event.requestId, begun);
    return begun;
  };

  const subjectOf = (event: RequestEvent, { id, tab, start, startUnknown }: Hop): Subject => {
    const { frame, method, url, resource, initiator } = event;
    const known = { id, tab, frame, method, url, resource, start };
    return { ...known, ...(startUnknown && { startUnknown }), ...(initiator && { initiator }) };
  };

  const sentBy = ({ url, requestHeaders }: WitnessedRequest): Captured =>
    captureRequest({ url, headers: requestHeaders });

  const claimOf = (tab: number, { id, method, url, start, end }: WitnessedRequest, sent: Captured): Claim => {
    const tokens = idsOf(sent);
    return { witness: 'devtools', tab, method, url, start, end, id, tokens };
  };

  /** A request that DevTools tells of for the first time: whose exchange it is, and what its headers carry. */
  const meet = (tab: number, request: WitnessedRequest): { readonly subject: Told; readonly credentials: Captured } => {
    const { id, method, url, resource, start, initiator, responseHeaders } = request;
    const sent = sentBy(request);
    const got = captureResponse({ url, headers: responseHeaders });
    const twin = claim(claimOf(tab, request, sent));
    const subject: Told = {
      ...{ id: twin?.id ?? id, tab: twin?.tab ?? tab, method, url, start: twin?.start ?? start },
      ...(twin?.about ?? { frame: 0, resource, ...(initiator && { initiator }) }),
      witness: twin ? 'both' : 'devtools',
    };
    rememberTold(id, subject);
    const found = [...sent.found, ...got.found];
    const opaque = [...sent.opaque, ...got.opaque];
    return { subject, credentials: { found, opaque, dropped: sent.dropped + got.dropped } };
  };

  return {
    request(event) {
      const credentials = captureRequest(event);
      const hop = begin(event, idsOf(credentials));
      tell(subjectOf(event, hop), 'background', event.at, credentials);
    },

    response(event) {
      const { status, at, headers } = event;
      const credentials = captureResponse(event);
      const known = hops.get(event.requestId);
      // A worker stopped before it saw the request leave hears of the exchange by its response. One that says nothing
      // is better left to the other witness, who saw the request: it could be any of those to its URL.
      if (!known && !isWorthStoring(credentials, event.url, status)) return;
      const hop = known ?? begin(event);
      tell(subjectOf(event, hop), 'background', at, credentials, answer(status, at, headers, hop.startUnknown));
    },

    failure(event) {
      const hop = hops.get(event.requestId);
      const record = hop && log.exchange(`exchange/${hop.tab}/${hop.id}`);
      if (record && record.status === undefined) log.put({ ...record, end: event.at, error: event.error });
    },

    witnessed(tab, request) {
      const { id, start, end, status, responseHeaders, bodies, grant } = request;
      const before = told.get(id);
      if (before && !bodies) return;
      const { subject, credentials } = before ? { subject: before, credentials: NOTHING } : meet(tab, request);
      const record = log.exchange(`exchange/${subject.tab}/${subject.id}`);
      const answered = status > 0 && record?.status === undefined && answer(status, end, responseHeaders);
      const late = record?.startUnknown && answer(record.status ?? status, record.end ?? end, responseHeaders);
      // What the background knows by its response alone now has a start, and so its `Date` a meaning.
      const started = late && { ...late, start, startUnknown: undefined };
      const found = [...credentials.found, ...(bodies ?? [])];
      const learned = { ...answered, ...started, told: id, ...(grant && { grant }) };
      tell(subject, subject.witness, start, { ...credentials, found }, learned);
    },

    knows: (requestId) => hops.has(requestId),

    resume() {
      for (const record of log.exchanges()) {
        const { id, tab, method, url, start, startUnknown, end, witness } = record;
        const [requestId = '', , number] = id.split('.');
        if (record.told !== undefined) rememberTold(record.told, record);
        const hop = { id, tab, start, startUnknown, number: Number(number) || 1 };
        if (witness !== 'devtools') remember(requestId, hop);
        if (witness === 'both') continue;
        reconciler.match({
          ...{ witness, tab, method, url, start, id, tokens: log.sentIn(`exchange/${tab}/${id}`) },
          ...(end !== undefined && { end }),
        });
      }
    },

    expects: (tab, request, since) =>
      told.get(request.id)?.tab === tab || reconciler.awaits(claimOf(tab, request, sentBy(request)), since),

    forgetTab(tab) {
      reconciler.forgetTab(tab);
      for (const [id, subject] of told) if (subject.tab === tab) told.delete(id);
    },
  };
};
