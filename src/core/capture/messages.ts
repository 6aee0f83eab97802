/** What the DevTools page and the panel tell the background; `parseMessage` is the border that checks it on arrival. */
import * as v from 'valibot';
import { number, place } from './parse-record.ts';

/** More in one message would only hold up the others; the sender splits. */
export const MAX_WITNESSED = 200;

const text = v.string();
const whole = v.pipe(
  number,
  v.check((given) => Number.isSafeInteger(given) && given >= 0),
);
const headers = v.pipe(v.array(v.object({ name: text, value: text })), v.readonly());

/** A token as it was found in a body. */
export const foundInBody = v.object({
  compact: text,
  place: v.object({ ...place.entries, kind: v.picklist(['request_body', 'response_body']) }),
});

/** By type: a table and not `v.variant`, whose weight is the background's. */
const SCHEMAS = {
  /** Requests that finished while DevTools was open. */
  witnessed: v.object({
    type: v.literal('witnessed'),
    tab: whole,
    requests: v.pipe(
      v.array(
        v.object({
          id: v.pipe(
            text,
            v.check((id) => /^d[\w-]{1,60}$/.test(id)),
          ),
          method: text,
          url: text,
          resource: text,
          start: number,
          end: number,
          status: whole,
          requestHeaders: headers,
          responseHeaders: headers,
          initiator: v.optional(text),
          bodies: v.optional(v.pipe(v.array(foundInBody), v.readonly())),
          grant: v.optional(text),
        }),
      ),
      v.check((requests) => requests.length <= MAX_WITNESSED),
      v.readonly(),
    ),
    /** Bodies that were not looked at since the last message, as TabRecord counts them. */
    skipped: v.optional(whole),
    binary: v.optional(whole),
  }),
  /** May the extension see requests of this origin? Answered with a boolean. */
  access: v.object({ type: v.literal('access'), origin: text }),
  /** The cookies of the tab's jar for this address, as the browser gives them; undefined where we may not look. */
  cookies: v.object({ type: v.literal('cookies'), tab: whole, url: text }),
  /** Show this text in the extension's own page. */
  decode: v.object({ type: v.literal('decode'), text }),
  /** Show the page whose button asks for access, where the sender cannot ask by itself. */
  ask_for_access: v.object({ type: v.literal('ask_for_access') }),
};

export type Message = v.InferOutput<(typeof SCHEMAS)[keyof typeof SCHEMAS]>;

/** Of any message whatsoever, and never `constructor`, which every object has. */
const schemaOf = (message: unknown) => {
  const { type } = (message ?? {}) as { readonly type?: unknown };
  return Object.entries(SCHEMAS).find(([name]) => name === type)?.[1];
};

/** A message as sent, or undefined if it is none of ours. Never throws. */
export const parseMessage = (message: unknown): Message | undefined => {
  const schema = schemaOf(message);
  if (!schema) return;
  const { success, output } = v.safeParse(schema, message, { abortEarly: true });
  return success ? output : undefined;
};
