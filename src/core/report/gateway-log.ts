/** The gateway's log as a file: each exchange with what a policy would have said, and why it was refused. Redacted always. */
import type { ExchangeRecord } from '../capture/records.ts';
import type { Decision, PolicyCheckName } from '../judge/policy.ts';
import { csvOf } from './csv.ts';
import type { Log } from './exported.ts';
import { namesOf } from './log-names.ts';
import { leakScanner } from './proof.ts';
import { redactor } from './redact.ts';
import { secretsOf } from './secrets.ts';

/*
 * The JSON file, version 1:
 * {
 *   "claimcheck": 1, "kind": "gateway-log", "exportedAt": ISO, "version": "0.1.0", "browser": "chromium", "redacted": true,
 *   "exchanges": [{
 *     "time": ISO, "method", "url", "origin", "status": number or null,
 *     "token": "token-3", "tokenKind", "alg", "iss", "aud": of the token that the answer is about; '' where there is none,
 *     "decision": "accept" | "reject" | "undecided" | "" (no policy), "failed": the first check that fails,
 *     "reason": code, "sentence": in the person's language
 *   }]
 * }
 * The CSV file has the same names as its first row. `token-3` is the third token of the log, as in an export of all.
 * Of the claims only `iss` and `aud` go out: the others are about persons.
 */
export const GATEWAY_LOG_VERSION = 1;

/** One exchange, in the order of the file. */
export interface GatewayRow {
  readonly exchange: ExchangeRecord;
  readonly token?: {
    /** TokenRecord.id */
    readonly id: string;
    readonly kind: string;
    readonly alg: string;
    readonly iss: string;
    readonly aud: string;
  };
  readonly decision?: Decision['decision'];
  readonly failed?: PolicyCheckName;
  readonly reason?: string;
  readonly sentence?: string;
}

export interface GatewayLogOptions {
  readonly format: 'csv' | 'json';
  /** ms since the epoch */
  readonly at: number;
  /** The extension's. */
  readonly version: string;
  readonly browser: string;
}

export type GatewayLogFile =
  | { readonly text: string }
  /** The proof found this many captured strings in the finished text: there is no file. */
  | { readonly error: 'leak'; readonly found: number };

const COLUMNS = [
  ...(['time', 'method', 'url', 'origin', 'status', 'token', 'tokenKind', 'alg', 'iss', 'aud'] as const),
  ...(['decision', 'failed', 'reason', 'sentence'] as const),
];

type Cells = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** ECMAScript's dates end 8.64e15 ms from the epoch. */
const iso = (ms: number): string => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : '');

/**
 * The file's text. Every captured token reads `token-N` wherever it stood, and other secrets `***`; the finished text is
 * searched for each captured token and login code before it is given out. Pure, never throws; linear in log and rows.
 * @param log all that was captured: what must not be in the file
 */
export function gatewayLog(log: Log, rows: readonly GatewayRow[], options: GatewayLogOptions): GatewayLogFile {
  const names = namesOf(log);
  const exchanges = [...new Set([...log.exchanges, ...rows.map(({ exchange }) => exchange)])];
  const scan = leakScanner(secretsOf({ ...log, exchanges }));
  const { text: redact, address } = redactor(names.compacts, scan);

  const cellsOf = ({ exchange, token, decision, failed, reason, sentence }: GatewayRow): Cells => ({
    time: iso(exchange.start),
    method: redact(exchange.method),
    url: redact(address(exchange.url)),
    origin: redact(URL.parse(exchange.url)?.origin ?? ''),
    status: exchange.status === undefined ? '' : String(exchange.status),
    token: token ? (names.tokens.get(token.id) ?? '') : '',
    tokenKind: token?.kind ?? '',
    alg: redact(token?.alg ?? ''),
    iss: redact(token?.iss ?? ''),
    aud: redact(token?.aud ?? ''),
    decision: decision ?? '',
    failed: failed ?? '',
    reason: reason ?? '',
    sentence: redact(sentence ?? ''),
  });

  const cells = rows.map(cellsOf);
  const text = options.format === 'csv' ? asCsv(cells) : asJson(cells, options);
  const found = scan(text).length;
  return found > 0 ? { error: 'leak', found } : { text };
}

const asCsv = (rows: readonly Cells[]): string =>
  csvOf([COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))]);

const asJson = (rows: readonly Cells[], { at, version, browser }: GatewayLogOptions): string => {
  const head = {
    ...{ claimcheck: GATEWAY_LOG_VERSION, kind: 'gateway-log', exportedAt: iso(at), version, browser, redacted: true },
  };
  const lines = rows.map(
    (row) => `\n${JSON.stringify({ ...row, status: row.status === '' ? null : Number(row.status) })}`,
  );
  return `${JSON.stringify(head).slice(0, -1)},\n"exchanges": [${lines.join(',')}]\n}\n`;
};
