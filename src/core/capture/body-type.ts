/** What a body is, told by its media type (RFC 9110 section 8.3.1) and, where that says nothing, by its address. */
import type { BodyFormat } from './records.ts';

/** `application/…` that is no text, with or without what vendors put before it. */
const BINARY_APPLICATION =
  /^(?:x-|vnd\.|vnd\.[\w.-]+\.)?(?:wasm|zip|gzip|bzip2?|7z-compressed|rar-compressed|rar|tar|pdf|protobuf|proto|grpc(?:-web)?(?:\+proto)?|cbor|msgpack|bson|avro|font[\w-]*|ms-fontobject|shockwave-flash|java-archive|sqlite3?|dash-segment)$/;
const BINARY_FAMILY = /^(?:image|font|audio|video|model)\//;
/** Types that say nothing. */
const NAMELESS = /^(?:|application\/octet-stream|binary\/octet-stream|application\/x-unknown|application\/unknown)$/;
const TEXT_ENDING = /\.(?:json|jsonl|ndjson|jwt|jose|txt|text|js|mjs|html?|xml|csv|ya?ml|md)$/i;
const BINARY_ENDING =
  /\.(?:png|jpe?g|gif|webp|avif|ico|bmp|woff2?|ttf|otf|eot|mp[34]|m4[as]|webm|og[gv]|wav|flac|wasm|zip|gz|br|7z|rar|tar|pdf|pb|bin|exe|dmg|iso)$/i;

/** The type alone, in lower case: `application/json` of `Application/JSON; charset=utf-8`. */
const essence = (mimeType: string): string => (mimeType.split(';', 1)[0] ?? '').trim().toLowerCase();

const pathOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? '';

/** Whether a body may hold text, and so tokens; what nobody has a name for may. */
export const isText = (mimeType: string, url = ''): boolean => {
  const type = essence(mimeType);
  if (/\+(?:json|xml)$/.test(type)) return true;
  if (NAMELESS.test(type)) return type === '' ? !BINARY_ENDING.test(pathOf(url)) : TEXT_ENDING.test(pathOf(url));
  return !BINARY_FAMILY.test(type) && !(type.startsWith('application/') && BINARY_APPLICATION.test(type.slice(12)));
};

/** How a body is to be read. What only looks like JSON is read as that all the same. */
export const formatOf = (mimeType: string, text: string): BodyFormat => {
  const type = essence(mimeType);
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (type.startsWith('multipart/')) return 'multipart';
  if (/[/+-](?:json|ndjson|json5|jsonl|json-seq)$/.test(type)) return 'json';
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  if (/[/-](?:java|ecma)script$/.test(type)) return 'javascript';
  return /^\s{0,64}(?:[{"]|\[\s{0,64}[[{"])/.test(text) ? 'json' : 'text';
};
