/** Secrets under escapes, in base64 or hexadecimal, and in JSON in a text: what is inside is looked at as if it stood alone. */
import { behindBrackets } from './escaped-json.ts';
import { hiddenIn } from './hidden-members.ts';
import { isAllTakenOut } from './mask.ts';
import { nestedJson } from './nested-json.ts';
import { plainText } from './plain-text.ts';
import { ERROR_CODE } from './secret-members.ts';
import { unescapeAll } from './unescape.ts';
import { withoutParts } from './without-parts.ts';

/** A piece of a text between what parts it; a character reference ends with a semicolon. */
const PIECE = /(?:[^\s?&#=;,"'<>|(){}[\]]|&(?:#x?[0-9a-f]{1,6}|[a-z]{2,6});)+/gi;
const ESCAPE = /[%\\&]/;
/** Shorter ones are words: base64 of twelve octets, hexadecimal of eight. */
const ENCODED_AT_LEAST = 16;
const ENCODED = /(?<![\w+/%-])[\w+/-]{16,}(?:=|%3D){0,2}(?![\w+/-])/gi;
const HEX = /^(?:[0-9a-f]{2})+$/i;
const OPEN = /[[{]/g;
/** Text, in any language: what else decodes to controls or is no UTF-8 is an image, a key or a word. */
const NO_TEXT = /[\p{Cc}--[\0\t\n\r]]/v;

type Redact = (text: string) => string;

/** What base64, base64url or hexadecimal stands for; undefined where that is no text. Never throws. */
const decodedText = (encoded: string): string | undefined => {
  const bare = encoded.replace(/(?:=|%3D)+$/i, '').replace(/[-_]/g, (char) => (char === '-' ? '+' : '/'));
  if (bare.length < ENCODED_AT_LEAST || (!HEX.test(bare) && bare.length % 4 === 1)) return undefined;
  const octets = HEX.test(bare) ? Uint8Array.fromHex(bare) : Uint8Array.fromBase64(bare);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(octets);
    return NO_TEXT.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
};

/** What only the JSON as a whole tells: pairs, members of private keys, names in other letters. */
const holdsHidden = (json: string): boolean =>
  hiddenIn(nestedJson(json)).some(
    ({ name, node }) => name !== ERROR_CODE && !isAllTakenOut(json.slice(node.offset, node.offset + node.length)),
  );

/** Whether something would go of a text that stood alone, what was taken out already aside. */
const holdsSecret = (text: string, redact: Redact): boolean => holdsHidden(text) || redact(text) !== text;

const withoutHiddenJson = (text: string, mask: () => string): string =>
  withoutParts(text, mask, (from) => {
    OPEN.lastIndex = from;
    const start = OPEN.exec(text)?.index;
    if (start === undefined) return undefined;
    const end = behindBrackets(text, start);
    return { start, end: holdsHidden(text.slice(start, end)) ? end : start, goOn: end };
  });

/**
 * The text without pieces that hold a secret under what they are written in; each goes as a whole. Linear; never throws.
 * @param redact takes out what stands in a text as it is, and nothing of what it took out before
 */
export const withoutInnerSecrets = (text: string, mask: () => string, redact: Redact): string =>
  withoutHiddenJson(text, mask)
    .replace(PIECE, (piece) => {
      if (!ESCAPE.test(piece)) return piece;
      const inner = plainText(unescapeAll(piece.replaceAll('+', ' ')));
      return holdsSecret(inner, redact) ? mask() : piece;
    })
    .replace(ENCODED, (run) => {
      // A slash is one of base64, or of a path around it.
      const inner = [run, ...run.split('/')].map(decodedText);
      return inner.some((one) => one !== undefined && holdsSecret(one, redact)) ? mask() : run;
    });
