/** Tokens in HTML: by the field of a form that posts itself, by the path in a script element of JSON, or just there. */
import { findTokens, type Range } from './find.ts';
import { tokensInJson } from './json-body.ts';
import { shorten } from './shorten.ts';
import type { TokenInValue } from './value.ts';

export interface TokenInHtml extends TokenInValue {
  /** Of the form field whose value it is: OAuth 2.0's `response_mode=form_post` answers with such a form. */
  readonly name?: string;
}

/** Characters of a start tag that are read before a token, and behind it. */
const MAX_TAG = 512;
/** Characters before a token in which its script element is looked for; what begins earlier costs more than it tells. */
const MAX_BEFORE = 262_144;

const fieldAt = (html: string, from: number, { start, end }: Range): string | undefined => {
  const before = html.slice(Math.max(from, start - MAX_TAG), start);
  const opening = before.slice(before.lastIndexOf('<'));
  if (!/^<input\b/i.test(opening) || !/\bvalue=["']?[^"'<>]*$/i.test(opening)) return;
  const [behind = ''] = html.slice(end, end + MAX_TAG).split('>', 1);
  const tag = opening + behind;
  const [, quoted, bare] = /\bname=(?:["']([^"'<>]*)["']|([^\s"'<>]+))/i.exec(tag) ?? [];
  return shorten(quoted ?? bare ?? '');
};

/** The JSON of the script element in which `at` lies. */
const islandAt = (html: string, from: number, at: number): Range | undefined => {
  const floor = Math.max(from, at - MAX_BEFORE);
  const before = html.slice(floor, at);
  const opening = before.lastIndexOf('<script');
  const closing = before.indexOf('>', Math.max(0, opening));
  if (opening < 0 || closing < 0 || closing - opening > MAX_TAG) return;
  if (!/\btype=["']?[\w.+/-]*json\b/i.test(before.slice(opening, closing))) return;
  if (before.indexOf('</script', closing) >= 0) return;
  const end = html.indexOf('</script', at);
  return { start: floor + closing + 1, end: end < 0 ? html.length : end };
};

/** Every token in HTML, `limit` at most. Never throws; linear in the text, and for each token in these bounds. */
export const tokensInHtml = (html: string, limit = Number.POSITIVE_INFINITY): readonly TokenInHtml[] => {
  const found: TokenInHtml[] = [];
  let last = 0;
  for (const { start, end } of findTokens(html, limit)) {
    if (start < last) continue;
    const island = islandAt(html, last, start);
    if (island) {
      found.push(...tokensInJson(html.slice(island.start, island.end), limit));
      last = island.end;
      continue;
    }
    const name = fieldAt(html, last, { start, end });
    found.push({ compact: html.slice(start, end), ...(name && { name }) });
    last = end;
  }
  return found;
};
