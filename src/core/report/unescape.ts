/** What stands for other characters in texts that are escaped: in URLs, JSON, JavaScript, Markdown, CSV and HTML. */

/**
 * `%2E`, `%u002e`; `\u002e`, `\u{2e}`, `\x2e`, line breaks, and a backslash before any ASCII punctuation (JSON, JavaScript,
 * Markdown); `""` (CSV); `&#46;` and those names of HTML's that stand for what some token is made of. Other escapes stand
 * for nothing that is looked for.
 */
const ESCAPE =
  /%(?:u([0-9a-f]{4})|([0-9a-f]{2}))|\\(?:u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|x([0-9a-f]{2})|([nrt])|([!-/:-@[-`{-~]))|(")"|&#(\d{1,7});|&#x([0-9a-f]{1,6});|&(amp|lt|gt|quot|apos|period|lowbar|sol|plus|equals);/gi;
const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", period: '.', lowbar: '_', sol: '/', plus: '+', equals: '=' },
};
const BREAKS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const MAX_CODE_POINT = 0x10_ff_ff;

const unescaped = (whole: string, ...groups: readonly (string | undefined)[]): string => {
  const [percentUnit, percent, unit, point, octet, lineBreak, char, quote, decimal, hex, name] = groups;
  if (char !== undefined || quote !== undefined) return char ?? quote ?? '';
  if (lineBreak !== undefined) return BREAKS[lineBreak] ?? whole;
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
  const utf16 = percentUnit ?? percent ?? unit ?? octet;
  if (utf16 !== undefined) return String.fromCharCode(Number.parseInt(utf16, 16));
  const code = decimal === undefined ? Number.parseInt(point ?? hex ?? '', 16) : Number(decimal);
  return code <= MAX_CODE_POINT ? String.fromCodePoint(code) : whole;
};

/** Takes one layer of escapes off. Linear; never throws. */
const unescapeOnce = (text: string): string => (/[%\\&]|""/.test(text) ? text.replace(ESCAPE, unescaped) : text);

/** How often text may be escaped in itself: a URL in a parameter of a URL, in a JSON string, in another. */
const LAYERS = 8;

/** The text, and what is under its escapes, layer by layer; the last has none, unless it was escaped on purpose. */
export const layersOf = (text: string): readonly [string, ...string[]] => {
  const all: [string, ...string[]] = [text];
  for (let inner = text; all.length <= LAYERS; ) {
    const next = unescapeOnce(inner);
    if (next === inner) break;
    inner = next;
    all.push(next);
  }
  return all;
};

/** The text without any escapes. */
export const unescapeAll = (text: string): string => layersOf(text).at(-1) ?? text;
