/** A URL without its scheme, as a row of requests shows it; what is no URL as it stands. */
export const hostAndPath = (url: string): string => {
  if (!URL.canParse(url)) return url;
  const { host, pathname, search } = new URL(url);
  return `${host}${pathname}${search}`;
};
