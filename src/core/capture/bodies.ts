/** Tokens in the body of a request or a response. */
import { formatOf, isText } from './body-type.ts';
import { distinct, MAX_TOKENS } from './distinct.ts';
import { findTokens, nextHeaderStart } from './find.ts';
import { formFields } from './form.ts';
import { tokensInHtml } from './html-body.ts';
import { tokensInJson } from './json-body.ts';
import { boundaryOf, partOf } from './multipart.ts';
import type { FoundInBody } from './records.ts';
import { type TokenInValue, tokensInValue } from './value.ts';

export interface Body {
  readonly kind: 'request_body' | 'response_body';
  /** As the message's `Content-Type` says, with its parameters where they are known. */
  readonly mimeType: string;
  /** Only the beginning is there. */
  readonly cut?: boolean | undefined;
}

export interface BodyTokens {
  /** MAX_TOKENS at most, of MAX_LENGTH together. */
  readonly found: readonly FoundInBody[];
  /** Tokens that were one too many, or too long. */
  readonly dropped: number;
}

/** Characters of all tokens of one body: a quarter of what the log can hold, so that one answer does not push out the rest. */
export const MAX_LENGTH = 2 * 1024 * 1024;
/** Found in one go; of a flood nobody needs the exact number. */
const LIMIT = 2 * MAX_TOKENS;

/** A token, and the name of its field where there are fields. */
interface Named extends TokenInValue {
  readonly name?: string;
}

const scan = (text: string): readonly Named[] =>
  findTokens(text, LIMIT).map(({ start, end }) => ({ compact: text.slice(start, end) }));

/**
 * The pieces between separators that may hold a token, each as soon as it is asked for: a body of 64 MB may be made of
 * nothing but separators, and a list of all that is between them is many times as large as the body.
 */
function* pieces(text: string, separator: string): Generator<string> {
  for (let from = 0, hit = nextHeaderStart(text, 0); hit >= 0; hit = nextHeaderStart(text, from)) {
    const before = text.lastIndexOf(separator, hit);
    const start = before < from ? from : before + separator.length;
    const end = text.indexOf(separator, start);
    from = end < 0 ? text.length : end;
    yield text.slice(start, from);
  }
}

/** What is found in pieces, to the first of them with which it is LIMIT. */
const inPieces = (text: string, separator: string, inPiece: (piece: string) => readonly Named[]): readonly Named[] => {
  const found: Named[] = [];
  for (const piece of pieces(text, separator)) {
    found.push(...inPiece(piece));
    if (found.length >= LIMIT) break;
  }
  return found;
};

const inForm = (text: string): readonly Named[] =>
  inPieces(text, '&', (piece) =>
    formFields(piece).flatMap(({ name, value }) => tokensInValue(value, LIMIT).map((token) => ({ ...token, name }))),
  );

const inMultipart = (mimeType: string, text: string): readonly Named[] => {
  const boundary = boundaryOf(mimeType, text);
  if (boundary === undefined) return scan(text);
  return inPieces(text, `--${boundary}`, (piece) => {
    const part = partOf(piece);
    if (!part) return scan(piece);
    const { name, mimeType: type } = part;
    return isText(type) ? inPart(type, part.text).map((token) => ({ ...token, name })) : [];
  });
};

/** Parts of parts are not opened (RFC 7578 section 4.3 has no more of them): hostile ones are without end. */
const inPart = (mimeType: string, text: string): readonly Named[] =>
  formatOf(mimeType, text) === 'multipart' ? scan(text) : inText(mimeType, text);

/** Server-sent events (HTML section 9.2): each line of data by itself, since JSON is sent in one. */
const inEvents = (text: string): readonly Named[] =>
  inPieces(text.replaceAll('\r', '\n'), '\n', (line) => inText('', line.replace(/^[a-z]{0,8}:/, '')));

const inText = (mimeType: string, text: string): readonly Named[] => {
  if (/^text\/event-stream\b/i.test(mimeType)) return inEvents(text);
  switch (formatOf(mimeType, text)) {
    case 'form':
      return inForm(text);
    case 'multipart':
      return inMultipart(mimeType, text);
    case 'json':
      return tokensInJson(text, LIMIT);
    case 'html':
      return tokensInHtml(text, LIMIT);
    default:
      return scan(text);
  }
};

/** Whether a token may be in a text: what is cheap to ask first. */
export const mayHoldTokens = (text: string): boolean => nextHeaderStart(text, 0) >= 0;

/**
 * Every token in a body, by what it is: JSON with the path (GraphQL, one value a line, and what was cut, too), form and
 * multipart by field, HTML by field or path where it has them, anything else by the scan alone. The same token at the same
 * place is told once. Never throws; linear in the text.
 */
export const tokensInBody = (text: string, { kind, mimeType, cut }: Body): BodyTokens => {
  if (!mayHoldTokens(text)) return { found: [], dropped: 0 };
  const format = formatOf(mimeType, text);
  const all = inText(mimeType, text).map(
    ({ compact, name = '', path }): FoundInBody => ({
      compact,
      place: { kind, name, ...(path && { path }), format, ...(cut && { cut: true as const }) },
    }),
  );
  const { found, dropped } = distinct(all);
  let length = 0;
  const fitting = found.filter(({ compact }) => {
    if (length + compact.length > MAX_LENGTH) return false;
    length += compact.length;
    return true;
  });
  return { found: fitting, dropped: dropped + found.length - fitting.length };
};
