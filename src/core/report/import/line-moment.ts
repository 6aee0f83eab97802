import { momentOf } from './moment.ts';

/** What stands before the time in log files: a bracket, a level, an address and a name, as in the common log format. */
const MAX_BEFORE = 200;
/** `[10/Oct/2000:13:55:36 -0700]` of the common log format, which Apache and nginx write. */
const COMMON = /\[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})\]/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The time at the beginning of a log's line, in ms since the epoch: ISO 8601, alone or in brackets, or that of the common
 * log format. Undefined where there is none, or none with a zone.
 */
export const lineMomentOf = (line: string): number | undefined => {
  const moment = momentOf(line.slice(line.startsWith('[') ? 1 : 0, MAX_BEFORE));
  if (moment !== undefined) return moment;
  const [, day, name = '', year, time, zone] = COMMON.exec(line.slice(0, MAX_BEFORE)) ?? [];
  const month = MONTHS.indexOf(name) + 1;
  return month === 0 ? undefined : momentOf(`${year}-${String(month).padStart(2, '0')}-${day}T${time}${zone}`);
};

/** ISO 8601 without a zone, and nothing else that could be one. */
const ZONELESS = /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

/** Whether a line begins with a time of which nobody knows whose clock it was. */
export const isZoneless = (line: string): boolean => ZONELESS.test(line) && lineMomentOf(line) === undefined;
