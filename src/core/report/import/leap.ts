/**
 * Where an item of an array probably ends, by what stood between the items before it: a native search instead of a look at
 * each octet. Whether it is true JSON.parse says: what parses from an item's first octet on is that item and no more.
 */

/** Octets of an item's beginning that tell it from what stands in it, where no line breaks do. */
const MAX_BEGINNING = 16;
/** How often the octets that are here are searched anew: all of them, each time. */
const MAX_LEARNED = 8;
const NONE = Number.POSITIVE_INFINITY;

export interface Leap {
  /** Further octets: those before are behind us. */
  enter(octets: Uint8Array<ArrayBuffer>): void;
  /** An item ends at `end`, and the next begins at `start`. */
  learn(end: number, start: number): void;
  /** Where the item that begins at `at` may end. */
  guess(at: number): number | undefined;
  /** The octets as text, one character for each, whatever they encode. */
  text(): string;
  /** That was wrong: no guess is made again before it, so that no octet is looked at more than twice. */
  miss(guessed: number): void;
}

export const createLeap = (): Leap => {
  const octetwise = new TextDecoder('windows-1252');
  let octets: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  let text: string | undefined;
  let between = '';
  /** The next place where that stands, from where it was looked for on. */
  let next = NONE;
  let missed = 0;
  let learned = 0;

  const textHere = (): string => {
    text ??= octetwise.decode(octets);
    return text;
  };

  return {
    text: textHere,
    enter(entered) {
      octets = entered;
      text = undefined;
      next = 0;
      missed = 0;
      learned = 0;
    },
    learn(end, start) {
      if (learned === MAX_LEARNED) return;
      const gap = octets.subarray(end - 1, start);
      // No string has a line break in it, so that the indentation is that of items alone.
      const length = gap.includes(0x0a) ? 1 : MAX_BEGINNING;
      const found = octetwise.decode(octets.subarray(end - 1, start + length));
      if (found === between) return;
      between = found;
      next = 0;
      learned += 1;
    },
    guess(at) {
      if (between === '' || at < missed || next === NONE) return;
      if (next <= at) {
        const found = textHere().indexOf(between, at);
        next = found < 0 ? NONE : found;
      }
      return next === NONE ? undefined : next + 1;
    },
    miss(guessed) {
      missed = guessed;
    },
  };
};
