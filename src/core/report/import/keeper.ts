import {
  type CaptureRecord,
  type ExchangeRecord,
  NO_TAB,
  type Place,
  RECORD_VERSION,
  type SightingRecord,
  type TabRecord,
  type TokenRecord,
} from '../../capture/records.ts';
import type { Bounds } from './bounds.ts';

type Counts = Omit<TabRecord, 'v' | 'type' | 'tab'>;

/** A sighting as the file has it, whose id is of no use here. */
export interface Sighted {
  /** TokenRecord.id */
  readonly token: string;
  /** ExchangeRecord.id; '' where none carried it. */
  readonly exchange: string;
  readonly place: Place;
  /** ms since the epoch */
  readonly at: number;
}

/** What is kept of a file, up to the bounds; what is beyond them is told by its offset, and counted. */
export interface Keeper {
  hasToken(id: string): boolean;
  /** False where there is no room; true of one that is there already. */
  token(record: Omit<TokenRecord, 'v' | 'type' | 'tab'>, offset: number): boolean;
  exchange(record: Omit<ExchangeRecord, 'v' | 'type' | 'tab'>, offset: number): boolean;
  sighting(sighted: Sighted, offset: number): void;
  count(more: Partial<Counts>): void;
  /** The tokens so far. */
  tokens(): number;
  /** What was kept since this was asked last; with the counts, where they changed. */
  take(): readonly CaptureRecord[];
}

const COMMON = { v: RECORD_VERSION, tab: NO_TAB } as const;

const lengthOf = ({ url, location = '', dpopNonce = '', wwwAuthenticate = [] }: Partial<ExchangeRecord>): number =>
  [url ?? '', location, dpopNonce, ...wwwAuthenticate].reduce((sum, { length }) => sum + length, 0);

export const createKeeper = (bounds: Bounds, onTooMany: (offset: number) => void): Keeper => {
  const tokens = new Set<string>();
  const counts: { -readonly [Name in keyof Counts]-?: number } = {
    ...{ requests: 0, opaque: 0, dropped: 0, skipped: 0, binary: 0 },
  };
  let [exchanges, sightings, characters] = [0, 0, 0];
  let isCounted = false;
  let kept: CaptureRecord[] = [];

  const count: Keeper['count'] = (more) => {
    for (const name of ['requests', 'opaque', 'dropped', 'skipped', 'binary'] as const) {
      const added = more[name] ?? 0;
      counts[name] += added;
      isCounted ||= added > 0;
    }
  };

  /** Whether one more fits, of so many characters. */
  const fits = (isRoom: boolean, length: number, offset: number): boolean => {
    if (isRoom && characters + length <= bounds.characters) {
      characters += length;
      return true;
    }
    onTooMany(offset);
    count({ dropped: 1 });
    return false;
  };

  return {
    count,
    tokens: () => tokens.size,
    hasToken: (id) => tokens.has(id),

    token(record, offset) {
      if (tokens.has(record.id)) return true;
      if (!fits(tokens.size < bounds.tokens, record.compact.length, offset)) return false;
      tokens.add(record.id);
      kept.push({ ...record, ...COMMON, type: 'token' });
      return true;
    },

    exchange(record, offset) {
      if (!fits(exchanges < bounds.exchanges, lengthOf(record), offset)) return false;
      exchanges += 1;
      kept.push({ ...record, ...COMMON, type: 'exchange' });
      return true;
    },

    sighting(sighted, offset) {
      if (!fits(sightings < bounds.sightings, 0, offset)) return;
      sightings += 1;
      const sighting: SightingRecord = { ...sighted, ...COMMON, type: 'sighting', id: `sighting-${sightings}` };
      kept.push(sighting);
    },

    take() {
      const taken = isCounted ? [...kept, { ...COMMON, type: 'tab', ...counts } as const] : kept;
      kept = [];
      isCounted = false;
      return taken;
    },
  };
};
