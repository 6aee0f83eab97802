/** Whether a text was drawn at random, as keys are, as far as its letters and digits tell. */

/**
 * They name things, and whoever lets one in by its name alone has no key: UUIDs (RFC 9562), ULIDs of these decades,
 * MongoDB's ObjectIds, Okta's servers and clients.
 */
const NAMES =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|^01[0-9A-HJKMNP-TV-Z]{24}$|^[4-7][0-9a-f]{23}$|^(?:aus|0oa)[0-9a-z]{17}$/gi;
/** Where letters and digits, or small and capital letters, meet: in a key at every second or third character, in `camelCase` seldom. */
const MEETING = /(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])|(?<=[a-z])(?=[A-Z])/g;
const MEETINGS_AT_LEAST = 4;
const CHARACTERS_PER_MEETING = 5;
/** Longer than words are, in small letters or capitals alone, with letters between digits: hexadecimal, base32. */
const ONE_CASE = /[a-z0-9]{16,}|[A-Z0-9]{16,}/g;
const BETWEEN_DIGITS = /\d\D+\d/;

/** Ids that look alike (nanoid, sums) count as keys: nobody can tell them apart. Linear; never throws. */
export const isDrawn = (text: string): boolean => {
  const rest = text.replace(NAMES, '');
  const meetings = /\d/.test(rest) ? (rest.match(MEETING)?.length ?? 0) : 0;
  const isMixed = meetings >= Math.max(MEETINGS_AT_LEAST, rest.length / CHARACTERS_PER_MEETING);
  return isMixed || (rest.match(ONE_CASE)?.some((part) => BETWEEN_DIGITS.test(part)) ?? false);
};

/** As much of a value as a key may have; shorter ones are too few bits to tell, and of longer ones this tells. */
const VALUE = /[\w.~+/%-]{16,512}/y;

/** Whether what begins there, behind a name that may be that of a secret, was drawn at random. */
export const isDrawnAt = (text: string, at: number): boolean => {
  VALUE.lastIndex = at;
  const [value] = VALUE.exec(text) ?? [];
  return value !== undefined && isDrawn(value);
};
