/** How far a server's clock is from the device's, and how well that is known. */
import { formatDuration } from '../../core/judge/duration.ts';
import type { ClockOffset } from '../../core/judge/verdict.ts';
import type { PanelSource } from '../source.ts';
import type { Words } from './words.ts';

/** From here on tenths of a second say nothing. */
const TENTHS_BELOW = 10_000;

const inSeconds = (source: PanelSource, ms: number): string => {
  const length = Math.abs(ms);
  if (length >= TENTHS_BELOW) return formatDuration(Math.round(length / 1000) * 1000, source.text);
  const number = new Intl.NumberFormat(source.language, { maximumFractionDigits: 1 });
  return source.text('unit_s', number.format(Math.ceil(length / 100) / 10));
};

/** `± 0.4 s, from 12 answers` */
export const clockPrecision = (source: PanelSource, words: Words, { low, high, samples }: ClockOffset): string =>
  source.text('clock_precision', inSeconds(source, (high - low) / 2), words.count('answers', samples));

/** `1.2 s ahead of yours, ± 0.4 s, from 12 answers`; in step where the clocks may be the same. */
export const clockText = (source: PanelSource, words: Words, clock: ClockOffset): string => {
  const { low, high } = clock;
  const middle = (low + high) / 2;
  const state = low <= 0 && high >= 0 ? 'in_step' : middle < 0 ? 'behind' : 'ahead';
  const off = state === 'in_step' ? '' : inSeconds(source, middle);
  return `${source.text(`clock_is_${state}`, off)}, ${clockPrecision(source, words, clock)}`;
};
