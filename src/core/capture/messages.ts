/** What the DevTools page and the panel tell the background; `parseMessage` is the border that checks it on arrival. */
import * as v from 'valibot';

/** More in one message would only hold up the others; the sender splits. */
export const MAX_WITNESSED = 200;

const text = v.string();
const time = v.pipe(v.number(), v.finite());
const tab = v.pipe(v.number(), v.integer(), v.minValue(0));
const headers = v.pipe(v.array(v.object({ name: text, value: text })), v.readonly());

const schema = v.variant('type', [
  /** Requests that finished while DevTools was open. */
  v.object({
    type: v.literal('witnessed'),
    tab,
    requests: v.pipe(
      v.array(
        v.object({
          id: v.pipe(text, v.regex(/^d[\w-]{1,60}$/)),
          method: text,
          url: text,
          resource: text,
          start: time,
          end: time,
          status: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999)),
          requestHeaders: headers,
          responseHeaders: headers,
        }),
      ),
      v.maxLength(MAX_WITNESSED),
    ),
  }),
  /** May the extension see requests of this origin? Answered with a boolean. */
  v.object({ type: v.literal('access'), origin: text }),
  /** Show the page whose button asks for access, where the sender cannot ask by itself. */
  v.object({ type: v.literal('ask_for_access') }),
]);

export type Message = v.InferOutput<typeof schema>;

/** A message as sent, or undefined if it is none of ours. Never throws. */
export const parseMessage = (message: unknown): Message | undefined => {
  const { success, output } = v.safeParse(schema, message, { abortEarly: true });
  return success ? output : undefined;
};
