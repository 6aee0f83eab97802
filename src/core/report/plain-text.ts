/** What a text looks like, whatever it is made of. */

/** What nobody sees: NUL, which stands between letters of UTF-16 read as octets, other controls, marks of direction. */
const NOTHING = /[[\p{Cc}--[\t\n\r]]\p{Default_Ignorable_Code_Point}]+/gv;
const NOT_ASCII = /[^\0-\x7f]/;
/** Octets of UTF-8 that were read as characters of the same codes, as out of base64 or behind percent signs. */
const UTF8 = /(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+/g;

const fromUtf8 = (octets: string): string =>
  new TextDecoder().decode(Uint8Array.from(octets, (octet) => octet.charCodeAt(0)));

/** Without what nobody sees; letters of full width, and such, are those that they look like. Linear; never throws. */
export const plainText = (text: string): string => {
  const letters = NOT_ASCII.test(text) ? text.replace(UTF8, fromUtf8).normalize('NFKC') : text;
  return letters.replace(NOTHING, '');
};
