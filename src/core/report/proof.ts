/**
 * The proof that a finished text holds none of the captured strings. It knows nothing of how the text was made.
 *
 * Secrets are cut into blocks of 16 characters. A rolling hash goes over the text once; where a filter says "perhaps",
 * the 16 characters are looked up. So the time is linear in the text, however many secrets there are.
 */
import { layersOf } from './unescape.ts';
import { toBase64url, viewsOf } from './views.ts';

/** 96 bits of base64url: no two captured strings share so much by chance, and no signature is shorter. */
export const BLOCK = 16;
/** Blocks taken of one segment, spread evenly with both ends: finds every whole segment, and long parts of one. */
const BLOCKS_PER_SEGMENT = 8;
/** Base64 of a string at byte offset 0, 1, 2 of its surroundings: characters at the start that those also decide. */
const ALIGNMENTS = [0, 2, 3];
/** Bits of the filter for each block (one in 16 positions of an innocent text then asks twice), and at least. */
const FILTER_BITS_PER_BLOCK = 16;
const FILTER_BITS_AT_LEAST = 2 ** 10;
const FACTOR = 31;
const FACTOR_LEAVING = Array.from({ length: BLOCK }).reduce((power: number) => Math.imul(power, FACTOR), 1);

/** Takes a text, returns the indices of the secrets of which something is in it, ascending. */
export type LeakScanner = (text: string) => readonly number[];

/**
 * Prepares a scan for `secrets` (compact tokens, or parts of them). Found are a secret's segments and larger parts, as
 * they are, in base64 instead of base64url, percent-encoded, escaped as in JSON, CSV, Markdown or HTML, base64-encoded at
 * any alignment up to three times, in hexadecimal, and with the lines of base64 broken. Segments shorter than 16 characters are not looked for alone: they would be found in innocent text.
 */
export function leakScanner(secrets: readonly string[]): LeakScanner {
  const owners = new Map<string, number>();
  secrets.forEach((secret, owner) => {
    for (const block of layersOf(secret).map(toBase64url).flatMap(blocksOf)) {
      if (owners.has(block)) continue;
      for (const form of [block, ...base64Of(block)]) if (!owners.has(form)) owners.set(form, owner);
    }
  });
  const filter = filterOf(owners);

  return (text) => {
    const found = new Set<number>();
    if (text.length < BLOCK || owners.size === 0) return [];
    for (const view of viewsOf(text)) scan(view, filter, owners, found);
    return [...found].sort((a, b) => a - b);
  };
}

function scan(text: string, filter: Uint8Array, owners: ReadonlyMap<string, number>, found: Set<number>): void {
  const mask = filter.length * 8 - 1;
  let hash = 0;
  for (let i = 0; i < text.length; i++) {
    hash = (Math.imul(hash, FACTOR) + text.charCodeAt(i)) | 0;
    if (i >= BLOCK) hash = (hash - Math.imul(text.charCodeAt(i - BLOCK), FACTOR_LEAVING)) | 0;
    if (i < BLOCK - 1) continue;
    const bit = hash & mask;
    if (((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) continue;
    const owner = owners.get(text.slice(i + 1 - BLOCK, i + 1));
    if (owner !== undefined) found.add(owner);
  }
}

/** One bit for each block's hash; a power of two of them, so that a mask picks the bit. */
function filterOf(owners: ReadonlyMap<string, number>): Uint8Array {
  const bits = 2 ** Math.ceil(Math.log2(Math.max(FILTER_BITS_AT_LEAST, owners.size * FILTER_BITS_PER_BLOCK)));
  const filter = new Uint8Array(bits / 8);
  for (const block of owners.keys()) {
    const bit = hashOf(block) & (bits - 1);
    filter[bit >> 3] = (filter[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
  return filter;
}

function hashOf(block: string): number {
  let hash = 0;
  for (let i = 0; i < block.length; i++) hash = (Math.imul(hash, FACTOR) + block.charCodeAt(i)) | 0;
  return hash;
}

/** Blocks of each segment (of an SD-JWT each disclosure is one); of the whole, when no segment is long enough to have one. */
function blocksOf(plain: string): readonly string[] {
  const segments = plain.split(/[.~]/).filter((segment) => segment.length >= BLOCK);
  if (segments.length === 0) return plain.length < BLOCK ? [] : [plain.slice(0, BLOCK), plain.slice(-BLOCK)];
  return segments.flatMap((segment) => {
    const last = segment.length - BLOCK;
    const count = Math.min(BLOCKS_PER_SEGMENT, Math.ceil(segment.length / BLOCK));
    return Array.from({ length: count }, (_, i) => {
      const at = count === 1 ? 0 : Math.round((last * i) / (count - 1));
      return segment.slice(at, at + BLOCK);
    });
  });
}

/** What base64 makes of a block, whatever stands before and after it. */
const base64Of = (block: string): readonly string[] =>
  ALIGNMENTS.map((skip, before) => {
    const bytes = new TextEncoder().encode(' '.repeat(before) + block);
    return bytes.toBase64({ alphabet: 'base64url' }).slice(skip, skip + BLOCK);
  });
