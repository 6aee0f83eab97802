/** Undoes the line breaks and the indentation that mail, terminals and documents put inside a token. */
import { findTokens } from './find.ts';

const HEADER_START = /e(?:y[JA]|w[0ko])/;
const RUN_CHARACTER = /[\w.~-]/;
const OUTSIDE_RUN = /[^\w.~-]/;
/** A tilde, or a disclosure behind one: an SD-JWT goes on (RFC 9901 section 4). */
const SD_GOES_ON = /^(?:~|W[yw])/;
/** base64url of `"kb+jwt"`, wherever it stands: of all tokens only a key-binding JWT continues another. */
const KEY_BINDING = /^[^.]*(?:ImtiK2p3dC|JrYitqd3Qi|a2Irand0I)/;
/** What may not stand behind the last line of a token. */
const NOT_CLOSING = /[^"'`”’»>)\]},;\s]/;
/** Characters of a signature: 32, 48, 64, 96 and 132 octets (HMAC, ECDSA, EdDSA), and RSA of 1024 to 4096 bits. */
const WHOLE_SIGNATURES: ReadonlySet<number> = new Set([43, 64, 86, 128, 171, 176, 342, 512, 683]);
/** Characters of a JWE's tag: 16, 24 and 32 octets. */
const WHOLE_TAGS: ReadonlySet<number> = new Set([22, 32, 43]);

/** The token at the end of a line: how many segments so far, and how long the last one is. */
interface Open {
  readonly segments: number;
  readonly last: number;
  /** A tilde was seen: it is an SD-JWT. */
  readonly isSd: boolean;
  /** It ends in one, so that a disclosure or a key-binding JWT may follow. */
  readonly isClosed: boolean;
}

const extend = ({ segments, last, isSd }: Open, run: string): Open => {
  const parts = run.split('.');
  const length = parts.at(-1)?.length ?? 0;
  return {
    segments: segments + parts.length - 1,
    last: parts.length === 1 ? last + length : length,
    isSd: isSd || run.includes('~'),
    isClosed: run.endsWith('~'),
  };
};

const openAtEnd = (line: string): Open | undefined => {
  let start = line.length;
  while (start > 0 && RUN_CHARACTER.test(line.charAt(start - 1))) start -= 1;
  const run = line.slice(start);
  const header = run.search(HEADER_START);
  return header < 0 ? undefined : extend({ segments: 1, last: 0, isSd: false, isClosed: false }, run.slice(header));
};

const isWhole = ({ segments, last }: Open): boolean =>
  (segments === 3 && WHOLE_SIGNATURES.has(last)) || (segments === 5 && WHOLE_TAGS.has(last));

/** Whether a line that begins so can be the rest of it. */
const mayGoOn = (open: Open, run: string): boolean => {
  if (open.isClosed) return SD_GOES_ON.test(run) || KEY_BINDING.test(run);
  const beginsToken = findTokens(run, 1)[0]?.start === 0;
  if (open.isSd) return !beginsToken && !(open.segments === 5 && WHOLE_SIGNATURES.has(open.last));
  return run.startsWith('~') || (!isWhole(open) && !beginsToken);
};

/**
 * The text with each token that is spread over lines on one line; all else as it was. A line goes on with the token of
 * the line before when it is one word of token characters and begins no token of its own, and when what stands before
 * does not already end in a signature of a length that some algorithm has. An SD-JWT goes on behind it, with a tilde, a
 * disclosure or its key-binding JWT. Linear in the text.
 */
export const joinLines = (text: string): string => {
  const joined: string[] = [];
  let open: Open | undefined;
  for (const line of text.split(/(?<=\n)/)) {
    const trimmed = line.trim();
    const runEnd = trimmed.search(OUTSIDE_RUN);
    const run = runEnd < 0 ? trimmed : trimmed.slice(0, runEnd);
    const goesOn =
      open !== undefined && run !== '' && !NOT_CLOSING.test(trimmed.slice(run.length)) && mayGoOn(open, run);
    if (goesOn && open !== undefined) {
      joined.push(joined.pop()?.trimEnd() ?? '', line.trimStart());
      open = run === trimmed ? extend(open, run) : undefined;
    } else {
      joined.push(line);
      open = openAtEnd(trimmed);
    }
  }
  return joined.join('');
};
