import type { Subscribe } from '../background/edges.ts';
import type { FailureEvent, RequestEvent, RequestHeadersEvent, ResponseHeadersEvent } from '../core/capture/events.ts';
import type { Header } from '../core/capture/headers.ts';
import { NO_TAB, NO_TAB_PRIVATE } from '../core/capture/records.ts';
import { isPrivate } from './privacy.ts';

type Details = chrome.webRequest.WebRequestDetails & {
  readonly initiator?: string;
  /** Firefox's own (bug 1344749 keeps `initiator` away) */
  readonly originUrl?: string;
  readonly incognito?: boolean;
};

const EVERYWHERE = { urls: ['<all_urls>'] };

const headersOf = (headers: readonly chrome.webRequest.HttpHeader[] = []): readonly Header[] =>
  headers.map(({ name, value = '' }) => ({ name, value }));

const eventOf = (details: Details): RequestEvent => {
  const initiator = details.initiator ?? (details.originUrl && URL.parse(details.originUrl)?.origin);
  const noTab = (details.incognito ?? isPrivate()) ? NO_TAB_PRIVATE : NO_TAB;
  return {
    requestId: details.requestId,
    tab: details.tabId < 0 ? noTab : details.tabId,
    frame: details.frameId,
    method: details.method,
    url: details.url,
    resource: details.type,
    at: details.timeStamp,
    ...(initiator && { initiator }),
  };
};

/** Request headers on their way out, `Cookie` and `Authorization` among them. Firefox throws on `extraHeaders` and has no name for it. */
export const onRequest: Subscribe<RequestHeadersEvent> = (listener) => {
  const event = chrome.webRequest.onBeforeSendHeaders;
  const { EXTRA_HEADERS, REQUEST_HEADERS } = chrome.webRequest.OnBeforeSendHeadersOptions ?? {};
  const heard = (details: chrome.webRequest.OnBeforeSendHeadersDetails): undefined => {
    listener({ ...eventOf(details), headers: headersOf(details.requestHeaders) });
  };
  event.addListener(
    heard,
    EVERYWHERE,
    [REQUEST_HEADERS ?? 'requestHeaders', EXTRA_HEADERS].filter((option) => option !== undefined),
  );
  return () => event.removeListener(heard);
};

/** Response headers as they came, `Set-Cookie` among them. */
export const onResponse: Subscribe<ResponseHeadersEvent> = (listener) => {
  const event = chrome.webRequest.onHeadersReceived;
  const { EXTRA_HEADERS, RESPONSE_HEADERS } = chrome.webRequest.OnHeadersReceivedOptions ?? {};
  const heard = (details: chrome.webRequest.OnHeadersReceivedDetails): undefined => {
    listener({ ...eventOf(details), status: details.statusCode, headers: headersOf(details.responseHeaders) });
  };
  event.addListener(
    heard,
    EVERYWHERE,
    [RESPONSE_HEADERS ?? 'responseHeaders', EXTRA_HEADERS].filter((option) => option !== undefined),
  );
  return () => event.removeListener(heard);
};

/** Requests that came to nothing. Firefox throws on an undefined third argument. */
export const onFailure: Subscribe<FailureEvent> = (listener) => {
  const event = chrome.webRequest.onErrorOccurred;
  const heard = (details: chrome.webRequest.OnErrorOccurredDetails): void => {
    listener({ ...eventOf(details), error: details.error });
  };
  event.addListener(heard, EVERYWHERE);
  return () => event.removeListener(heard);
};
