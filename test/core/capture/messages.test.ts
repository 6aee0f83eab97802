import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_WITNESSED, parseMessage } from '../../../src/core/capture/messages.ts';
import { witnessedRequest } from '../../fixtures/requests.ts';

describe('parseMessage', () => {
  it('takes what the DevTools page sends', () => {
    const message = { type: 'witnessed', tab: 1, requests: [witnessedRequest({ token: 'x' })] };
    expect(parseMessage(message)).toEqual(message);
  });

  it('takes what bodies held, and how many were not looked at', () => {
    const bodies = [
      { compact: 'x', place: { kind: 'response_body', name: '', path: 'a.b', format: 'json', cut: true } },
    ];
    const request = { ...witnessedRequest(), initiator: 'https://app.test', bodies, grant: 'refresh_token' };
    const message = { type: 'witnessed', tab: 1, requests: [request], skipped: 3, binary: 1 };
    expect(parseMessage(message)).toEqual(message);
    const wrong = { ...request, bodies: [{ compact: 'x', place: { kind: 'local_storage', name: 'a' } }] };
    expect(parseMessage({ ...message, requests: [wrong] })).toBeUndefined();
  });

  it('takes the question for the cookies of an address', () => {
    const message = { type: 'cookies', tab: 1, url: 'https://app.test/' };
    expect(parseMessage(message)).toEqual(message);
    expect(parseMessage({ ...message, tab: undefined })).toBeUndefined();
  });

  it.each([
    ['another type', { type: 'other' }],
    ['a type that every object has', { type: 'constructor' }],
    ['a tab of none', { type: 'witnessed', tab: -1, requests: [] }],
    [
      'an id that could be a key of something else',
      { type: 'witnessed', tab: 1, requests: [witnessedRequest({ id: '1.2.3' })] },
    ],
    ['a status that is none', { type: 'witnessed', tab: 1, requests: [witnessedRequest({ status: -1 })] }],
    ['a time that is none', { type: 'witnessed', tab: 1, requests: [witnessedRequest({ start: Number.NaN })] }],
    [
      'a time without end',
      { type: 'witnessed', tab: 1, requests: [witnessedRequest({ end: Number.POSITIVE_INFINITY })] },
    ],
    ['too many', { type: 'witnessed', tab: 1, requests: Array(MAX_WITNESSED + 1).fill(witnessedRequest()) }],
  ])('refuses %s', (_, message) => {
    expect(parseMessage(message)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (message) => parseMessage(message) === undefined));
  });
});
