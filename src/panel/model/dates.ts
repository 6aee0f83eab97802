/** Dates as people read them. Formatters are costly to make, so each panel makes its own once. */

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

export interface Dates {
  /** `14:02:11`, with the date before it when it is not today. All times in ms since the epoch. */
  local(at: number, now: number): string;
  /** `2026-11-21 14:02:11 UTC` */
  utc(at: number): string;
  /** `2 minutes ago`, `in 3 hours` */
  relative(at: number, now: number): string;
}

const isDate = (at: number) => Number.isFinite(new Date(at).getTime());

export const createDates = (language: string): Dates => {
  const clock = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'long' });
  return {
    local(at, now) {
      if (!isDate(at)) return '–';
      const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
      return sameDay ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`;
    },
    utc: (at) =>
      isDate(at)
        ? new Date(at)
            .toISOString()
            .replace('T', ' ')
            .replace(/\.\d+Z$/, ' UTC')
        : '–',
    relative(at, now) {
      if (!isDate(at)) return '–';
      const seconds = (at - now) / 1000;
      const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
      return relative.format(Math.trunc(seconds / size), unit);
    },
  };
};
