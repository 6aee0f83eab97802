/** What a comparison says before its tables: time, key, form and bytes, a sentence each. */
import type { Comparison, Side } from '../../core/judge/compare.ts';
import { formatDuration } from '../../core/judge/duration.ts';
import { shown } from '../../core/token/shown.ts';
import { visibleText } from '../../core/token/visible.ts';
import type { PanelSource } from '../source.ts';

type Source = Pick<PanelSource, 'text' | 'language'>;

/** Hostile text inside of a sentence. */
const quoted = (text: string): string => visibleText(shown(text));

/** `1 h later`: a distance in time with its direction; '' for none. */
export const distance = ({ text }: Source, ms: number): string =>
  ms === 0 ? '' : text(ms > 0 ? 'compare_later' : 'compare_earlier', formatDuration(ms, text));

const lifeSentence = ({ text }: Source, { left, right }: Comparison['time']['life']): string => {
  if (left === undefined || right === undefined) return '';
  const [one, other] = [formatDuration(left, text), formatDuration(right, text)];
  if (left === right) return text('compare_lives_same', one);
  const code = right > left ? 'compare_lives_longer' : 'compare_lives_shorter';
  return text(code, formatDuration(right - left, text), other, one);
};

const endlessSentence = ({ text }: Source, endless: readonly Side[]): string => {
  const [side, other] = endless;
  return side ? text(`compare_endless_${other ? 'both' : side}`) : '';
};

const movedSentence = (source: Source, what: 'issued' | 'expires', ms: number | undefined): string => {
  if (ms === undefined) return '';
  return ms === 0 ? source.text(`compare_${what}_same`) : source.text(`compare_${what}`, distance(source, ms));
};

export const timeSentences = (source: Source, { time }: Comparison): readonly string[] =>
  [
    movedSentence(source, 'issued', time.issued),
    lifeSentence(source, time.life),
    movedSentence(source, 'expires', time.expires),
    endlessSentence(source, time.endless),
  ].filter((sentence) => sentence !== '');

export const keySentences = ({ text }: Source, { key, alg, form }: Comparison): readonly string[] => {
  const kids = 'kid' in key ? [quoted(key.kid), ...('otherKid' in key ? [quoted(key.otherKid)] : [])] : [];
  return [
    text(`compare_key_${key.code}`, ...kids),
    alg ? text('compare_alg', quoted(alg.left) || '–', quoted(alg.right) || '–') : '',
    form ? text('compare_form', text(`compare_form_${form.left}`), text(`compare_form_${form.right}`)) : '',
  ].filter((sentence) => sentence !== '');
};

const bothOr = ([side, other]: readonly Side[]): Side | 'both' => (other ? 'both' : (side ?? 'both'));

export const byteSentences = ({ text, language }: Source, comparison: Comparison): readonly string[] => {
  const { identical, header, payload, size } = comparison;
  if (identical) return [text('compare_identical')];
  const number = new Intl.NumberFormat(language);
  const isSaid = header.text === 'same' && payload.text === 'same';
  return [
    isSaid ? text('compare_only_signature') : '',
    header.text === 'rewritten' ? text('compare_rewritten_header') : '',
    payload.text === 'rewritten' ? text('compare_rewritten_payload') : '',
    payload.unread.length > 0
      ? text(`compare_unread_${bothOr(payload.unread)}`)
      : payload.broken.length > 0
        ? text(`compare_broken_${bothOr(payload.broken)}`)
        : '',
    text('compare_size', number.format(size.left), number.format(size.right)),
  ].filter((sentence) => sentence !== '');
};
