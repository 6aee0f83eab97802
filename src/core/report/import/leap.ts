/**
 * Where an item of an array probably ends, by what stood between the items before it: a native search instead of a look at
 * each octet. Whether it is true JSON.parse says: what parses from an item's first octet on is that item and no more.
 */
import type { Passage, Skim } from './skim.ts';

/** Octets of an item's beginning that tell it from what stands in it, where no line breaks do. */
const MAX_BEGINNING = 16;
/** How often the octets that are here are searched anew: all of them, each time. */
const MAX_LEARNED = 8;
/** How often a guess is made in them that is wrong, each of which costs an exception: a hostile file makes them all so. */
const MAX_MISSES = 64;
const NON_ASCII = /[^\0-\x7f]/;

export interface Leapt {
  /** The offset behind the item. */
  readonly end: number;
  /** The item, without what may be left out. */
  readonly text: string;
}

export interface Leap {
  /** Further octets: those before are behind us. */
  enter(octets: Uint8Array<ArrayBuffer>): void;
  /** An item ends at `end`, and the next begins at `start`. */
  learn(end: number, start: number): void;
  /** The item that begins at `at`, if it probably ends in these octets. */
  guess(at: number): Leapt | undefined;
  /** That was wrong: no guess is made again before its end, so that no octet is looked at more than twice. */
  miss(guessed: Leapt): void;
}

/** @param skim what may be missing in the text of an item */
export const createLeap = (skim: Skim): Leap => {
  const octetwise = new TextDecoder('windows-1252');
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  let octets: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  /** The octets as text, one character for each, whatever they encode. */
  let text = '';
  let nextPassage: ((from: number) => Passage | undefined) | undefined;
  let between = '';
  let isLast = false;
  let missed = 0;
  let misses = 0;
  let learned = 0;

  const textOf = (from: number, to: number): string => {
    const part = text.slice(from, to);
    return NON_ASCII.test(part) ? utf8.decode(octets.subarray(from, to)) : part;
  };

  const startSkim = () => {
    text = octetwise.decode(octets);
    return skim(text, octets);
  };

  return {
    enter(entered) {
      octets = entered;
      nextPassage = undefined;
      isLast = false;
      missed = 0;
      misses = 0;
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
      isLast = false;
      learned += 1;
    },
    guess(at) {
      if (between === '' || at < missed || misses === MAX_MISSES || isLast) return;
      nextPassage ??= startSkim();
      let before = '';
      let kept = at;
      for (let from = at; ; ) {
        const passage = nextPassage(from);
        const found = text.slice(from, passage?.start).indexOf(between);
        if (found >= 0) {
          const end = from + found + 1;
          return { end, text: before + textOf(kept, end) };
        }
        if (!passage) break;
        from = passage.end;
        if (passage.idleFrom === undefined) continue;
        before += textOf(kept, passage.idleFrom);
        kept = from;
      }
      isLast = true;
      return;
    },
    miss({ end }) {
      missed = end;
      misses += 1;
    },
  };
};
