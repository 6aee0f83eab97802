import { describe, expect, test } from 'vitest';
import { mayBeKeys } from '../../../src/browser/dom/key-witness.ts';
import { type EntryOptions, harEntry } from '../../fixtures/har-entry.ts';

const BROWSERS = ['chromium', 'firefox'] as const;
const AUTHORIZED = [{ name: 'Authorization', value: 'Bearer x' }];

describe.each(BROWSERS)('in %s', (browser) => {
  test.each<[string, EntryOptions]>([
    ['JSON of any address', { url: 'https://login.test/oauth/discovery/v3?a=1' }],
    ['JSON of any kind', { url: 'https://login.test/a', mimeType: 'application/jwk-set+json' }],
    ['any kind of a likely address', { url: 'https://login.test/.well-known/jwks.json', mimeType: 'text/plain' }],
    ['a likely address, whatever was sent to it', { url: 'https://login.test/certs?x', headers: AUTHORIZED }],
    ['a document', { url: 'https://a.test/.well-known/openid-configuration', headers: AUTHORIZED }],
  ])('%s may be keys', (_, options) => {
    expect(mayBeKeys(harEntry(browser, options))).toBe(true);
  });

  test.each<[string, EntryOptions]>([
    ['another method', { method: 'POST' }],
    ['a refusal', { status: 404 }],
    ['an answer without a body', { status: 304 }],
    ['more than anybody’s keys', { size: 1_048_577 }],
    ['a script', { url: 'https://login.test/a.js', mimeType: 'text/javascript' }],
    ['JSON in a name only', { url: 'https://login.test/a', mimeType: 'text/x; json' }],
    ['what an API answers to a credential', { url: 'https://api.test/me', headers: AUTHORIZED }],
    ['what was no request', { url: 'data:application/json,{}' }],
    ['what a service worker may have made up', { viaServiceWorker: true }],
  ])('%s is not looked at', (_, options) => {
    expect(mayBeKeys(harEntry(browser, options))).toBe(false);
  });
});

test('what Firefox has from a cache could be a service worker’s: it tells of both alike', () => {
  expect(mayBeKeys(harEntry('firefox', { cached: true }))).toBe(false);
});
