/**
 * HAR 1.2 as http://www.softwareishard.com/blog/har-12-spec/ has it: what must be there and of which type. Members that
 * begin with an underscore are custom; any other that is not named here is an error.
 */
import * as v from 'valibot';

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(-1));
/** ms; -1 where it does not apply. */
const duration = v.pipe(v.number(), v.minValue(-1));
const needed = v.pipe(v.number(), v.minValue(0));
/** ISO 8601: `YYYY-MM-DDThh:mm:ss.sTZD`. */
const time = v.pipe(text, v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d+(?:Z|[+-]\d{2}:\d{2})$/));
const comment = v.optional(text);

const named = v.strictObject({ name: text, value: text, comment });
const cookie = v.strictObject({
  ...{ name: text, value: text, comment },
  ...{ path: v.optional(text), domain: v.optional(text), expires: v.optional(time) },
  ...{ httpOnly: v.optional(v.boolean()), secure: v.optional(v.boolean()) },
  // Not in the specification; both browsers write it.
  sameSite: v.optional(text),
});

const request = v.strictObject({
  ...{ method: text, url: text, httpVersion: text },
  ...{ cookies: v.array(cookie), headers: v.array(named), queryString: v.array(named) },
  postData: v.optional(
    v.strictObject({ mimeType: text, params: v.pipe(v.array(named), v.maxLength(0)), text, comment }),
  ),
  ...{ headersSize: count, bodySize: count, comment },
});

const response = v.strictObject({
  ...{ status: count, statusText: text, httpVersion: text },
  ...{ cookies: v.array(cookie), headers: v.array(named) },
  content: v.strictObject({ size: count, mimeType: text, text: v.optional(text), comment }),
  ...{ redirectURL: text, headersSize: count, bodySize: count, comment },
});

const entry = v.strictObject({
  ...{ startedDateTime: time, time: needed, request, response },
  cache: v.strictObject({}),
  timings: v.strictObject({
    ...{ blocked: v.optional(duration), dns: v.optional(duration), connect: v.optional(duration) },
    ...{ send: needed, wait: needed, receive: needed, ssl: v.optional(duration), comment },
  }),
  comment,
});

const har = v.strictObject({
  log: v.strictObject({
    version: v.literal('1.2'),
    creator: v.strictObject({ name: text, version: text, comment }),
    pages: v.optional(v.array(v.unknown())),
    entries: v.array(entry),
    comment,
  }),
});

/** Throws where it is none. Custom members are left out. */
export const parseHar = (file: string): v.InferOutput<typeof har> =>
  v.parse(
    har,
    JSON.parse(file, (name, value) => (name.startsWith('_') ? undefined : value)),
  );
