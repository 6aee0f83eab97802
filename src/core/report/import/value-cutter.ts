/** Passes over one value of JSON in UTF-8, chunk by chunk, without reading it; keeps its octets if they are wanted. */
import type { Bounds } from './bounds.ts';
import { COMMA, closes, isSpace, opens, QUOTE } from './json-octets.ts';
import { createKeptOctets } from './kept-octets.ts';
import { stringEnd } from './string-end.ts';

/** What ends a number or a literal: white space, a comma, a closing bracket. */
const isScalarEnd = (octet: number): boolean => isSpace(octet) || octet === COMMA || closes(octet);

export interface ValueCutter {
  /** The value that begins at `at`. */
  begin(octets: Uint8Array<ArrayBuffer>, at: number, isWanted: boolean): void;
  /** Goes on from `at`; gives where the value ends, or undefined where it goes on behind these octets. */
  pass(octets: Uint8Array<ArrayBuffer>, at: number): number | undefined;
  /** The value that ended, without strings that are too long; undefined if it is too long all the same, or was not wanted. */
  take(): Uint8Array<ArrayBuffer> | undefined;
  /** Something of the value was too long. */
  isCut(): boolean;
}

/**
 * Brackets are counted and not compared: what stands between the right ones, JSON.parse says. Strings that are too long are
 * left out of what is kept, to the last octet, wherever chunks end. Linear; keeps no more than the bounds and one chunk.
 */
export const createValueCutter = (bounds: Pick<Bounds, 'string' | 'entry'>): ValueCutter => {
  const kept = createKeptOctets();
  let kind: 'container' | 'string' | 'scalar' = 'scalar';
  let isWanted = false;
  let isTooLong = false;
  let isCut = false;
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  /** Octets of the string so far, and those that were kept before it. */
  let stringLength = 0;
  let keptBefore = 0;
  /** Where those octets of this chunk begin that are to be kept. */
  let from = 0;

  const keep = (octets: Uint8Array<ArrayBuffer>, to: number): void => {
    if (isWanted && !isTooLong) kept.add(octets.subarray(from, to));
    from = to;
  };

  const check = (length: number): void => {
    if (!isWanted || isTooLong || length <= bounds.entry) return;
    isTooLong = true;
    isCut = true;
    kept.cutTo(0);
  };

  /** From inside a string; gives the offset behind it, or undefined. */
  const passString = (octets: Uint8Array<ArrayBuffer>, at: number): number | undefined => {
    const start = isEscaped ? at + 1 : at;
    const end = start > octets.length ? start : stringEnd(octets, start);
    inString = end >= octets.length;
    isEscaped = end > octets.length;
    const stop = Math.min(end, octets.length);
    stringLength += stop - at;
    if (isWanted && stringLength > bounds.string) {
      isCut = true;
      kept.cutTo(keptBefore);
      from = stop;
    }
    return inString ? undefined : end + 1;
  };

  /** The string that begins with the quote before `at`. */
  const enterString = (octets: Uint8Array<ArrayBuffer>, at: number): number | undefined => {
    const end = stringEnd(octets, at);
    // Most of them, which need nothing remembered.
    if (end < octets.length && end - at <= bounds.string) return end + 1;
    keep(octets, at);
    keptBefore = kept.length();
    stringLength = 0;
    isEscaped = false;
    return passString(octets, at);
  };

  const passContainer = (octets: Uint8Array<ArrayBuffer>, start: number): number | undefined => {
    const { length } = octets;
    let at = start;
    let deep = depth;
    while (at < length) {
      const octet = octets[at] ?? 0;
      at += 1;
      if (octet === QUOTE) {
        const behind = enterString(octets, at);
        if (behind === undefined) break;
        at = behind;
      } else if (opens(octet)) deep += 1;
      else if (closes(octet)) {
        deep -= 1;
        if (deep === 0) return at;
      }
    }
    depth = deep;
    return;
  };

  const passScalar = (octets: Uint8Array<ArrayBuffer>, start: number): number | undefined => {
    let at = start;
    while (at < octets.length && !isScalarEnd(octets[at] ?? 0)) at += 1;
    return at < octets.length ? at : undefined;
  };

  const passOn = (octets: Uint8Array<ArrayBuffer>, at: number): number | undefined => {
    let next: number | undefined = at;
    if (inString) {
      next = passString(octets, at);
      if (next === undefined || kind === 'string') return next;
    }
    return kind === 'scalar' ? passScalar(octets, next) : passContainer(octets, next);
  };

  return {
    begin(octets, at, wanted) {
      const first = octets[at] ?? 0;
      kept.cutTo(0);
      from = at;
      isWanted = wanted;
      isTooLong = false;
      isCut = false;
      depth = 0;
      inString = false;
      kind = first === QUOTE ? 'string' : opens(first) ? 'container' : 'scalar';
    },
    pass(octets, at) {
      const isBegun = kind === 'string' && !inString;
      const end = isBegun ? enterString(octets, at + 1) : passOn(octets, at);
      keep(octets, end ?? octets.length);
      from = end ?? 0;
      check(inString ? keptBefore : kept.length());
      return end;
    },
    take: () => (isWanted && !isTooLong ? kept.take() : undefined),
    isCut: () => isCut,
  };
};
