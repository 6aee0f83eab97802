/** As much of DER (X.690) as it takes to write a key down, as SPKI or PKCS#8. */
import { TAG } from './der.ts';

type Octets = Uint8Array<ArrayBuffer>;

/** Octets one after the other. */
export const joined = (...parts: readonly Octets[]): Octets => {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

/** From this length on, DER says first how many octets the length takes (X.690 section 8.1.3.5). */
const LONG = 0x80;

const lengthOf = (length: number): readonly number[] => {
  if (length < LONG) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) octets.unshift(rest & 0xff);
  return [LONG | octets.length, ...octets];
};

/** One element: tag, length, content. */
export const element = (tag: number, ...contents: readonly Octets[]): Octets => {
  const content = joined(...contents);
  return joined(Uint8Array.of(tag, ...lengthOf(content.length)), content);
};

/** A SEQUENCE of what is written already. */
export const sequence = (...contents: readonly Octets[]): Octets => element(TAG.sequence, ...contents);

/** A positive INTEGER from its octets, big-endian; a zero goes before a first bit that would make it negative. */
export const integer = (number: Octets): Octets => {
  const start = number.findIndex((byte) => byte !== 0);
  const bare = start < 0 ? Uint8Array.of(0) : number.subarray(start);
  return (bare[0] ?? 0) & 0x80 ? element(TAG.integer, Uint8Array.of(0), bare) : element(TAG.integer, bare);
};

/** A BIT STRING of whole octets. */
export const bitString = (octets: Octets): Octets => element(TAG.bits, Uint8Array.of(0), octets);

const arc = (value: number): readonly number[] => {
  const octets = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    octets.unshift(0x80 | (rest & 0x7f));
  return octets;
};

/** An OBJECT IDENTIFIER from its dotted form. */
export const objectId = (dotted: string): Octets => {
  const [root = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(TAG.oid, Uint8Array.from([root * 40 + second, ...rest].flatMap(arc)));
};
