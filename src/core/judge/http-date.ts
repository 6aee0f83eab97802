const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const LONG_DAY = '(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH = `(?<month>${MONTHS.join('|')})`;
const TIME = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)';

const FORMS = [
  new RegExp(`^${DAY}, (?<day>\\d\\d) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(`^${LONG_DAY}, (?<day>\\d\\d)-${MONTH}-(?<year>\\d\\d) ${TIME} GMT$`),
  new RegExp(`^${DAY} ${MONTH} (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
];

/** RFC 9110: a two-digit year more than 50 years ahead is one of the past. */
const YEARS_AHEAD = 50;

/**
 * An HTTP-date in any of its three forms (RFC 9110 section 5.6.7), as ms since the epoch; undefined for anything else.
 * `near` (ms since the epoch) decides the century of the obsolete two-digit years.
 */
export function parseHttpDate(text: string, near: number): number | undefined {
  const parts = FORMS.map((form) => form.exec(text.trim())?.groups).find((groups) => groups !== undefined);
  if (parts === undefined) return undefined;
  const month = MONTHS.indexOf(parts.month ?? '');
  const [day, hour, minute, second] = [
    Number(parts.day),
    Number(parts.hour),
    Number(parts.minute),
    Number(parts.second),
  ];
  let year = Number(parts.year);
  if (parts.year?.length === 2) {
    const limit = new Date(near).getUTCFullYear() + YEARS_AHEAD;
    if (Number.isNaN(limit)) return undefined;
    year = limit - ((((limit - year) % 100) + 100) % 100);
  }
  // A leap second (60) is allowed by the grammar and is the next minute's first. Date.UTC takes years below 100 for 19xx.
  if (hour > 23 || minute > 59 || second > 60 || year < 100) return undefined;
  const ms = Date.UTC(year, month, day, hour, minute, second);
  const sameDay = new Date(Date.UTC(year, month, day)).getUTCDate() === day;
  return sameDay && day > 0 ? ms : undefined;
}
