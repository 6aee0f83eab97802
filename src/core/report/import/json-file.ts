/** HARs, and our own exports. */
import { readJsonTree } from '../../token/json-tree.ts';
import { EXPORT_VERSION } from '../export-version.ts';
import type { Bounds } from './bounds.ts';
import { type Cut, createCutter } from './cutter.ts';
import { createHarReader } from './har.ts';
import type { ImportEnd, ImportFormat } from './imported.ts';
import { isSpace, OPEN_OBJECT } from './json-octets.ts';
import type { Keeper } from './keeper.ts';
import { createOwnReader } from './own.ts';
import type { Problems } from './problems.ts';
import type { Reader } from './reader.ts';
import type { SeenKeys } from './seen-bodies.ts';
import { skimHar } from './skim.ts';

const ENTRIES = 'log.entries[]';
const LISTS: ReadonlySet<string> = new Set(['tokens[]', 'exchanges[]', 'sightings[]']);
/** Ours begins with `claimcheck`: without it, a list named `tokens` is anybody's. */
const HEAD = ['claimcheck', 'kind', 'version', 'exportedAt', 'redacted'] as const;
/** What our own HAR says of itself. */
const REDACTED_HAR = 'log._claimcheck.redacted';
const WANTED: ReadonlySet<string> = new Set([ENTRIES, 'log.creator', REDACTED_HAR, ...LISTS, ...HEAD]);
/** Characters of a broken item that are looked through for where it breaks; the tree takes many times as much memory. */
const MAX_LOOKED_AT = 4 * 1024 * 1024;
/** Items that are no JSON, behind which nothing is read: each costs an exception, and no file has so many but a hostile one. */
const MAX_BROKEN = 100_000;
/** Characters of the version of the extension that wrote the file. */
const MAX_WORD = 100;

export interface JsonReader extends Reader {
  readonly isWhole: () => boolean;
  /** It is our own, and its lists stood before what says so, as where another tool wrote it anew: to be read again. */
  readonly isLate: () => boolean;
}

/** Members of an entry that are read of one in whose middle the file ends. */
const MEMBERS = ['request', 'response', 'startedDateTime', 'time', '_initiator', '_resourceType', '_fromCache'];
const ENTRY: ReadonlySet<string> = new Set(MEMBERS);

/** What is whole of an entry whose end is missing; the bounds were kept before. */
const wholeMembers = (octets: Uint8Array<ArrayBuffer>): object => {
  const cutter = createCutter(ENTRY, { string: octets.length, entry: octets.length }, () => undefined);
  return Object.fromEntries([...cutter.take(octets)].flatMap(({ path, json }) => (json ? [[path, json.value]] : [])));
};

/**
 * @param at ms since the epoch: the time of what the file has no time for
 * @param known what the file is, where it was read before
 */
export const createJsonReader = (
  keeper: Keeper,
  keys: SeenKeys,
  problems: Problems,
  bounds: Bounds,
  at: number,
  known?: ImportFormat,
): JsonReader => {
  const cutter = createCutter(WANTED, bounds, problems.tell, skimHar);
  const har = createHarReader(keeper, keys, problems.tell, bounds, at);
  const own = createOwnReader(keeper, bounds.sightings);
  const head = new Map<string, unknown>();
  let format = known;
  let isBegun = false;
  let isLate = false;
  let came = 0;
  let broken = 0;

  /** Where an item breaks, and what stands there. */
  const tellBroken = ({ offset, text }: Cut): void => {
    if (problems.has('json')) return;
    const { problems: breaks } = text.length > MAX_LOOKED_AT ? { problems: [] } : readJsonTree(text);
    const found = breaks.find(({ code }) => code !== 'duplicate_member');
    const before = new TextEncoder().encode(text.slice(0, found?.offset ?? 0)).length;
    problems.tell('json', offset + before, found?.detail ?? '');
  };

  const isOurs = (): boolean => typeof head.get('claimcheck') === 'number' && (head.get('kind') ?? 'log') === 'log';

  const hasList = (): boolean => [...LISTS].some((path) => cutter.met.has(path.slice(0, -2)));

  /** What the first list is of, the file is. */
  const meet = (): void => {
    if (format !== undefined || isLate) return;
    if (cutter.met.has('log.entries')) format = 'har';
    else if (hasList() && isOurs()) format = 'log';
    else isLate = hasList();
  };

  const takeCut = (cut: Cut): void => {
    meet();
    const { path, offset, text, json } = cut;
    const isItem = path === ENTRIES || LISTS.has(path);
    if (isItem && format !== (path === ENTRIES ? 'har' : 'log')) return;
    if (!json) {
      broken += 1;
      tellBroken(cut);
      return;
    }
    const { value } = json;
    if (path === 'log.creator') har.creator(value);
    else if (!isItem) head.set(path, value);
    else if (!(path === ENTRIES ? har.entry(value, offset) : own.item(path, value, text, offset))) {
      problems.tell('entry', offset);
    }
  };

  const endOwn = (): Omit<ImportEnd, 'problems'> => {
    const [version, exportedAt] = [head.get('version'), head.get('exportedAt')];
    const written = typeof exportedAt === 'string' ? Date.parse(exportedAt) : Number.NaN;
    const unnamed = own.end();
    if (unnamed > 0 && !problems.has('too_many')) problems.tell('entry', came);
    const later = Number(head.get('claimcheck'));
    if (later > EXPORT_VERSION) problems.tell('version', 0, String(later));
    return {
      ...{ format: 'log', read: own.read() },
      creator: typeof version === 'string' ? `Claimcheck ${version.slice(0, MAX_WORD)}` : 'Claimcheck',
      ...(head.get('redacted') === true && { redacted: true }),
      ...(!Number.isNaN(written) && { at: written }),
    };
  };

  return {
    isFound: () => format !== undefined,
    settle: har.settle,
    isWhole: () => cutter.isDone() && !cutter.isBroken(),
    isLate: () => isLate && isOurs(),
    take(octets) {
      if (!isBegun) {
        const first = octets.find((octet) => !isSpace(octet));
        if (first !== undefined && first !== OPEN_OBJECT) return false;
        isBegun = first !== undefined;
      }
      came += octets.length;
      for (const cut of cutter.take(octets)) {
        takeCut(cut);
        if (broken === MAX_BROKEN) return false;
      }
      meet();
      // Of what is broken before any list, nobody can say that it is one of these.
      return !cutter.isDone() && (format !== undefined || !cutter.isBroken());
    },
    end() {
      const rest = cutter.rest();
      if (rest?.path === ENTRIES && format === 'har') har.entry(wholeMembers(rest.octets), rest.offset);
      if (!cutter.isDone() && isBegun && broken < MAX_BROKEN) problems.tell('cut', came);
      if (format === 'har') return { format, ...har.end(), ...(head.get(REDACTED_HAR) === true && { redacted: true }) };
      return format && endOwn();
    },
  };
};
