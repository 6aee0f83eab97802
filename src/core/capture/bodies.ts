/** Tokens in the body of a request or a response. */
import { formatOf, isText } from './body-type.ts';
import { distinct, MAX_TOKENS } from './distinct.ts';
import { findTokens, nextHeaderStart } from './find.ts';
import { formFields } from './form.ts';
import { tokensInHtml } from './html-body.ts';
import { tokensInJson } from './json-body.ts';
import { partsOf } from './multipart.ts';
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

const inForm = (text: string): readonly Named[] =>
  formFields(text).flatMap(({ name, value }) => tokensInValue(value, LIMIT).map((token) => ({ ...token, name })));

const inMultipart = (mimeType: string, text: string): readonly Named[] => {
  const parts = partsOf(mimeType, text);
  const named = parts.flatMap(({ name, mimeType: type, text: part }) =>
    isText(type) && nextHeaderStart(part, 0) >= 0 ? inText(type, part).map((token) => ({ ...token, name })) : [],
  );
  return parts.length > 0 ? named : scan(text);
};

/** Server-sent events (HTML section 9.2): each line of data by itself, since JSON is sent in one. */
const inEvents = (text: string): readonly Named[] =>
  text
    .split(/[\r\n]+/)
    .flatMap((line) => (nextHeaderStart(line, 0) < 0 ? [] : inText('', line.replace(/^[a-z]{0,8}:/, ''))));

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
