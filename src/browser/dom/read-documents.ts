import type { Found } from '../../core/capture/records.ts';
import { type StoreItem, tokensInStores } from '../../core/capture/stores.ts';
import { type PageAnswer, parseDatabasesAnswer, parsePageAnswer } from '../../core/capture/stores-answer.ts';
import type { StoresReading } from '../../panel/source.ts';
import { call, mayHold, recordText } from './in-page.ts';
import { documentUrls, evaluate } from './inspected.ts';
import { beginDatabases, DATABASE_BOUNDS, takeDatabases } from './page-databases.ts';
import { PAGE_BOUNDS, pageStores } from './page-stores.ts';

/** ms between two questions whether the databases are read. */
const POLL_MS = 40;

/** Documents that are asked; each costs two questions, and one that does not answer the time that is waited for it. */
const MAX_DOCUMENTS = 16;

/** Characters scanned in one task, some 10 ms. */
const SLICE = 262_144;

/** What was read of a document and of the frames in it that it may look into. */
export interface Document
  extends Pick<PageAnswer, 'frames' | 'foreign'>,
    Pick<StoresReading, 'found' | 'dropped' | 'unreadable'> {
  /** Whether it is the one in the tab, and no frame. */
  readonly isTop: boolean;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Scanned slice by slice: all that a page may answer at once would hold up the panel. */
const tokensIn = async (items: readonly StoreItem[]): Promise<readonly Found[]> => {
  const found: Found[] = [];
  let length = 0;
  for (const item of items) {
    found.push(...tokensInStores([item]));
    length += item.value.length;
    if (length < SLICE) continue;
    length = 0;
    await wait(0);
  }
  return found;
};

const readDatabases = async (frame: string | undefined) => {
  const found: Found[] = [];
  const name = `claimcheck${crypto.randomUUID()}`;
  await evaluate(call(beginDatabases, name, DATABASE_BOUNDS, mayHold, recordText), frame);
  let left = DATABASE_BOUNDS.length;
  for (let waited = 0; waited <= 2 * DATABASE_BOUNDS.time; waited += POLL_MS) {
    const part = parseDatabasesAnswer(await evaluate(call(takeDatabases, name, DATABASE_BOUNDS.slice), frame));
    // Bounded there already, but it is the page that says so.
    for (const { value } of part?.items ?? []) left -= value.length;
    if (!part || left < 0) break;
    found.push(...(await tokensIn(part.items)));
    if (part.done) return { found, dropped: part.dropped, failed: part.failed };
    if (part.items.length === 0) await wait(POLL_MS);
  }
  return { found, dropped: 0, failed: true };
};

/** Without the fragment, which the browser's list of documents lacks. */
const addressOf = (url: string): string => url.split('#', 1)[0] ?? url;

const isAmong = (documents: readonly Document[], url: string): boolean =>
  documents.some(({ frames }) => frames.some((frame) => addressOf(frame.url) === addressOf(url)));

/**
 * A document that is not among those `read` by now, and all that it can see of its origin; undefined where the browser
 * does not let it be read.
 */
const readDocument = async (read: readonly Document[], frame?: string): Promise<Document | undefined> => {
  const page = parsePageAnswer(await evaluate(call(pageStores, PAGE_BOUNDS, mayHold), frame));
  const [own] = page?.frames ?? [];
  if (!page || !own || isAmong(read, own.url)) return undefined;
  const { frames, foreign, unreadable } = page;
  const found = await tokensIn(page.items);
  const databases = await readDatabases(frame);
  return {
    isTop: frame === undefined,
    frames,
    foreign,
    found: [...found, ...databases.found],
    dropped: page.dropped + databases.dropped,
    unreadable: [...unreadable, ...(databases.failed ? [{ origin: own.origin, store: 'indexed_db' }] : [])],
  };
};

/** The document in the tab, and in Chromium those of the frames that it may not look into. */
export const readDocuments = async (): Promise<readonly Document[]> => {
  const top = await readDocument([]);
  const documents = top ? [top] : [];
  let asked = 1;
  for (const url of await documentUrls()) {
    if (isAmong(documents, url)) continue;
    if (asked >= MAX_DOCUMENTS) break;
    asked += 1;
    const document = await readDocument(documents, url);
    if (document) documents.push(document);
  }
  return documents;
};
