/** Paths of values in JSON: `log.creator`, and `log.entries[]` for each item of an array. */

/** Behind the path of an array: each item of it. */
export const ITEM = '[]';

/** By the path of each container on the way, whether it must be an array. */
export const waysTo = (wanted: ReadonlySet<string>): ReadonlyMap<string, boolean> => {
  const ways = new Map<string, boolean>();
  for (const path of wanted) {
    if (path.endsWith(ITEM)) ways.set(path.slice(0, -ITEM.length), true);
    for (let dot = path.lastIndexOf('.'); dot >= 0; dot = path.lastIndexOf('.', dot - 1)) {
      ways.set(path.slice(0, dot), false);
    }
  }
  return ways.set('', false);
};
