/**
 * Makes of a key what it takes for an algorithm, each once for as long as the key lives. The verb takes the key and the
 * algorithm's name.
 */
export const createOncePerKey = <Key extends object, Made>(
  make: (key: Key, alg: string) => Made,
): ((key: Key, alg: string) => Made) => {
  const made = new WeakMap<Key, Map<string, Made>>();
  return (key, alg) => {
    const byAlg = made.get(key) ?? new Map<string, Made>();
    made.set(key, byAlg);
    const one = byAlg.get(alg) ?? make(key, alg);
    byAlg.set(alg, one);
    return one;
  };
};
