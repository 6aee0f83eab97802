/** How the cookbook writes its tokens down. */
import * as v from 'valibot';

/** What its names for the serialisations mean, as the decoder calls them. */
export const SERIALIZATIONS: Readonly<Record<string, string>> = {
  compact: 'compact',
  json: 'general',
  json_flat: 'flattened',
};

/** Compact, or a JSON serialisation as an object. */
export const token = v.union([v.string(), v.looseObject({})]);

/** As it would be pasted. */
export const textOf = (value: v.InferOutput<typeof token>): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
