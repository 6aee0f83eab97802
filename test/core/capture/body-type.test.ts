import { describe, expect, it } from 'vitest';
import { isText } from '../../../src/core/capture/body-type.ts';
import { processorTime } from '../../fixtures/processor-time.ts';

describe('isText', () => {
  it.each([
    'application/json; charset=utf-8',
    'Application/Problem+JSON',
    'application/vnd.api+json',
    'application/x-www-form-urlencoded',
    'application/javascript',
    'application/xml',
    'application/jwt',
    'application/graphql',
    'application/x-ndjson',
    'image/svg+xml',
    'multipart/form-data; boundary=x',
    'text/event-stream',
    'text/anything',
    'x-unknown/unknown',
    '',
  ])('"%s" may hold text', (type) => {
    expect(isText(type, 'https://a.test/x')).toBe(true);
  });

  it.each([
    'image/png',
    'font/woff2',
    'audio/ogg',
    'video/mp4',
    'application/wasm',
    'application/zip',
    'application/gzip',
    'application/pdf',
    'application/x-protobuf',
    'application/vnd.google.protobuf',
    'application/grpc-web+proto',
    'application/font-woff',
    'application/vnd.ms-fontobject',
    'application/octet-stream',
  ])('"%s" does not', (type) => {
    expect(isText(type, 'https://a.test/x')).toBe(false);
  });

  it.each([
    ['application/octet-stream', 'https://a.test/keys.json?x=1', true],
    ['', 'https://a.test/photo.JPG#x', false],
    ['', 'https://a.test/?a=.png', true],
  ])('where "%s" says nothing, %s does: %s', (type, url, expected) => {
    expect(isText(type, url)).toBe(expected);
  });

  it('takes a megabyte of type in its stride', () => {
    const took = processorTime(() => {
      for (const flood of ['application/vnd.', '+json', ';', 'image/'])
        isText(flood.repeat(100_000), flood.repeat(100_000));
    });
    expect(took).toBeLessThan(1_000);
  });
});
