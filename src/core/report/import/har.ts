/** From the entries of a HAR to the records that the capture would have made of the same traffic. */
import { answer } from '../../capture/answer.ts';
import { type Body, mayHoldTokens, tokensInBody } from '../../capture/bodies.ts';
import { isText } from '../../capture/body-type.ts';
import { isCut, withoutLost } from '../../capture/cut-body.ts';
import { grantOf } from '../../capture/grant.ts';
import { type Header, headerValue } from '../../capture/headers.ts';
import type { ExchangeRecord, Found } from '../../capture/records.ts';
import { captureRequest } from '../../capture/request.ts';
import { captureResponse } from '../../capture/response.ts';
import { createTokenIds } from '../../capture/token-id.ts';
import { isWorthStoring } from '../../capture/worth-storing.ts';
import type { Bounds } from './bounds.ts';
import { withoutEscapedLetters } from './escaped-letters.ts';
import { type HarBody, type HarEntry, initiatorOf, MAX_URL, readHarEntry } from './har-entry.ts';
import type { ImportEnd } from './imported.ts';
import type { Keeper } from './keeper.ts';
import { textMember } from './member.ts';
import { unpackBody } from './packed-body.ts';
import type { Problems } from './problems.ts';
import type { SeenKeys } from './seen-bodies.ts';

export interface HarReader {
  /** An item of `log.entries`; false where it is no entry. */
  entry(value: unknown, offset: number): boolean;
  /** The value of `log.creator`. */
  creator(value: unknown): void;
  /** Resolves once the entries are kept that have something to be unpacked, and those behind them. */
  settle(): Promise<void>;
  end(): Pick<ImportEnd, 'creator' | 'read' | 'sanitized' | 'withoutBodies'>;
}

/** By whose word it was that credentials may be missing: Chromium's DevTools, and no other. */
const SANITIZES = /^WebInspector\b/;
const CREDENTIALS: ReadonlySet<string> = new Set(['authorization', 'cookie', 'set-cookie']);
/** Octets; no token is shorter. */
const MIN_BODY = 24;
/** Characters of what a file says about itself. */
const MAX_CREATOR = 200;

/** What the capture looks into whatever it is like; in all others a token, or what it may be wrapped in, must show itself. */
const CARRIERS = /^(?:authorization|proxy-authorization|cookie|set-cookie|sec-websocket-protocol|location)$/i;
const WRAPPED = /[%\\]|base64-/;

const mayHold = ({ name, value }: Header): boolean =>
  CARRIERS.test(name) || mayHoldTokens(value) || WRAPPED.test(value);

/** An entry, which one of the file it is, and where it stands. */
interface Counted {
  readonly entry: HarEntry;
  readonly number: number;
  readonly offset: number;
}

interface InBodies {
  readonly found: readonly Found[];
  readonly dropped: number;
}

const inBody = (kind: Body['kind'], { text, mimeType, base64, cut: isPart }: HarBody, size = 0): InBodies => {
  const cut = isPart ?? (kind === 'response_body' && !base64 && isCut(text, size));
  return tokensInBody(withoutEscapedLetters(cut ? withoutLost(text) : text), { kind, mimeType, ...(cut && { cut }) });
};

const bodiesOf = ({ sent, got, messages, url, size }: HarEntry): InBodies => {
  const parts = [
    ...(sent && isText(sent.mimeType) ? [inBody('request_body', sent)] : []),
    ...(got && isText(got.mimeType, url) ? [inBody('response_body', got, size)] : []),
    ...messages.map(({ isSent, data }) =>
      inBody(isSent ? 'request_body' : 'response_body', { text: data, mimeType: '' }),
    ),
  ];
  return {
    found: parts.flatMap(({ found }) => found),
    dropped: parts.reduce((sum, { dropped }) => sum + dropped, 0),
  };
};

/** Why there is nothing of a response's body, where there was one. */
const unread = ({ status = 0, method, size, got, mimeType, url }: HarEntry): 'skipped' | 'binary' | undefined => {
  if (size < MIN_BODY || status < 200 || (status >= 300 && status < 400) || method === 'HEAD') return;
  if (!isText(mimeType, url)) return 'binary';
  return got ? undefined : 'skipped';
};

/**
 * @param at ms since the epoch: the time of an entry that has none, nor any before it
 */
export const createHarReader = (
  keeper: Keeper,
  keys: SeenKeys,
  tell: Problems['tell'],
  bounds: Bounds,
  at: number,
): HarReader => {
  const tokenId = createTokenIds();
  let creator = '';
  let read = 0;
  let hasCredentials = false;
  let [bodies, missing] = [0, 0];
  /** The last moment that was told. */
  let latest = at;
  /** Entries of which one has something to be unpacked, which takes its time; the others keep their order behind it. */
  let waiting: Counted[] = [];
  let leftToUnpack = bounds.unpacked;

  /** Of an entry without one: by its response, or else by the entries before. */
  const startOf = ({ start, responseHeaders }: HarEntry): Pick<ExchangeRecord, 'start' | 'startUnknown'> => {
    if (start !== undefined) return { start };
    const date = Date.parse(headerValue(responseHeaders, 'date') ?? '');
    return { start: Number.isNaN(date) ? latest : date, startUnknown: true };
  };

  const keep = ({ entry, number, offset }: Counted): void => {
    const { method, url, requestHeaders, responseHeaders, status, time, resource, error, sent } = entry;
    const request = captureRequest({ url, headers: requestHeaders.filter(mayHold) });
    const response = captureResponse({ url, headers: responseHeaders.filter(mayHold) });
    const inBodies = bodiesOf(entry);
    const found = [...request.found, ...response.found, ...inBodies.found];
    const opaque = [...new Set([...request.opaque, ...response.opaque])];
    const why = unread(entry);
    keeper.count({
      requests: 1,
      opaque: opaque.length > 0 ? 1 : 0,
      dropped: request.dropped + response.dropped + inBodies.dropped,
      ...(why && { [why]: 1 }),
    });
    if (!isWorthStoring({ found, opaque }, url, status)) return;
    const grant = sent && grantOf(sent.mimeType, sent.text);
    const initiator = initiatorOf(entry);
    const when = startOf(entry);
    latest = when.start;
    const id = `exchange-${number}`;
    const isKept = keeper.exchange(
      {
        ...{ id, frame: 0, method, url: url.slice(0, MAX_URL), resource, ...when, witness: 'devtools' },
        ...(initiator !== undefined && { initiator }),
        ...(status !== undefined &&
          answer(status, when.startUnknown ? when.start : when.start + time, responseHeaders, when.startUnknown)),
        ...(status === undefined && error !== undefined && { error }),
        ...(opaque.length > 0 && { opaque }),
        ...(grant !== undefined && { grant }),
      },
      offset,
    );
    if (!isKept) return;
    for (const { compact, place } of found) {
      const token = tokenId(compact);
      if (!keeper.token({ id: token, compact, firstSeen: when.start }, offset)) continue;
      keeper.sighting({ token, exchange: id, place, at: when.start }, offset);
    }
  };

  const take = (counted: Counted): void => {
    keep(counted);
    keys.look(counted.entry, counted.entry.start ?? latest);
  };

  const withoutPacking = async ({ packed, ...body }: HarBody, offset: number): Promise<HarBody> => {
    if (!packed) return body;
    const { text, length, missing } = await unpackBody(packed, Math.min(bounds.string, leftToUnpack));
    leftToUnpack -= length;
    if (missing) tell(missing, offset);
    return { ...body, text, ...(missing && { cut: true }) };
  };

  return {
    entry(value, offset) {
      const entry = readHarEntry(value);
      if (!entry) return false;
      read += 1;
      if (entry.stayed) return true;
      const headers = [...entry.requestHeaders, ...entry.responseHeaders];
      hasCredentials ||= headers.some(({ name }) => CREDENTIALS.has(name.toLowerCase()));
      bodies += entry.got ? 1 : 0;
      missing += unread(entry) === 'skipped' ? 1 : 0;
      const counted = { entry, number: read, offset };
      if (waiting.length > 0 || entry.sent?.packed || entry.got?.packed) waiting.push(counted);
      else take(counted);
      return true;
    },
    async settle() {
      for (const { entry, number, offset } of waiting) {
        const { sent, got } = entry;
        const bodies = {
          ...(sent && { sent: await withoutPacking(sent, offset) }),
          ...(got && { got: await withoutPacking(got, offset) }),
        };
        take({ entry: { ...entry, ...bodies }, number, offset });
      }
      waiting = [];
    },
    creator(value) {
      creator = `${textMember(value, 'name')} ${textMember(value, 'version')}`.trim().slice(0, MAX_CREATOR);
    },
    end: () => ({
      read,
      ...(creator !== '' && { creator }),
      ...(read > 0 && !hasCredentials && SANITIZES.test(creator) && { sanitized: true }),
      ...(missing > 0 && bodies === 0 && { withoutBodies: true }),
    }),
  };
};
