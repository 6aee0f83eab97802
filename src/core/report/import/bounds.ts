/** What is read and kept of a file. Whoever made it may have meant harm, and half of all files are larger than they look. */
export interface Bounds {
  /** Octets that are read at once, at least: few entries stand in two of them. After each it is told how far it is. */
  readonly block: number;
  /** Octets of one string of JSON. The bodies of an ordinary exchange are far below; what is longer is left out of its entry, as is a body that becomes longer when unpacked. */
  readonly string: number;
  /** Octets of all bodies of a file that are unpacked: each may stand for a thousand times as many, and a file has many. */
  readonly unpacked: number;
  /** Octets of one entry, without such strings, and of one line of text: it is in memory two or three times while it is read. */
  readonly entry: number;
  /** Tokens, exchanges and sightings: what the panel was measured with, and shows without delay. */
  readonly tokens: number;
  readonly exchanges: number;
  readonly sightings: number;
  /** Characters of the addresses and tokens that are kept; of ten thousand tokens as they are, a third. */
  readonly characters: number;
}

export const BOUNDS: Bounds = {
  block: 1024 * 1024,
  string: 32 * 1024 * 1024,
  unpacked: 1024 * 1024 * 1024,
  entry: 48 * 1024 * 1024,
  tokens: 10_000,
  exchanges: 100_000,
  sightings: 100_000,
  characters: 64 * 1024 * 1024,
};
