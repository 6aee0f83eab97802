/**
 * The filter of the exchanges: words that all must hold. `status:401`, `status:4xx`, `method:post`, `host:api`,
 * `is:refused`, `decision:reject`, `reason:expired`, `-word` for its opposite, and anything else as text in method,
 * URL and reason.
 */
import type { ExchangeRecord } from '../../core/capture/records.ts';
import { isRefused } from '../../core/judge/answered.ts';
import { hostOf } from './address-of.ts';
import { parseFilter, type Term } from './filter.ts';
import type { Judgement } from './judgements.ts';

/** An exchange as the filter looks at it. */
export interface Filtered {
  readonly exchange: ExchangeRecord;
  /** Method and URL in lower case. */
  readonly searchText: string;
  readonly judgement: Judgement;
  /** The reason in a few words, in lower case. */
  readonly reason: string;
}

const FIELDS = ['is', 'status', 'method', 'host', 'decision', 'reason'];
/** Terms that cannot be told before the exchange was judged; a free word may stand in the reason. */
const JUDGED: ReadonlySet<string> = new Set(['', 'decision', 'reason']);

export const parseExchangeFilter = (text: string): readonly Term[] => parseFilter(text, FIELDS);

export const asksForJudgement = (terms: readonly Term[]): boolean => terms.some(({ field }) => JUDGED.has(field));

const between = ({ status = 0 }: ExchangeRecord, from: number, to: number): boolean => status >= from && status < to;

const STATES: Readonly<Record<string, (exchange: ExchangeRecord) => boolean>> = {
  refused: isRefused,
  accepted: (exchange) => between(exchange, 200, 300),
  redirect: (exchange) => between(exchange, 300, 400),
  failed: ({ error }) => error !== undefined,
  pending: ({ status, error }) => status === undefined && error === undefined,
  opaque: ({ opaque = [] }) => opaque.length > 0,
};

const STATE_WORDS = Object.keys(STATES);

/** `401`, and while it is typed `4`; `4xx`. */
const hasStatus = ({ status }: ExchangeRecord, value: string): boolean =>
  status !== undefined && String(status).startsWith(value.replace(/x+$/, ''));

const holds = ({ field, value }: Term, { exchange, searchText, judgement, reason }: Filtered): boolean => {
  switch (field) {
    case '':
      return searchText.includes(value) || reason.includes(value);
    case 'is':
      return STATE_WORDS.some((word) => word.startsWith(value) && STATES[word]?.(exchange));
    case 'status':
      return hasStatus(exchange, value);
    case 'method':
      return exchange.method.toLowerCase().startsWith(value);
    case 'host':
      return hostOf(exchange).includes(value);
    case 'decision':
      return (judgement.decision?.decision ?? 'none').startsWith(value);
    default: // `reason:`, by its code in the language of the code, or by its words in the person's
      return judgement.why !== undefined && (judgement.why.code.includes(value) || reason.includes(value));
  }
};

/** Whether an exchange passes all terms. */
export const passesExchange = (terms: readonly Term[], exchange: Filtered): boolean => {
  for (const term of terms) {
    if (holds(term, exchange) === term.negated) return false;
  }
  return true;
};
