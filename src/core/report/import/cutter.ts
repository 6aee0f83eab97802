/**
 * Cuts the values out of a JSON text that are wanted, by their paths, as its octets come: the text as a whole is never in
 * memory, and what is not wanted is passed over.
 */
import { visibleText } from '../../token/visible.ts';
import type { Bounds } from './bounds.ts';
import { CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, isSpace, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json-octets.ts';
import { createLeap } from './leap.ts';
import type { Skim } from './skim.ts';
import { createValueCutter } from './value-cutter.ts';
import { ITEM, waysTo } from './ways.ts';

type Octets = Uint8Array<ArrayBuffer>;

/** A wanted value, whole. */
export interface Cut {
  /** `log.creator`; `log.entries[]` for each item of an array. */
  readonly path: string;
  /** Octets before it. */
  readonly offset: number;
  readonly text: string;
  /** What the text says; undefined where it is no JSON. */
  readonly json?: { readonly value: unknown };
}

/** `json`: the first of what breaks between the values; detail: what stands there. `too_long`: each value that was, in part or whole. */
export type OnBreak = (code: 'json' | 'too_long', offset: number, detail?: string) => void;

export interface Cutter {
  /** The next octets: gives what ends in them. To be asked to its end. */
  take(octets: Octets): Generator<Cut, void, undefined>;
  /** The outermost value ended. */
  isDone(): boolean;
  /** `json` was told. */
  isBroken(): boolean;
  /** The wanted value that has begun and not ended, as far as it came. To be asked when no more octets come. */
  rest(): { readonly path: string; readonly offset: number; readonly octets: Octets } | undefined;
  /** Paths of the arrays and objects on the way to what is wanted that were met. */
  readonly met: ReadonlySet<string>;
}

type Awaited = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma';

interface Container {
  readonly path: string;
  readonly isArray: boolean;
}

/** Octets; no wanted member has a longer name. */
const MAX_NAME = 64;
/** The beginnings of values: strings, arrays, objects, numbers, `true`, `false`, `null`. */
const VALUE_START = new Set([...'"[{-0123456789tfn'].map((start) => start.charCodeAt(0)));

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

const parse = (text: string): Cut['json'] => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return;
  }
};

/** A name's text without quotes; '' where no wanted path can have it. */
const nameOf = (octets: Octets): string => {
  const name = octets.length > MAX_NAME ? '' : parse(utf8.decode(octets))?.value;
  return typeof name === 'string' && !/[.[]/.test(name) ? name : '';
};

/**
 * Takes any octets as UTF-8 without a byte order mark. What breaks between the values is told, and passed over: every item
 * that begins where items stand is found. Linear in the octets, whatever stands in them; never throws.
 * @param skim what may be missing in the text of an item
 */
export const createCutter = (
  wanted: ReadonlySet<string>,
  bounds: Pick<Bounds, 'string' | 'entry'>,
  onBreak: OnBreak,
  skim: Skim = () => () => undefined,
): Cutter => {
  const ways = waysTo(wanted);
  const met = new Set<string>();
  const open: Container[] = [];
  const value = createValueCutter(bounds);
  const leap = createLeap(skim);
  let awaited: Awaited = 'value';
  let name = '';
  let isDone = false;
  let isBroken = false;
  /** What is passed over: a value at this path, or a name. */
  let passing: { readonly path: string; readonly offset: number } | 'name' | undefined;
  /** Where the last item ended in the octets in hand, if it was cut and not leapt over. */
  let itemEnd = 0;
  /** Octets before those in hand. */
  let before = 0;

  const pathHere = (): string => {
    const top = open.at(-1);
    if (!top) return '';
    if (top.isArray) return `${top.path}${ITEM}`;
    return top.path === '' ? name : `${top.path}.${name}`;
  };

  const settle = (): void => {
    awaited = 'comma';
    isDone = open.length === 0;
  };

  /** Enters what is on the way, and has the value cutter pass over all else. */
  const beginValue = (octets: Octets, at: number): number => {
    const path = pathHere();
    const isArray = octets[at] === OPEN_ARRAY;
    if (ways.get(path) === isArray && (isArray || octets[at] === OPEN_OBJECT)) {
      met.add(path);
      open.push({ path, isArray });
      awaited = isArray ? 'value or ]' : 'name or }';
      return at + 1;
    }
    passing = { path, offset: before + at };
    value.begin(octets, at, wanted.has(path));
    return at;
  };

  const beginName = (octets: Octets, at: number): number => {
    passing = 'name';
    value.begin(octets, at, true);
    return at;
  };

  /** Once: a hostile text breaks at each of its octets. */
  const tellBreak = (octets: Octets, at: number): void => {
    if (!isBroken) onBreak('json', before + at, visibleText(utf8.decode(octets.subarray(at, at + 1))));
    isBroken = true;
  };

  /** An octet that stands where it must not: told, and then taken as if what is missing before it were there. */
  const breakAt = (octets: Octets, at: number): number => {
    const octet = octets[at] ?? 0;
    tellBreak(octets, at);
    const isArray = open.at(-1)?.isArray;
    if (octet === (isArray ? CLOSE_ARRAY : CLOSE_OBJECT) && open.pop()) settle();
    else if (awaited === 'comma' && isArray && VALUE_START.has(octet)) return beginValue(octets, at);
    else if (awaited === 'comma' && octet === QUOTE) return beginName(octets, at);
    return at + 1;
  };

  /** One octet between values. */
  const step = (octets: Octets, at: number): number => {
    const octet = octets[at] ?? 0;
    if (isSpace(octet)) return at + 1;
    const top = open.at(-1);
    switch (awaited) {
      case 'value':
      case 'value or ]':
        if (VALUE_START.has(octet)) return beginValue(octets, at);
        if (octet !== CLOSE_ARRAY || awaited === 'value') return breakAt(octets, at);
        open.pop();
        settle();
        return at + 1;
      case 'name':
      case 'name or }':
        if (octet === QUOTE) return beginName(octets, at);
        if (octet !== CLOSE_OBJECT || awaited === 'name') return breakAt(octets, at);
        open.pop();
        settle();
        return at + 1;
      case 'colon':
        if (octet !== COLON) return breakAt(octets, at);
        awaited = 'value';
        return at + 1;
      case 'comma':
        if (octet === COMMA) awaited = top?.isArray ? 'value' : 'name';
        else if (octet === (top?.isArray ? CLOSE_ARRAY : CLOSE_OBJECT)) {
          open.pop();
          settle();
        } else return breakAt(octets, at);
        return at + 1;
    }
  };

  /** The value or name that ended. */
  const finish = (): Cut | undefined => {
    const passed = passing;
    const octets = value.take();
    passing = undefined;
    if (passed === 'name') {
      name = octets ? nameOf(octets) : '';
      awaited = 'colon';
      return;
    }
    settle();
    if (!passed) return;
    if (value.isCut()) onBreak('too_long', passed.offset);
    if (!octets) return;
    const text = utf8.decode(octets);
    const json = parse(text);
    return { ...passed, text, ...(json && { json }) };
  };

  /** The item that begins at `at`, and where it ends, if that can be guessed. */
  const leapOver = (at: number): readonly [end: number, cut: Cut] | undefined => {
    if (typeof passing !== 'object' || !passing.path.endsWith(ITEM) || !wanted.has(passing.path)) return;
    if (itemEnd > 0) leap.learn(itemEnd, at);
    itemEnd = 0;
    const leapt = leap.guess(at);
    if (!leapt) return;
    const { end, text } = leapt;
    const json = end - at > Math.min(bounds.string, bounds.entry) ? undefined : parse(text);
    if (!json) {
      leap.miss(leapt);
      return;
    }
    const cut = { path: passing.path, offset: passing.offset, text, json };
    passing = undefined;
    settle();
    return [end, cut];
  };

  return {
    met,
    isDone: () => isDone,
    isBroken: () => isBroken,
    rest() {
      if (typeof passing !== 'object') return;
      const octets = value.take();
      return octets && { path: passing.path, offset: passing.offset, octets };
    },
    *take(octets) {
      let at = 0;
      leap.enter(octets);
      itemEnd = 0;
      while (at < octets.length && !isDone) {
        const isNew = !passing;
        if (isNew) at = step(octets, at);
        if (!passing) continue;
        const [leapt, item] = (isNew && leapOver(at)) || [];
        const end = leapt ?? value.pass(octets, at);
        if (end === undefined) break;
        at = end;
        const cut = item ?? finish();
        if (!cut) continue;
        if (!item && cut.path.endsWith(ITEM)) itemEnd = end;
        yield cut;
      }
      const more = isDone && !isBroken ? octets.subarray(at).findIndex((octet) => !isSpace(octet)) : -1;
      if (more >= 0) tellBreak(octets, at + more);
      before += octets.length;
    },
  };
};
