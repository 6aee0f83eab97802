/** The border to the inspected page, and to the cookie jar: what was asked for, as the page, which may lie, answered. */
import * as v from 'valibot';
import type { JarCookie } from './cookie-jar.ts';

/** Characters of one answer. Ours stay below by their own bounds: a longer one is a page that wants to be in the way. */
export const MAX_ANSWER = 4 * 1024 * 1024;

/** Documents of one answer, and values: as many as ours has. More would each be asked for, and looked through. */
const MAX_FRAMES = 64;
const MAX_ITEMS = 1_000;

const text = v.string();
/** As browsers write one (RFC 6454 section 6.1), which is shown as it stands: `null`, or '' where it is not to be known. */
const origin = v.pipe(text, v.maxLength(300), v.regex(/^(?:null|[a-z][a-z\d+.-]*:\/\/[\w.:[\]-]*)?$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const item = v.object({
  kind: v.picklist(['local_storage', 'session_storage', 'indexed_db']),
  origin,
  name: text,
  value: text,
});

const items = v.pipe(v.array(item), v.maxLength(MAX_ITEMS));

const page = v.object({
  /** Each document that could be read: its address, and `document.cookie` where that may hold a token. */
  frames: v.pipe(v.array(v.object({ url: text, origin, cookies: text })), v.maxLength(MAX_FRAMES)),
  items,
  dropped: count,
  unreadable: v.pipe(
    v.array(v.object({ origin, store: v.picklist(['local_storage', 'session_storage']) })),
    v.maxLength(2 * MAX_FRAMES),
  ),
  /** Origins of the frames that could not; '' where even that is not to be known. */
  foreign: v.pipe(v.array(origin), v.maxLength(MAX_FRAMES)),
});

const databases = v.object({ items, dropped: count, done: v.boolean(), failed: v.boolean() });

const jar = v.array(
  v.object({
    name: text,
    value: text,
    domain: text,
    hostOnly: v.boolean(),
    path: text,
    secure: v.boolean(),
    httpOnly: v.boolean(),
    sameSite: v.optional(text),
    expirationDate: v.optional(v.pipe(v.number(), v.finite())),
    partitionKey: v.nullish(v.object({ topLevelSite: v.optional(text) })),
  }),
);

export type PageAnswer = v.InferOutput<typeof page>;

const parse = <Output>(schema: v.GenericSchema<unknown, Output>, answer: unknown): Output | undefined => {
  if (typeof answer !== 'string' || answer.length > MAX_ANSWER) return undefined;
  try {
    const { success, output } = v.safeParse(schema, JSON.parse(answer), { abortEarly: true });
    return success ? output : undefined;
  } catch {
    return undefined;
  }
};

/** What the documents told, or undefined if it is not that. Never throws. */
export const parsePageAnswer = (answer: unknown): PageAnswer | undefined => parse(page, answer);

/** A part of what the databases hold; the last is `done`. Undefined where there is none to be had. Never throws. */
export const parseDatabasesAnswer = (answer: unknown): v.InferOutput<typeof databases> | undefined =>
  parse(databases, answer);

/** The cookies of a jar; undefined where it is closed to us. Never throws. */
export const parseJar = (answer: unknown): readonly JarCookie[] | undefined => {
  const { success, output } = v.safeParse(jar, answer, { abortEarly: true });
  return success ? output : undefined;
};
