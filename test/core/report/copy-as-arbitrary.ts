/** Tokens and the requests that carried them, as a page chooses them. */
import fc from 'fast-check';
import type { Place, PlaceKind } from '../../../src/core/capture/records.ts';
import type { Carried, Copied } from '../../../src/core/report/copy-as-request.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { CLAIMS, encodeSegment, hmacToken, SECRET } from '../../fixtures/tokens.ts';

/** What shells, cmd, curl, HTTPie and JavaScript make something of. */
export const HOSTILE = ` '"\`$\\!^%&|<>();[]{}*?~#@=:,\t\n\r%PATH%$(id)\u2028</script>é\u202e`;

export const hostile = fc.oneof(
  fc.string({ unit: fc.constantFrom(...HOSTILE), maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('__proto__', '@/etc/passwd', '--data', "'; touch /tmp/x; '", '%=C:%', '%^', '\\"', "\\'"),
);

const names = fc.oneof(hostile, fc.stringMatching(/^[\w!#$%&'*+.^`|~-]{1,12}$/));

/** Addresses with the strange characters where the URL standard leaves them. */
export const addresses = (origin: string): fc.Arbitrary<string> =>
  fc.tuple(hostile, hostile, hostile).map(([path, query, fragment]) => `${origin}/${path}?q=${query}#${fragment}`);

const kinds = fc.constantFrom<PlaceKind>(
  ...(['request_header', 'cookie', 'url_query', 'url_path', 'request_body', 'url_fragment'] as const),
  ...(['set_cookie', 'response_body', 'local_storage', 'websocket_protocol', 'paste'] as const),
);

const places: fc.Arbitrary<Place> = fc.record(
  {
    kind: kinds,
    name: names,
    scheme: fc.oneof(fc.constantFrom('Bearer', 'DPoP'), names),
    path: fc.oneof(fc.constantFrom('access_token', 'a.b', 'a[0]', '["x y"]', 'a.__proto__'), hostile),
    chunks: fc.integer({ min: 2, max: 4 }),
    format: fc.constantFrom('json', 'form', 'multipart', 'text'),
  },
  { requiredKeys: ['kind', 'name'] },
);

const methods = fc.oneof(fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'get'), names);

/** A request to this origin, whose token stood anywhere. */
export const carrieds = (origin: string): fc.Arbitrary<Carried> =>
  fc.record({ method: methods, url: addresses(origin), place: places });

export const TOKEN = hmacToken(SECRET);

export const copiedOf = (carried?: Carried, compact = TOKEN): Copied => ({
  decoded: decode(compact),
  kind: 'access_token',
  carried,
});

/** Bound to a key (RFC 9449 section 6.1). */
export const BOUND = hmacToken(SECRET, { payload: { ...CLAIMS, cnf: { jkt: 'x' } } });

/** Each with a compact token, or with something that was pasted for one. */
export const anyCopied: fc.Arbitrary<Copied> = fc
  .tuple(
    fc.option(carrieds('https://api.test'), { nil: undefined }),
    fc.oneof(
      fc.constantFrom(TOKEN, BOUND, `${TOKEN}~`, `${encodeSegment({ alg: 'none' })}.e30.`),
      hostile,
      hostile.map((text) => TOKEN + text),
      fc.constant(JSON.stringify({ payload: 'e30', signatures: [{ protected: 'e30', signature: 'YQ' }] })),
    ),
  )
  .map(([carried, compact]) => copiedOf(carried, compact));
