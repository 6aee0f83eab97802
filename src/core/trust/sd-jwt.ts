import type { Decoded } from '../token/decoded.ts';
import { type HashName, hashOf } from '../token/hash.ts';
import { readJsonTree } from '../token/json-tree.ts';
import { layOut } from '../token/lay-out.ts';
import { isObject } from '../token/reading.ts';
import { shown } from '../token/shown.ts';
import { readDisclosure } from './sd-disclosure.ts';
import { readKeyBinding } from './sd-key-binding.ts';
import { type Placing, placeDisclosures } from './sd-place.ts';
import type { SdReading } from './sd-reading.ts';

/** RFC 9901 section 4.1.1: names of the IANA registry, of which WebCrypto has these. */
const HASHES: ReadonlyMap<unknown, HashName> = new Map([
  ['sha-256', 'SHA-256'],
  ['sha-384', 'SHA-384'],
  ['sha-512', 'SHA-512'],
]);
const DEFAULT_HASH = 'sha-256';
/** More claims than a person lays out stay on one line. */
const MAX_LINES = 20_000;
const NO_CLAIMS = { kind: 'object', offset: 0, length: 2, members: [] } as const;

/** Compact, up to the last tilde; what JSON says apart is put together the same way (RFC 9901 sections 4.3.1 and 8.1). */
const hashedText = ({ compact, segments, serialization, disclosures = [] }: Decoded): string =>
  serialization ? `${[segments.join('.'), ...disclosures].join('~')}~` : compact.slice(0, compact.lastIndexOf('~') + 1);

const readable = (text: string): string => {
  const lines = layOut(text, MAX_LINES);
  return lines.length < MAX_LINES ? lines.join('\n') : text;
};

/**
 * Reads an SD-JWT (RFC 9901 section 7): matches each disclosure to its digest, puts the claims in place, counts the digests
 * without a disclosure, and checks the key-binding JWT. The issuer's signature is not looked at here.
 *
 * Takes a Decoded with `disclosures`; of any other it says that nothing was disclosed. Without a hash that can be computed
 * every disclosure is `unreferenced`, its digest ''. Never rejects; linear in the token.
 */
export const readSd = async (decoded: Decoded): Promise<SdReading> => {
  const { _sd_alg: named = DEFAULT_HASH } = decoded.payload ?? {};
  const algorithm = HASHES.get(named);
  const digest = algorithm && ((text: string) => hashOf(algorithm, text));
  const texts = decoded.disclosures ?? [];
  const digests = digest ? await Promise.all(texts.map(digest)) : texts.map(() => '');

  const byDigest = new Map<string, Placing>();
  const placings = texts.map((text, index): Placing => {
    const content = readDisclosure(text);
    const own = digests[index] ?? '';
    const isAgain = byDigest.has(own);
    const placing: Placing = { content, state: content ? (isAgain ? 'digest_twice' : 'unreferenced') : 'malformed' };
    if (own !== '' && !isAgain) byDigest.set(own, placing);
    return placing;
  });

  const { root = NO_CLAIMS } = readJsonTree(decoded.payload ? (decoded.payloadText ?? '') : '');
  const { text, hidden, twice } = placeDisclosures(root, byDigest);
  const value: unknown = JSON.parse(text);
  const claims = isObject(value) ? value : {};
  const sdHash = digest && decoded.keyBinding ? await digest(hashedText(decoded)) : undefined;
  const binding = decoded.keyBinding && (await readKeyBinding(decoded.keyBinding, claims, sdHash));
  return {
    hash: shown(named),
    ...(digest ? {} : { hashUnsupported: true }),
    disclosures: placings.map(({ content, state, path }, index) => ({
      text: texts[index] ?? '',
      digest: digests[index] ?? '',
      state,
      ...(content && { salt: content.salt, valueText: content.valueText }),
      ...(content?.name !== undefined && { name: content.name }),
      ...(path !== undefined && { path }),
    })),
    hidden: Array.from(hidden, ([path, count]) => ({ path, count })),
    ...(twice.length > 0 && { digestsTwice: twice }),
    claims,
    claimsText: readable(text),
    ...(binding && { keyBinding: binding }),
    ...(claims.cnf !== undefined && !decoded.keyBinding && { keyBindingMissing: true }),
  };
};
