/** The octets of a value that stands in several chunks. */
export interface KeptOctets {
  readonly length: () => number;
  add(octets: Uint8Array<ArrayBuffer>): void;
  /** Forgets what is behind the first `length` octets. */
  cutTo(length: number): void;
  /** All of them in one piece, which is none of its own where there was only one; forgets them. */
  take(): Uint8Array<ArrayBuffer>;
}

export const createKeptOctets = (): KeptOctets => {
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;

  const joined = (): Uint8Array<ArrayBuffer> => {
    const [first] = parts;
    if (first && parts.length === 1) return first;
    const all = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  };

  return {
    length: () => length,
    add(octets) {
      if (octets.length === 0) return;
      parts.push(octets);
      length += octets.length;
    },
    cutTo(wanted) {
      while (length > wanted) {
        const last = parts.pop();
        if (!last) return;
        length -= last.length;
        if (length < wanted) {
          parts.push(last.subarray(0, wanted - length));
          length = wanted;
        }
      }
    },
    take() {
      const all = joined();
      parts = [];
      length = 0;
      return all;
    },
  };
};
