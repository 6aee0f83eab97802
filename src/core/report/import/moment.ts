/**
 * ISO 8601 as the makers of HARs write it: Fiddler has seven digits of a second, Charles a zone without a colon, log files a
 * space or a comma. Browsers agree on none of these.
 */
const MOMENT =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:[.,](\d{1,9}))?\s?(?:(Z|UTC)|([+-]\d\d)(?::?(\d\d))?)(?!\d)/i;

/**
 * The moment that stands at a text's beginning, in ms since the epoch. Undefined without a zone, too: whose clock it was
 * nobody knows then.
 */
export const momentOf = (text: string): number | undefined => {
  const [, day, minutes, seconds = ':00', fraction = '', utc, hours = '', rest = '00'] = MOMENT.exec(text) ?? [];
  if (day === undefined) return;
  const ms = fraction.slice(0, 3).padEnd(3, '0');
  const at = Date.parse(`${day}T${minutes}${seconds}.${ms}${utc ? 'Z' : `${hours}:${rest}`}`);
  return Number.isNaN(at) ? undefined : at;
};
