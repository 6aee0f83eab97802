/** Texts of `_locales`: a key and its `$1…$9`. */
export type Text = (key: string, ...substitutions: readonly string[]) => string;

export type DurationUnit = 'y' | 'd' | 'h' | 'min' | 's';

export interface DurationPart {
  readonly value: number;
  readonly unit: DurationUnit;
}

const SECOND = 1000;
const UNITS: readonly (readonly [DurationUnit, number])[] = [
  ['y', 31_557_600 * SECOND], // 365.25 days
  ['d', 86_400 * SECOND],
  ['h', 3600 * SECOND],
  ['min', 60 * SECOND],
  ['s', SECOND],
];

/** From here on the hours beside the days are noise. */
const DAYS_ALONE = 7;

/**
 * A length of time in ms, its sign dropped, as its two largest neighbouring units, cut off: 4 min 32 s, 3 h 5 min, 12 d.
 * Never empty; a zero second part is left out.
 */
export function durationParts(ms: number): readonly DurationPart[] {
  const length = Number.isFinite(ms) ? Math.abs(ms) : 0;
  const first = UNITS.findIndex(([, size]) => length >= size);
  const [unit, size] = UNITS[first] ?? ['s', SECOND];
  const head = { value: Math.floor(length / size), unit };
  const next = UNITS[first + 1];
  if (first < 0 || next === undefined || (unit === 'd' && head.value >= DAYS_ALONE)) return [head];
  const value = Math.floor((length % size) / next[1]);
  return value === 0 ? [head] : [head, { value, unit: next[0] }];
}

/** The same in the person's language, through `unit_y`, `unit_d`, `unit_h`, `unit_min` and `unit_s`. */
export const formatDuration = (ms: number, text: Text): string =>
  durationParts(ms)
    .map(({ value, unit }) => text(`unit_${unit}`, String(value)))
    .join(' ');

/** For a countdown: `4:32`, `1:04:32` below a day (digits keep their places), else as `formatDuration`. */
export function formatCountdown(ms: number, text: Text): string {
  const seconds = Math.floor(Math.abs(ms) / SECOND);
  if (seconds >= 86_400 || !Number.isFinite(seconds)) return formatDuration(ms, text);
  const [h, min, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(min)}:${two(s)}` : `${min}:${two(s)}`;
}
