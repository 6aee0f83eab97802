import type { Check } from './software.ts';

/** How many checks wait for each other: of the curves and RSA that everybody uses they take some ms together, no long task. */
const MAX_CHECKS = 64;
/** Octets that wait: twice what so many tokens have that an identity provider issues. */
const ROOM = 131_072;

interface Waiting {
  readonly check: Check;
  /** Where the signature ends in the room, and where the signing input. */
  readonly middle: number;
  readonly end: number;
  resolve(holds: ReturnType<Check>): void;
}

/**
 * Gathers the checks that are asked for one after the other, and computes them in one go: at the latest once the caller
 * is done. Browsers verify at the call, and each time what reads tokens gives way to the mathematics, caches and all, costs
 * some µs: as much as a whole HMAC.
 *
 * The verb takes a check and gives the same, gathered with all others of this gathering.
 */
export const createGathering = (): ((check: Check) => Check) => {
  const room = new Uint8Array(ROOM);
  let waiting: Waiting[] = [];
  let used = 0;

  const computeAll = (): void => {
    const all = waiting;
    let start = 0;
    waiting = [];
    used = 0;
    for (const { check, middle, end, resolve } of all) {
      const [signature, input] = [room.subarray(start, middle), room.subarray(middle, end)];
      start = end;
      try {
        resolve(check(signature, input));
      } catch (error) {
        resolve(Promise.reject(error));
      }
    }
  };

  return (check) => (signature, input) => {
    const size = signature.length + input.length;
    if (size > ROOM) return check(signature, input);
    if (used + size > ROOM) computeAll();
    if (waiting.length === 0) queueMicrotask(computeAll);
    const middle = used + signature.length;
    room.set(signature, used);
    room.set(input, middle);
    used = middle + input.length;
    return new Promise<boolean>((resolve) => {
      waiting.push({ check, middle, end: used, resolve });
      if (waiting.length === MAX_CHECKS) computeAll();
    });
  };
};
