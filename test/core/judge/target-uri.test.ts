import { describe, expect, it } from 'vitest';
import { targetUri } from '../../../src/core/judge/target-uri.ts';

describe('targetUri', () => {
  it.each([
    // RFC 3986 section 6.2.2: case, escapes, dot segments.
    ['HTTPS://API.Test/a', 'https://api.test/a'],
    ['https://api.test/%7euser/%2e/a%2fb', 'https://api.test/~user/a%2Fb'],
    ['https://api.test/a/./b/../c', 'https://api.test/a/c'],
    ['https://api.test/%61%C3%A9', 'https://api.test/a%C3%A9'],
    ['https://api.test/é', 'https://api.test/%C3%A9'],
    // Section 6.2.3: by scheme.
    ['https://api.test', 'https://api.test/'],
    ['https://api.test:443/a', 'https://api.test/a'],
    ['http://api.test:/a', 'http://api.test/a'],
    ['https://api.test:8443/a', 'https://api.test:8443/a'],
    // RFC 9449 section 4.3: without query and fragment.
    ['https://api.test/a?b=1#c', 'https://api.test/a'],
    ['https://api.test/a#c?b', 'https://api.test/a'],
  ])('%s is %s', (given, normal) => {
    expect(targetUri(given)).toBe(normal);
  });

  it('tells apart what is not the same', () => {
    const uris = ['https://a.test/b', 'https://a.test/b/', 'https://a.test/B', 'http://a.test/b', 'https://a.test:1/b'];
    expect(new Set(uris.map(targetUri)).size).toBe(uris.length);
    expect(targetUri('https://a.test/a%2Fb')).not.toBe(targetUri('https://a.test/a/b'));
  });

  it.each(['', '/token', 'api.test/a', ' https://a.test/', 'https://a.test/\t', 'https:\\\\a.test\\', 'https://'])(
    'takes %j for no URI',
    (given) => {
      expect(targetUri(given)).toBeUndefined();
    },
  );
});
