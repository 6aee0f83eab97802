/** Keys in the path of an address with nothing before them that tells: `https://api.test/v2/8Kq…/blocks`. */
import { isTakenOut } from './mask.ts';

/** What may be an address, as it is or percent-encoded in another; elsewhere a slash is one of base64. */
const ADDRESS = /(?<![^\s"'<>(])\/[^\s"'<>]+|(?::\/\/|%(?:25)*3A%(?:25)*2F%(?:25)*2F)[^\s"'<>]+/gi;
/** A segment of its path, to its end: what has a dot in it is the name of a file. Shorter keys are too few bits to tell. */
const SEGMENT = /(?<=\/|%(?:25)*2F)[\w~-]{20,}(?:=|%(?:25)*3D){0,2}(?=$|[/?#&;,)\]]|%(?:25)*(?:2F|3F|23|26))/gi;

/** They name things, and whoever lets one in by its name alone has no key: UUIDs (RFC 9562) and MongoDB's ObjectIds. */
const NAMES = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|^[4-7][0-9a-f]{23}$/gi;
/** Where letters and digits, or small and capital letters, meet: in a key at every second or third character, in `camelCase` seldom. */
const MEETING = /(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])|(?<=[a-z])(?=[A-Z])/g;
const MEETINGS_AT_LEAST = 4;
const CHARACTERS_PER_MEETING = 5;
/** Longer than words are, in small letters or capitals alone, with letters between digits: hexadecimal, base32. */
const ONE_CASE = /[a-z0-9]{16,}|[A-Z0-9]{16,}/g;
const BETWEEN_DIGITS = /\d\D+\d/;

/** Drawn at random, as far as letters and digits tell. */
const isDrawn = (text: string): boolean => {
  const meetings = /\d/.test(text) ? (text.match(MEETING)?.length ?? 0) : 0;
  const isMixed = meetings >= Math.max(MEETINGS_AT_LEAST, text.length / CHARACTERS_PER_MEETING);
  return isMixed || (text.match(ONE_CASE)?.some((part) => BETWEEN_DIGITS.test(part)) ?? false);
};

const isKey = (segment: string): boolean => !isTakenOut(segment) && isDrawn(segment.replace(NAMES, ''));

/**
 * The text without segments of paths that look like keys. Ids that look alike (ULID, nanoid, sums) go with them: nobody
 * can tell them apart. Linear; never throws.
 */
export const withoutPathKeys = (text: string, mask: () => string): string =>
  text.replace(ADDRESS, (address) => address.replace(SEGMENT, (segment) => (isKey(segment) ? mask() : segment)));
