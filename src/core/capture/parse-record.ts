/** The border between `storage.session` and the records. */
import * as v from 'valibot';
import { type CaptureRecord, RECORD_VERSION, recordKey } from './records.ts';

const version = v.literal(RECORD_VERSION);
const text = v.string();
/** Never infinite. */
export const number = v.pipe(
  v.number(),
  v.check((given) => Number.isFinite(given)),
);

/** Where in a message a token stood; of the kinds that are stored. */
export const place = v.object({
  kind: v.picklist([
    'request_header',
    'cookie',
    'websocket_protocol',
    'url_query',
    'url_path',
    'url_fragment',
    'set_cookie',
    'response_header',
    'request_body',
    'response_body',
    'paste',
    'selection',
  ]),
  name: text,
  scheme: v.optional(text),
  path: v.optional(text),
  chunks: v.optional(number),
  attributes: v.optional(
    v.object({
      domain: v.optional(text),
      path: v.optional(text),
      expires: v.optional(number),
      maxAge: v.optional(number),
      secure: v.optional(v.boolean()),
      httpOnly: v.optional(v.boolean()),
      sameSite: v.optional(text),
      partitioned: v.optional(v.boolean()),
    }),
  ),
  from: v.optional(v.literal('location')),
  format: v.optional(v.picklist(['json', 'form', 'multipart', 'html', 'javascript', 'text'])),
  cut: v.optional(v.literal(true)),
});

/** By the type that the record's key begins with: a table and not `v.variant`, whose weight is the background's. */
const SCHEMAS = {
  token: v.object({ v: version, type: v.literal('token'), id: text, tab: number, compact: text, firstSeen: number }),
  sighting: v.object({
    v: version,
    type: v.literal('sighting'),
    id: text,
    tab: number,
    token: text,
    exchange: text,
    place,
    at: number,
  }),
  exchange: v.object({
    v: version,
    type: v.literal('exchange'),
    id: text,
    tab: number,
    frame: number,
    method: text,
    url: text,
    resource: text,
    start: number,
    startUnknown: v.optional(v.literal(true)),
    end: v.optional(number),
    status: v.optional(number),
    date: v.optional(text),
    wwwAuthenticate: v.optional(v.array(text)),
    dpopNonce: v.optional(text),
    location: v.optional(text),
    error: v.optional(text),
    initiator: v.optional(text),
    witness: v.picklist(['background', 'devtools', 'both']),
    told: v.optional(text),
    opaque: v.optional(v.array(text)),
    grant: v.optional(text),
  }),
  tab: v.object({
    v: version,
    type: v.literal('tab'),
    tab: number,
    requests: number,
    opaque: number,
    dropped: number,
    skipped: v.optional(number),
    binary: v.optional(number),
  }),
};

const isType = (text: string): text is keyof typeof SCHEMAS => Object.hasOwn(SCHEMAS, text);

/**
 * What stands under `key` in storage, as a record; undefined for another version, another shape, or a record that
 * stands under a key not its own. Members that the shape does not name are left behind. Never throws.
 */
export const parseRecord = (key: string, stored: unknown): CaptureRecord | undefined => {
  const [type = ''] = key.split('/', 1);
  if (!isType(type)) return;
  const { success, output } = v.safeParse(SCHEMAS[type], stored, { abortEarly: true });
  return success && recordKey(output) === key ? output : undefined;
};
