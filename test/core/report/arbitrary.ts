import { createHash } from 'node:crypto';
import fc from 'fast-check';

const base64url = (text: string) => Buffer.from(text, 'utf8').toString('base64url');

/** 43 characters, as HS256 makes them, different for each seed. */
export const signatures = (seed: number): string => createHash('sha256').update(String(seed)).digest('base64url');

const headers = fc.record(
  { alg: fc.constantFrom('HS256', 'RS256', 'none'), kid: fc.string({ maxLength: 12 }), typ: fc.constant('JWT') },
  { requiredKeys: ['alg'] },
);
const payloads = fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 });
const octets = fc.uint8Array({ minLength: 32, maxLength: 96 }).map((bytes) => {
  // fast-check likes runs of zeros; a signature is never that
  const noise = createHash('sha512').update(bytes).digest();
  return Buffer.concat([noise, bytes]).toString('base64url');
});

const jws = fc
  .tuple(headers, payloads, octets)
  .map(([header, payload, end]) => `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(payload))}.${end}`);
const jwe = fc
  .tuple(octets, octets, octets, octets)
  .map((parts) => [base64url('{"alg":"RSA-OAEP","enc":"A128GCM"}'), ...parts].join('.'));
const malformed = fc
  .tuple(jws, fc.constantFrom('.', '=', '%', '"', '..x'))
  .chain(([token, junk]) => fc.nat(token.length).map((at) => `${token.slice(0, at)}${junk}${token.slice(at)}`));

/** A compact token: JWS, JWE, or one with something wrong in it. */
export const compacts: fc.Arbitrary<string> = fc.oneof({ weight: 4, arbitrary: jws }, jwe, malformed);

const everyByte = (text: string) =>
  [...Buffer.from(text, 'utf8')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

/** Ways in which a string may stand in another. */
export const encodings: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  everyByte,
  (text) => encodeURIComponent(encodeURIComponent(everyByte(text))),
  (text) => JSON.stringify({ a: text }),
  (text) => JSON.stringify(JSON.stringify([text])),
  (text) => text.replaceAll('.', '\\u002e'),
  (text) => Buffer.from(text).toString('base64'),
  (text) => Buffer.from(`a${text}`).toString('base64'),
  (text) => Buffer.from(`ab${text}`).toString('base64url'),
  (text) => encodeURIComponent(Buffer.from(JSON.stringify({ token: text })).toString('base64')),
  (text) => text.replace(/[!-/:-@[-`{-~]/g, '\\$&'),
  (text) => `"${text.replaceAll('"', '""')}"`,
  (text) => text.replace(/[^\w]/g, (mark) => `&#${mark.charCodeAt(0)};`),
  (text) => [...Buffer.from(text)].map((octet) => `&#x${octet.toString(16)};`).join(''),
];
