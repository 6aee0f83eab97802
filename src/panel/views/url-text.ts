/** Characters of a URL that are drawn; an address may have megabytes. An export has all. */
const MAX_SHOWN = 500;

const cut = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);

/** A URL without its scheme, as a row of requests shows it; what is no URL as it stands. Cut when long. */
export const hostAndPath = (url: string): string => {
  const parsed = URL.parse(url);
  return cut(parsed ? `${parsed.host}${parsed.pathname}${parsed.search}` : url);
};

/** A URL as it stands, for a tooltip. Cut when long. */
export const wholeUrl = cut;
