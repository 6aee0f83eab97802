/** Words that depend on numbers: counts in the plural that the language wants, and what is left of a life. */
import { formatCountdown, formatDuration } from '../../core/judge/duration.ts';
import type { TimeAnswer } from '../../core/judge/verdict.ts';
import type { Entry } from '../model/log.ts';
import { isSealed } from '../model/opened.ts';
import type { PanelSource } from '../source.ts';
import { usePanel } from './panel-context.ts';

export interface Words {
  /** `1 request`, `38 requests`: texts `count_<what>_one` and `_other`; the languages there are need no more. */
  count(what: string, number: number): string;
  /** A row's right edge: `4:32`, `expired 2 min`, `sealed`. */
  life(
    entry: Entry,
    time: TimeAnswer,
  ): { readonly text: string; readonly tone: 'good' | 'plain' | 'warn' | 'bad' | 'dim' };
}

/** A DPoP proof has no end of its own: it serves the request that it was made for (RFC 9449 section 4.2). */
export const isForOneRequest = ({ kind }: Entry, time: TimeAnswer): boolean =>
  kind === 'dpop_proof' && time.state === 'never_expires';

const made = new WeakMap<PanelSource, Words>();

const makeWords = (source: PanelSource): Words => {
  const plural = new Intl.PluralRules(source.language);
  const number = new Intl.NumberFormat(source.language);
  return {
    count: (what, many) =>
      source.text(`count_${what}_${plural.select(many) === 'one' ? 'one' : 'other'}`, number.format(many)),
    life(entry, time) {
      if (isSealed(entry)) return { text: source.text('life_sealed'), tone: 'dim' };
      if (entry.decoded.form === 'malformed') return { text: source.text('life_malformed'), tone: 'warn' };
      if (isForOneRequest(entry, time)) return { text: source.text('life_once'), tone: 'dim' };
      const left = time.left ?? 0;
      switch (time.state) {
        case 'valid':
          return { text: formatCountdown(left, source.text), tone: 'plain' };
        case 'expiring':
          return { text: source.text('life_expiring', formatCountdown(left, source.text)), tone: 'warn' };
        case 'expired':
          return { text: source.text('life_expired', formatDuration(left, source.text)), tone: 'bad' };
        case 'not_yet_valid':
          return {
            text: source.text('life_not_yet_valid', formatCountdown(time.remaining ?? 0, source.text)),
            tone: 'warn',
          };
        case 'never_expires':
          return { text: source.text('life_never_expires'), tone: 'dim' };
        case 'unreadable':
          return time.problems.length > 0
            ? { text: source.text('life_unreadable'), tone: 'warn' }
            : { text: source.text('life_none'), tone: 'dim' };
      }
    },
  };
};

/** The words of this panel's language. */
export const useWords = (): Words => {
  const { source } = usePanel();
  const words = made.get(source) ?? makeWords(source);
  made.set(source, words);
  return words;
};
