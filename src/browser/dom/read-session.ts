import { session } from '../session.ts';

let reading: ReturnType<typeof session.readAll> | undefined;

/**
 * All of the session's storage. Who asks in the same turn gets the same reading, since copying a large log out of the
 * browser's memory is most of what opening the panel takes. Not longer: a change between the beginning of the reading and
 * a later subscription would be in neither.
 */
export const readSession = (): ReturnType<typeof session.readAll> => {
  if (reading) return reading;
  reading = session.readAll();
  queueMicrotask(() => {
    reading = undefined;
  });
  return reading;
};
