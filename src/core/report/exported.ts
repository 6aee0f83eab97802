/** What is exported, in which form, and what comes of it. Shapes only. */
import type { ExchangeRecord, SightingRecord, TokenRecord } from '../capture/records.ts';

export type ExportFormat = 'json' | 'csv' | 'markdown' | 'har';

export interface Log {
  readonly tokens: readonly TokenRecord[];
  readonly sightings: readonly SightingRecord[];
  readonly exchanges: readonly ExchangeRecord[];
}

export interface ExportOptions {
  /** `json` unless it says otherwise. */
  readonly format?: ExportFormat;
  /** TokenRecord.id of the only tokens that go out, with the exchanges that carried them; the whole log without it. */
  readonly only?: readonly string[];
  /** With the credentials, as captured. */
  readonly live: boolean;
  /** ms since the epoch */
  readonly at: number;
  /** The extension's. */
  readonly version: string;
  readonly browser: string;
  /** Names of claims whose values are not to go out; ignored when `live`. */
  readonly maskClaims?: readonly string[];
  /** What a person typed as keys: no secret of them may be in the file, unless `live`. */
  readonly keys?: readonly string[];
  /** What the panel says of the tokens and exchanges; for CSV, and for the report. Others than those that go out are no matter. */
  readonly verdicts?: Verdicts;
}

/** One of the four answers: a closed code for machines, and words for people. */
export interface AnswerCell {
  readonly code: string;
  readonly words: string;
}

/** What the panel says of one token at the moment of the export. The words quote claims: they are redacted with them. */
export interface TokenVerdict {
  /** TokenRecord.id */
  readonly id: string;
  readonly kind: AnswerCell;
  readonly alg: string;
  readonly signature: AnswerCell;
  readonly time: AnswerCell;
  readonly policy: AnswerCell;
  readonly trust: AnswerCell;
  readonly sentence: string;
  /** Exchanges that carried it, and how many of them were answered 401 or 403. */
  readonly requests: number;
  readonly refused: number;
  readonly hosts: readonly string[];
}

/** Why one exchange was refused. */
export interface Refusal {
  /** ExchangeRecord.id */
  readonly id: string;
  /** TokenRecord.id of the one that the answer is about. */
  readonly token?: string;
  readonly reason: string;
  readonly sentence: string;
  readonly evidence: readonly string[];
}

/** What the report says in words of its own: `report_<word>` in `_locales`. */
export const REPORT_WORDS = [
  ...(['title', 'exported', 'version', 'browser', 'redacted', 'live', 'part', 'tokens', 'exchanges'] as const),
  ...(['refusals', 'no_refusals', 'answered', 'reason', 'token', 'kind', 'alg', 'iss', 'sub'] as const),
  ...(['issued_at', 'expires_at', 'first_seen', 'requests', 'refused', 'places', 'hosts'] as const),
  ...(['compact', 'unreadable', 'more'] as const),
] as const;
/** And in those that the panel has for the same. */
type SharedWord = 'signature' | 'time' | 'policy' | 'trust' | 'verdict' | 'header' | 'payload';
export type ReportWord = (typeof REPORT_WORDS)[number] | SharedWord;

export interface Verdicts {
  readonly tokens: readonly TokenVerdict[];
  readonly refusals: readonly Refusal[];
  /** In the person's language; a missing one is told by its name. */
  readonly words: Readonly<Partial<Record<ReportWord, string>>>;
}

export interface ExportCounts {
  readonly tokens: number;
  readonly exchanges: number;
  readonly sightings: number;
  readonly replaced: Replaced;
}

/** How often something was taken out of what goes out. */
export interface Replaced {
  /** Signatures, encrypted parts not among them, and the disclosures of an SD-JWT. */
  readonly signatures: number;
  /** Captured tokens, by their placeholder. */
  readonly tokens: number;
  /** Whatever else opens a door, or looks like it. */
  readonly secrets: number;
  /** Of them apart: parts of addresses' paths that look like keys. */
  readonly paths: number;
  /** Values of claims that were chosen. */
  readonly claims: number;
}

export type Exported =
  | { readonly text: string; readonly counts: ExportCounts }
  /** The proof found this many captured strings in the finished text: there is no file. */
  | { readonly error: 'leak'; readonly found: number };
