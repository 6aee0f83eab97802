import { mayStay } from './mask.ts';

/** A part of a text that goes, and where the search for the next one begins. */
export interface Part {
  readonly start: number;
  readonly end: number;
  readonly goOn: number;
}

/** Behind what is no part. */
export const noPart = (goOn: number): Part => ({ start: 0, end: 0, goOn });

/** Replaces parts of a text, found one behind the other: `next` gives the part behind an index, or undefined. */
export const withoutParts = (text: string, mask: () => string, next: (from: number) => Part | undefined): string => {
  let out = '';
  let done = 0;
  for (let part = next(0); part; part = next(part.goOn)) {
    if (part.end <= part.start || mayStay(text.slice(part.start, part.end))) continue;
    out += text.slice(done, part.start) + mask();
    done = part.end;
  }
  return out + text.slice(done);
};
