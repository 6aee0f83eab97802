/** Keys in the path of an address with nothing before them that tells: `https://api.test/v2/8Kq…/blocks`. */
import { isDrawn } from './drawn.ts';
import { isTakenOut } from './mask.ts';

/** What may be an address, as it is or percent-encoded in another; elsewhere a slash is one of base64. */
const ADDRESS = /(?<![^\s"'<>(])\/[^\s"'<>]+|(?::\/\/|%(?:25)*3A%(?:25)*2F%(?:25)*2F)[^\s"'<>]+/gi;
/** A segment of its path, to its end: what has a dot in it is the name of a file. Shorter keys are too few bits to tell. */
const SEGMENT = /(?<=\/|%(?:25)*2F)[\w~-]{20,}(?:=|%(?:25)*3D){0,2}(?=$|[/?#&;,)\]]|%(?:25)*(?:2F|3F|23|26))/gi;
/** What is said to be a sum, a build or a trace is told to be found again: Git, Next.js, W3C Trace Context. */
const FOUND_AGAIN =
  /(?:\/|%2F)(?:commits?|trees|blobs?|sha\d*|builds?|_next(?:\/|%2F)(?:static|data)|traces?)(?:\/|%2F)$/i;
/** Longer than any of these. */
const BEFORE = 30;

/** The text without segments of paths that look like keys, and the ids that look alike. Linear; never throws. */
export const withoutPathKeys = (text: string, mask: () => string): string =>
  text.replace(ADDRESS, (address) =>
    address.replace(SEGMENT, (segment, at: number) => {
      const isNamed = isTakenOut(segment) || FOUND_AGAIN.test(address.slice(Math.max(0, at - BEFORE), at));
      return !isNamed && isDrawn(segment) ? mask() : segment;
    }),
  );
