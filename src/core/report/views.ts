/** The ways to read a text in which a secret may hide: escaped, broken into lines, in base64 of base64, in hexadecimal. */
import { layersOf } from './unescape.ts';

/** base64 and base64url become one alphabet, in secrets and in the text alike. */
export const toBase64url = (text: string): string => text.replace(/[+/]/g, (char) => (char === '+' ? '-' : '_'));

/** NUL, which stands between letters of UTF-16 read as octets, and what nobody sees. */
const NOTHING = /[\0\u00ad\u200b-\u200f\u2060\ufeff]+/g;
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

const whole = (text: string): string => {
  const shown = text.replace(NOTHING, '');
  // A line is matched with the break behind it, and so not with the one before: what is joined ends in a match of its own.
  return shown.replace(BROKEN, (_, line: string) => line.replace(/=$/, ''));
};

/** Octets of base64url as characters of the same codes; '' where it is none. */
const octetsOf = (base64url: string): string => {
  const usable = base64url.length % 4 === 1 ? base64url.slice(0, -1) : base64url;
  return atob(usable.replace(/[-_]/g, (char) => (char === '-' ? '+' : '/')));
};

const decoded = (text: string): string => {
  const runs = text.match(BASE64) ?? [];
  const octets = runs.flatMap((run) => STARTS.map((start) => octetsOf(run.slice(start))));
  const digits = text.match(HEX) ?? [];
  const units = digits.map((hex) => hex.replace(/../g, (octet) => String.fromCharCode(Number.parseInt(octet, 16))));
  // Hexadecimal of a token's text, or of the octets that its base64url stands for.
  return [...octets, ...units, ...units.map((unit) => toBase64url(btoa(unit)))].join(' ');
};

/** What a text says, however it is read; in base64url's alphabet. Linear; never throws. */
export const viewsOf = (text: string, decodings = DECODINGS): readonly string[] => {
  const layers = layersOf(text);
  const inner = whole(layers.at(-1) ?? text);
  const all = layers.at(-1) === inner ? layers : [...layers, inner];
  const views = all.map(toBase64url);
  const under = decodings > 0 ? decoded(views.at(-1) ?? '') : '';
  return under === '' ? views : [...views, ...viewsOf(under, decodings - 1)];
};
