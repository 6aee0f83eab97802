/** Builders of compact tokens; the signatures are not real. */
const encode = (text: string): string => Buffer.from(text).toString('base64url');

export const jws = (claims: object = { sub: 'alice' }, header: object = { alg: 'HS256', typ: 'JWT' }): string =>
  `${encode(JSON.stringify(header))}.${encode(JSON.stringify(claims))}.${encode('0123456789abcdef0123456789abcdef')}`;

export const jwe = (length = 100): string =>
  `${encode('{"alg":"dir","enc":"A256GCM"}')}..${encode('iv-of-12-oct')}.${'Q'.repeat(length)}.${encode('tag-of-16-octets')}`;

export const withHeader = (header: string): string => `${encode(header)}.${encode('{"sub":"alice"}')}.c2ln`;

export const headerOf = (compact: string): unknown =>
  JSON.parse(Buffer.from(compact.split('.')[0] ?? '', 'base64url').toString());
