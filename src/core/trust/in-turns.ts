/** An address that is a number, or IPv6 in its brackets: it has no parts that belong to one another. */
const NUMBER = /^[\d.]+$|\]$/;

/**
 * What one person can have many names under, roughly: the last two labels of the host. Whoever owns `evil.test` has
 * `a1.evil.test`, `a2.evil.test` … for nothing. Under a suffix such as `co.uk` this takes strangers for one. Among
 * themselves they fare as they would by origin alone, and it matters only where there are too many of all: too little to
 * be worth a list of suffixes.
 */
const siteOf = (hostname: string): string =>
  NUMBER.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.');

/**
 * The turn in which each item has its place, 0 the first, if every site has one place in each turn, and within a site
 * every origin one before any has its second: whoever brings many loses their own first.
 * @param items the most worthy first
 * @param addressOf the URL it came from; what is none counts as one site
 */
export const inTurns = <Item>(
  items: readonly Item[],
  addressOf: (item: Item) => string | undefined,
): ReadonlyMap<Item, number> => {
  const next = (counts: Map<string, number>, name: string): number => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return count;
  };
  const ofOrigin = new Map<string, number>();
  const placed = items.map((item) => {
    const url = URL.parse(addressOf(item) ?? '');
    return { item, site: url ? siteOf(url.hostname) : '', turn: next(ofOrigin, url?.origin ?? '') };
  });
  const ofSite = new Map<string, number>();
  return new Map(placed.sort((a, b) => a.turn - b.turn).map(({ item, site }) => [item, next(ofSite, site)]));
};
