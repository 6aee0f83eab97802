/** With the byte order mark kept: JSON must not begin with one (RFC 8259 section 8.1), so it has to be seen. */
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LENIENT = new TextDecoder('utf-8', { ignoreBOM: true });

export interface Utf8Text {
  /** What is not UTF-8 stands as U+FFFD. */
  readonly text: string;
  /** Index of the first octet that belongs to no character; absent where all is UTF-8. */
  readonly invalidAt?: number;
}

const isPrefix = (bytes: Uint8Array<ArrayBuffer>): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
};

/** By halving: the platform's decoder says that something is wrong, not where. */
const firstInvalid = (bytes: Uint8Array<ArrayBuffer>): number => {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isPrefix(bytes.subarray(0, middle + 1))) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Takes octets; gives their text, and where it is not UTF-8 (RFC 3629). `invalidAt` is the length when the end is cut off. Never throws. */
export const readUtf8 = (bytes: Uint8Array<ArrayBuffer>): Utf8Text => {
  try {
    return { text: STRICT.decode(bytes) };
  } catch {
    return { text: LENIENT.decode(bytes), invalidAt: firstInvalid(bytes) };
  }
};
