/** Of the JSON file that write-json.ts writes and import reads: what a reader of an older one would misread has a higher. */
export const EXPORT_VERSION = 1;
