import type { SecretKey } from './key.ts';
import type { SecretReading } from './signature.ts';

type Octets = Uint8Array<ArrayBuffer>;

const utf8 = (text: string): Octets => new TextEncoder().encode(text);

/** The text, what is left without the white space around it, and what is left without the quotes around that. */
const texts = (text: string): readonly string[] => {
  const bare = text.trim();
  return [text, bare, unquote(bare)];
};

/** Without one pair of quotes around it, as env files and JSON have them. */
export const unquote = (text: string): string => /^(["'`])([\s\S]*)\1$/.exec(text)?.[2] ?? text;

const decoders: readonly (readonly [SecretReading, (text: string) => Octets])[] = [
  ['base64', (text) => Uint8Array.fromBase64(text)],
  ['base64url', (text) => Uint8Array.fromBase64(text, { alphabet: 'base64url' })],
  ['hex', (text) => Uint8Array.fromHex(text)],
];

/**
 * Every reading of `text` as a shared secret, the most likely first; readings that give the same octets count once.
 * A text may well be valid base64 and mean its characters: only the signature can tell.
 */
export const readSecret = (text: string): readonly SecretKey[] => {
  const found = new Map<string, SecretKey>();
  const add = (reading: SecretReading, read: (text: string) => Octets, from: string): void => {
    try {
      const bytes = read(from);
      const same = bytes.toHex();
      if (bytes.length > 0 && !found.has(same)) found.set(same, { format: 'secret', kty: 'oct', bytes, reading });
    } catch {
      // not this encoding
    }
  };
  for (const form of texts(text)) add('text', utf8, form);
  for (const [reading, read] of decoders) add(reading, read, unquote(text.trim()));
  return [...found.values()];
};
