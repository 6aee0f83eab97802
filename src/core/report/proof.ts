/**
 * The proof that a finished text holds none of the captured strings. It knows nothing of how the text was made.
 *
 * Secrets are cut into blocks of 16 characters. A rolling hash goes over the text once; where a filter says "perhaps",
 * the 16 characters are looked up. So the time is linear in the text, however many secrets there are.
 */

/** 96 bits of base64url: no two captured strings share so much by chance, and no signature is shorter. */
export const BLOCK = 16;
/** Blocks taken of one segment, spread evenly with both ends: finds every whole segment, and long parts of one. */
const BLOCKS_PER_SEGMENT = 8;
/** Base64 of a string at byte offset 0, 1, 2 of its surroundings: characters at the start that those also decide. */
const ALIGNMENTS = [0, 2, 3];
/** How often text may be escaped in itself: a URL in a parameter of a URL, in a JSON string. */
const LAYERS = 4;
/** Bits of the filter for each block (one in 16 positions of an innocent text then asks twice), and at least. */
const FILTER_BITS_PER_BLOCK = 16;
const FILTER_BITS_AT_LEAST = 2 ** 10;
const FACTOR = 31;
const FACTOR_LEAVING = Array.from({ length: BLOCK }).reduce((power: number) => Math.imul(power, FACTOR), 1);

/** Takes a text, returns the indices of the secrets of which something is in it, ascending. */
export type LeakScanner = (text: string) => readonly number[];

/**
 * Prepares a scan for `secrets` (compact tokens, or parts of them). Found are a secret's segments and larger parts, as
 * they are, in base64 instead of base64url, percent-encoded, escaped as in JSON, CSV, Markdown or HTML, or base64-encoded
 * at any alignment. Segments shorter than 16 characters are not looked for alone: they would be found in innocent text.
 */
export function leakScanner(secrets: readonly string[]): LeakScanner {
  const owners = new Map<string, number>();
  secrets.forEach((secret, owner) => {
    for (const block of views(secret).flatMap(blocksOf)) {
      if (owners.has(block)) continue;
      for (const form of [block, ...base64Of(block)]) if (!owners.has(form)) owners.set(form, owner);
    }
  });
  const filter = filterOf(owners);

  return (text) => {
    const found = new Set<number>();
    if (text.length < BLOCK || owners.size === 0) return [];
    for (const view of views(text)) scan(view, filter, owners, found);
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

/** base64 and base64url become one alphabet, in secrets and in the text alike. */
const toBase64url = (text: string): string => text.replace(/[+/]/g, (char) => (char === '+' ? '-' : '_'));

/** The text itself, and what is under its escapes, layer by layer. */
function views(text: string): readonly string[] {
  const all = [toBase64url(text)];
  let inner = text;
  for (let layer = 0; layer < LAYERS; layer++) {
    const next = unescapeOnce(inner);
    if (next === inner) break;
    inner = next;
    all.push(toBase64url(inner));
  }
  return all;
}

/**
 * `%2E`; `\u002e`, and a backslash before any ASCII punctuation (JSON, Markdown); `""` (CSV); `&#46;` and those names of
 * HTML's that stand for what some token is made of. Other escapes stand for nothing that is looked for.
 */
const ESCAPE =
  /%([0-9a-f]{2})|\\u([0-9a-f]{4})|\\([!-/:-@[-`{-~])|(")"|&#(\d{1,7});|&#x([0-9a-f]{1,6});|&(amp|lt|gt|quot|apos);/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Takes one layer of escapes off. Linear; never throws. */
export const unescapeOnce = (text: string): string => (/[%\\&]|""/.test(text) ? text.replace(ESCAPE, unescaped) : text);

const unescaped = (whole: string, ...groups: readonly (string | undefined)[]): string => {
  const [percent, unit, char, quote, decimal, hex, name] = groups;
  if (char !== undefined || quote !== undefined) return char ?? quote ?? '';
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
  if (percent !== undefined || unit !== undefined) {
    return String.fromCharCode(Number.parseInt(percent ?? unit ?? '', 16));
  }
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
};
