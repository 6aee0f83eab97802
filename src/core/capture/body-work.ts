/**
 * A large body's way to the worker that reads it, in pieces, so that neither side is busy for long:
 *
 *   {piece} … {piece} {read}  ──▶  the worker  ──▶  BodyTokens
 */
import * as v from 'valibot';
import { type Body, type BodyTokens, tokensInBody } from './bodies.ts';
import { foundInBody } from './messages.ts';
import { textOf } from './text-of.ts';

/** What of a body DevTools gave; `base64` where that is not text but what text was made of. */
export interface BodyToRead extends Body {
  readonly base64?: boolean | undefined;
}

const body = v.object({
  kind: v.picklist(['request_body', 'response_body']),
  mimeType: v.string(),
  cut: v.optional(v.boolean()),
  base64: v.optional(v.boolean()),
});
const work = v.union([v.object({ piece: v.string() }), v.object({ read: body })]);
const answer = v.object({ found: v.array(foundInBody), dropped: v.number() });

export type BodyWork = v.InferOutput<typeof work>;

/** Reads the body whole that is in one string. */
export const readBody = (content: string, { base64, ...about }: BodyToRead): BodyTokens =>
  tokensInBody(textOf(content, base64), about);

/** The worker's side: takes messages in, and answers the one that ends a body. What is no such message is passed over. */
export const createBodyWork = (): ((message: unknown) => BodyTokens | undefined) => {
  let pieces: string[] = [];
  return (message) => {
    const { success, output } = v.safeParse(work, message);
    if (!success) return;
    if ('piece' in output) {
      pieces.push(output.piece);
      return;
    }
    const content = pieces.join('');
    pieces = [];
    return readBody(content, output.read);
  };
};

/** What a worker answered, or undefined if it is no such answer. Never throws. */
export const parseBodyTokens = (message: unknown): BodyTokens | undefined => {
  const { success, output } = v.safeParse(answer, message, { abortEarly: true });
  return success ? output : undefined;
};
