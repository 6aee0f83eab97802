/** The ways to read a text in which a secret may hide: escaped, broken into lines, in base64 of base64, in numbers. */
import { plainText } from './plain-text.ts';
import { layersOf } from './unescape.ts';

/** base64 and base64url become one alphabet, in secrets and in the text alike. */
export const toBase64url = (text: string): string => text.replace(/[+/]/g, (char) => (char === '+' ? '-' : '_'));

/**
 * A line that was broken for its length, as MIME (76), PEM (64) and quoted-printable (`=`) do. Our own words, and those of
 * prose, are never so long: they are not run together into something that a page could have sent.
 */
const BROKEN = /(?<![\w+/-])([\w+/-]{40,}=?)(?:\r\n?|\n)[ \t]*(?=[\w+/=-])/g;
/** Less holds no block of a secret. */
const BASE64 = /[\w-]{22,}/g;
const HEX = /(?<![0-9a-f])(?:[0-9a-f]{2}){16,}/gi;
/** Where the base64 may begin in a run that has a path, or a word, before it. */
const STARTS = [0, 1, 2, 3];
/** Base64 in base64, and the innermost is found without. */
const DECODINGS = 2;

/** Numbers of octets, as a list or as members of an object: `101, 121, 74`, `"0": 101`. As many as a block of a secret. */
const OCTET = String.raw`(?:"\d{1,6}"\s{0,99}:\s{0,99})?\b\d{1,3}`;
const OCTETS = new RegExp(String.raw`(?:${OCTET}\s{0,99},\s{0,99}){15,}${OCTET}`, 'g');
const NUMBER = /\b\d{1,3}\b(?!"?\s*:)/g;
const LINE = /\r\n?|\n/;
/** Those of BROKEN are longer. */
const MAX_SHORT = 40;
const ENCODED_LINE = /^[\w+/-]+=*$/;
const ENCODED_END = /[\w+/-]*$/;
const ENCODED_START = /^[\w+/-]*/;

/**
 * Lines of base64 that are shorter than any encoder has them, put together: of one length, holding nothing else, with as
 * much of the line before and of the one behind. Nothing of ours stands like that.
 */
const shortLines = (text: string): string => {
  const lines = text.split(LINE).map((line) => line.trim());
  const runs: string[] = [];
  for (let at = 1; at < lines.length; at += 1) {
    const { length } = lines[at] ?? '';
    if (length === 0 || length > MAX_SHORT) continue;
    let end = at;
    while (lines[end]?.length === length && ENCODED_LINE.test(lines[end] ?? '')) end += 1;
    if (end === at) continue;
    const [before] = ENCODED_END.exec((lines[at - 1] ?? '').slice(-length)) ?? [];
    const [behind] = ENCODED_START.exec((lines[end] ?? '').slice(0, length)) ?? [];
    runs.push([before, ...lines.slice(at, end), behind].join(''));
    at = end - 1;
  }
  return runs.join(' ');
};

const whole = (text: string): string =>
  // A line is matched with the break behind it, and so not with the one before: what is joined ends in a match of its own.
  plainText(text).replace(BROKEN, (_, line: string) => line.replace(/=$/, ''));

/** Octets of base64url as characters of the same codes; '' where it is none. */
const octetsOf = (base64url: string): string => {
  const usable = base64url.length % 4 === 1 ? base64url.slice(0, -1) : base64url;
  return atob(usable.replace(/[-_]/g, (char) => (char === '-' ? '+' : '/')));
};

const charactersOf = (numbers: string): string =>
  (numbers.match(NUMBER) ?? []).map((octet) => String.fromCharCode(Number(octet) & 0xff)).join('');

const decoded = (text: string): string => {
  const runs = text.match(BASE64) ?? [];
  const octets = runs.flatMap((run) => STARTS.map((start) => octetsOf(run.slice(start))));
  const digits = text.match(HEX) ?? [];
  const units = [
    ...digits.map((hex) => hex.replace(/../g, (octet) => String.fromCharCode(Number.parseInt(octet, 16)))),
    ...(text.match(OCTETS) ?? []).map(charactersOf),
  ];
  // Octets of a token's text, or those that its base64url stands for.
  return [...octets, ...units, ...units.map((unit) => toBase64url(btoa(unit)))].join(' ');
};

/** What a text says, however it is read; in base64url's alphabet. Linear; never throws. */
export const viewsOf = (text: string, decodings = DECODINGS): readonly string[] => {
  const layers = layersOf(text);
  const inner = whole(layers.at(-1) ?? text);
  const joined = shortLines(inner);
  const all = [...new Set([...layers, inner, joined])];
  const views = all.map(toBase64url);
  const under = decodings > 0 ? decoded(toBase64url(joined === '' ? inner : `${inner} ${joined}`)) : '';
  return under === '' ? views : [...views, ...viewsOf(under, decodings - 1)];
};
