/** What the reading of a file tells, piece by piece. Shapes only; the reader runs in a worker. */
import type { CaptureRecord } from '../../capture/records.ts';
import type { RingKey } from '../../trust/signature.ts';

/** `log` is our own export. */
export type ImportFormat = 'har' | 'log' | 'text';

/** Closed: each code has a sentence `import_problem_<code>`. */
export type ImportProblemCode =
  | 'empty'
  | 'not_text' // octets that are neither UTF-8 nor UTF-16
  | 'json' // JSON that breaks; detail: what stands there
  | 'cut' // the file ends in the middle
  | 'version' // an export of a later version; detail: it
  | 'not_a_log' // JSON, but neither HAR nor our own, and no token in it
  | 'nothing' // read to its end, and no token was in it
  | 'entry' // one entry is not what HAR or our own format says; detail: how many in all
  | 'packed' // bodies in base64 that are still packed, and not all of them could be unpacked; detail: how many in all
  | 'too_long' // entries, lines or unpacked bodies longer than the bound, which were left out; detail: how many in all
  | 'too_many'; // records beyond the bound; detail: how many were left out

export interface ImportProblem {
  readonly code: ImportProblemCode;
  /** Octets from the file's beginning, and the line and column (in characters) there, 1-based; of the first such. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly detail?: string;
}

/** What came out of the file since the last of these. */
export interface ImportPiece {
  /** Octets read so far. */
  readonly read: number;
  readonly records: readonly CaptureRecord[];
  /** All keys of the JWK sets in it, where that has changed. */
  readonly keys?: readonly RingKey[];
}

export interface ImportEnd {
  readonly format: ImportFormat;
  /** Who wrote the file, by its own word: `WebInspector 537.36`, `Firefox 153`. */
  readonly creator?: string;
  /** Requests, or lines of text, that were read. */
  readonly read: number;
  /** Our own export, redacted: signatures were taken off before. */
  readonly redacted?: true;
  /** HAR without any credential header or cookie, as Chromium saves it unless asked for sensitive data. */
  readonly sanitized?: true;
  /** Bodies that were in the exchanges but not in the file. */
  readonly withoutBodies?: true;
  /** A text with lines whose times have no zone, and are not used: whose clock it was nobody knows. */
  readonly zoneless?: true;
  /** ms since the epoch: of an own export, when it was written. */
  readonly at?: number;
  /** In the order of the file; none: all was read. */
  readonly problems: readonly ImportProblem[];
}
