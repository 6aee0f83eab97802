/** What the two witnesses of a request tell. Shapes only. */
import type { Header } from './headers.ts';
import type { FoundInBody } from './records.ts';

/** What each of the background's events says; times in ms since the epoch. */
export interface RequestEvent {
  readonly requestId: string;
  readonly tab: number;
  readonly frame: number;
  readonly method: string;
  readonly url: string;
  readonly resource: string;
  readonly initiator?: string;
  readonly at: number;
}
export interface RequestHeadersEvent extends RequestEvent {
  readonly headers: readonly Header[];
}
export interface ResponseHeadersEvent extends RequestHeadersEvent {
  readonly status: number;
}
export interface FailureEvent extends RequestEvent {
  readonly error: string;
}

/** A finished request as the DevTools page tells of it; `id` is unique, so that telling twice is telling once. */
export interface WitnessedRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly resource: string;
  /** ms since the epoch */
  readonly start: number;
  readonly end: number;
  /** 0 when there was no response */
  readonly status: number;
  readonly requestHeaders: readonly Header[];
  readonly responseHeaders: readonly Header[];
  readonly initiator?: string | undefined;
  /** What its bodies hold. The request was told before without them, since reading them takes its time. */
  readonly bodies?: readonly FoundInBody[] | undefined;
  /** ExchangeRecord.grant, told with the bodies. */
  readonly grant?: string | undefined;
}
