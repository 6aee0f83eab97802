/** Tokens in any text, line by line: log files, cURL commands, JSON lines, and JSON that is neither HAR nor ours. */
import { distinct, MAX_TOKENS } from '../../capture/distinct.ts';
import { nextHeaderStart } from '../../capture/find.ts';
import { createTokenIds } from '../../capture/token-id.ts';
import { tokensInValue } from '../../capture/value.ts';
import type { Bounds } from './bounds.ts';
import type { Keeper } from './keeper.ts';
import { createKeptOctets } from './kept-octets.ts';
import { isZoneless, lineMomentOf } from './line-moment.ts';
import type { Problems } from './problems.ts';
import type { Reader } from './reader.ts';

const LINE_FEED = 0x0a;
/** Octets in which what is no text shows itself: archives and pictures have a NUL among their first ones. */
const MAX_HEAD = 1024;

const countLines = (text: string, from: number, to: number): number => {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
};

/**
 * @param at ms since the epoch: the time of lines that begin with none
 */
export const createLineReader = (keeper: Keeper, problems: Problems, bounds: Bounds, at: number): Reader => {
  const tokenId = createTokenIds();
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const encoder = new TextEncoder();
  /** The beginning of a line that goes on in the next octets. */
  const begun = createKeptOctets();
  /** That line is longer than the bound: so many octets of it were not kept. */
  let passed = 0;
  /** Octets that came, and those before the line in hand. */
  let [came, before] = [0, 0];
  let lines = 0;
  let isBlank = true;
  let isBinary = false;
  let hasZoneless = false;

  const readLine = (text: string, number: number, offset: number): void => {
    const moment = lineMomentOf(text) ?? at;
    hasZoneless ||= isZoneless(text);
    const found = tokensInValue(text, 2 * MAX_TOKENS).map(({ compact, path }) => ({
      compact,
      place: { kind: 'file' as const, name: String(number), ...(path && { path }) },
    }));
    const { found: kept, dropped } = distinct(found);
    keeper.count({ dropped });
    for (const { compact, place } of kept) {
      const token = tokenId(compact);
      if (!keeper.token({ id: token, compact, firstSeen: moment }, offset)) continue;
      keeper.sighting({ token, exchange: '', place, at: moment }, offset);
    }
  };

  /** Whole lines, none of them too long. */
  const readLines = (octets: Uint8Array<ArrayBuffer>): void => {
    const text = utf8.decode(octets);
    const start = before;
    isBlank &&= text.trim() === '';
    let counted = 0;
    // From line to line, since a log may have a token in each.
    let [measured, octetsBefore] = [0, start];
    const offsetOf = (from: number): number => {
      octetsBefore += encoder.encode(text.slice(measured, from)).length;
      measured = from;
      return octetsBefore;
    };
    for (let hit = nextHeaderStart(text, 0); hit >= 0; hit = nextHeaderStart(text, counted)) {
      const from = text.lastIndexOf('\n', hit) + 1;
      lines += countLines(text, counted, from);
      const feed = text.indexOf('\n', hit);
      const to = feed < 0 ? text.length : feed;
      readLine(text.slice(from, to), lines + 1, offsetOf(from));
      counted = to;
      if (feed < 0) break;
    }
    lines += countLines(text, counted, text.length);
    before += octets.length;
  };

  const passLine = (length: number): void => {
    problems.tell('too_long', before);
    before += length;
    lines += 1;
    isBlank = false;
  };

  /** Whole lines, of which one may be too long only if all of them together are. */
  const take = (octets: Uint8Array<ArrayBuffer>): void => {
    if (octets.length <= bounds.entry) {
      readLines(octets);
      return;
    }
    for (let from = 0; from < octets.length; ) {
      const feed = octets.indexOf(LINE_FEED, from);
      const to = feed < 0 ? octets.length : feed + 1;
      if (to - from > bounds.entry) passLine(to - from);
      else readLines(octets.subarray(from, to));
      from = to;
    }
  };

  /** The beginning of a line, for when the rest of it comes. */
  const keep = (octets: Uint8Array<ArrayBuffer>): void => {
    if (passed > 0 || begun.length() + octets.length > bounds.entry) {
      passed += begun.length() + octets.length;
      begun.cutTo(0);
    } else begun.add(octets);
  };

  return {
    isFound: () => true,
    take(octets) {
      if (octets.subarray(0, Math.max(0, MAX_HEAD - came)).includes(0)) {
        isBinary = true;
        problems.tell('not_text', came + octets.indexOf(0));
        return false;
      }
      came += octets.length;
      const last = octets.lastIndexOf(LINE_FEED);
      if (last >= 0) {
        const first = octets.indexOf(LINE_FEED) + 1;
        keep(octets.subarray(0, first));
        if (passed > 0) passLine(passed);
        else take(begun.take());
        passed = 0;
        take(octets.subarray(first, last + 1));
      }
      keep(octets.subarray(last + 1));
      return true;
    },
    end() {
      if (passed > 0) passLine(passed);
      else if (begun.length() > 0) {
        take(begun.take());
        lines += 1;
      }
      if (!isBinary && isBlank) problems.tell('empty', 0);
      return { format: 'text', read: lines, ...(hasZoneless && { zoneless: true }) };
    },
  };
};
