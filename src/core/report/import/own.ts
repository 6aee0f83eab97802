/** Back from our own export (see report/export.ts) to the records that it was made of, under new ids. */
import type { Keeper } from './keeper.ts';
import { textMember } from './member.ts';
import { type OwnSighting, readOwnExchange, readOwnSighting } from './own-place.ts';
import { readOwnToken } from './own-token.ts';

export interface OwnReader {
  /** An item of one of the lists; false where it is none. */
  item(path: string, value: unknown, text: string, offset: number): boolean;
  /** Keeps the sightings that stood before what they name; gives how many name nothing in the file. */
  end(): number;
  /** Exchanges that were read. */
  read(): number;
}

/** @param maxWaiting sightings that stand before what they name; ours never do */
export const createOwnReader = (keeper: Keeper, maxWaiting: number): OwnReader => {
  /** By the file's names: our ids. */
  const tokens = new Map<string, string>();
  const exchanges = new Map<string, string>([['', '']]);
  const waiting: { readonly sighting: OwnSighting; readonly offset: number }[] = [];
  let read = 0;
  let lost = 0;

  /** False where it names what is not there yet. */
  const keep = ({ token: name, exchange: by, place, at }: OwnSighting, offset: number): boolean => {
    const token = tokens.get(name);
    const exchange = exchanges.get(by);
    if (token === undefined || exchange === undefined) return false;
    keeper.sighting({ token, exchange, place, at }, offset);
    return true;
  };

  const token = (value: unknown, text: string, offset: number): boolean => {
    const found = readOwnToken(value, text);
    if (found && keeper.token(found.record, offset)) tokens.set(found.name, found.record.id);
    return found !== undefined;
  };

  const exchange = (value: unknown, offset: number): boolean => {
    read += 1;
    const id = `exchange-${read}`;
    const found = readOwnExchange(value, id);
    if (found && keeper.exchange(found, offset)) exchanges.set(textMember(value, 'id'), id);
    return found !== undefined;
  };

  const sighting = (value: unknown, offset: number): boolean => {
    const found = readOwnSighting(value);
    if (found && !keep(found, offset)) {
      if (waiting.length < maxWaiting) waiting.push({ sighting: found, offset });
      else lost += 1;
    }
    return found !== undefined;
  };

  return {
    read: () => read,
    item(path, value, text, offset) {
      if (path === 'tokens[]') return token(value, text, offset);
      return path === 'exchanges[]' ? exchange(value, offset) : sighting(value, offset);
    },
    end: () => lost + waiting.filter((one) => !keep(one.sighting, one.offset)).length,
  };
};
