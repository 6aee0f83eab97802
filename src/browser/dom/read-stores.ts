import { tokensInDocumentCookie, tokensInJar } from '../../core/capture/cookie-jar.ts';
import { distinct } from '../../core/capture/distinct.ts';
import type { Found } from '../../core/capture/records.ts';
import { type StoreItem, tokensInStores } from '../../core/capture/stores.ts';
import { parseDatabasesAnswer, parseJar, parsePageAnswer } from '../../core/capture/stores-answer.ts';
import type { StoresReading } from '../../panel/source.ts';
import { send } from '../messages.ts';
import { call, mayHold, recordText } from './in-page.ts';
import { documentUrls, evaluate } from './inspected.ts';
import { beginDatabases, DATABASE_BOUNDS, takeDatabases } from './page-databases.ts';
import { PAGE_BOUNDS, pageStores } from './page-stores.ts';

/** ms between two questions whether the databases are read. */
const POLL_MS = 40;

/** Frames of other origins that are read; each costs two questions. */
const MAX_DOCUMENTS = 16;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const readDatabases = async (frame: string | undefined) => {
  const items: StoreItem[] = [];
  const name = `claimcheck${crypto.randomUUID()}`;
  await evaluate(call(beginDatabases, name, DATABASE_BOUNDS, mayHold, recordText), frame);
  for (let waited = 0; waited <= 2 * DATABASE_BOUNDS.time; waited += POLL_MS) {
    const part = parseDatabasesAnswer(await evaluate(call(takeDatabases, name, DATABASE_BOUNDS.slice), frame));
    if (!part) break;
    items.push(...part.items);
    if (part.done) return { items, dropped: part.dropped, failed: part.failed };
    if (part.items.length === 0) await wait(POLL_MS);
  }
  return { items, dropped: 0, failed: true };
};

/** A document, and all that it can see of its origin; undefined where the browser does not let it be read. */
const readDocument = async (frame?: string) => {
  const page = parsePageAnswer(await evaluate(call(pageStores, PAGE_BOUNDS, mayHold), frame));
  const [own] = page?.frames ?? [];
  if (!page || !own) return undefined;
  const databases = await readDatabases(frame);
  const { failed } = databases;
  return {
    ...page,
    items: [...page.items, ...databases.items],
    dropped: page.dropped + databases.dropped,
    unreadable: [...page.unreadable, ...(failed ? [{ origin: own.origin, store: 'indexed_db' }] : [])],
  };
};
type Document = NonNullable<Awaited<ReturnType<typeof readDocument>>>;

/** The document in the tab, and in Chromium those of the frames that it may not look into. */
const readDocuments = async (): Promise<readonly Document[]> => {
  const top = await readDocument();
  const documents = top ? [top] : [];
  for (const url of await documentUrls()) {
    const isRead = documents.some(({ frames }) => frames.some((frame) => frame.url === url));
    const document = isRead || documents.length >= MAX_DOCUMENTS ? undefined : await readDocument(url);
    if (document) documents.push(document);
  }
  return documents;
};

/** Tokens in the cookies of each host that a document came from. */
const readCookies = async (tab: number, documents: readonly Document[]) => {
  const found: Found[] = [];
  const closed: string[] = [];
  const frames = documents.flatMap((document) => document.frames).filter(({ url }) => /^https?:/.test(url));
  const top = frames[0]?.url ?? '';
  for (const { url, origin, cookies } of new Map(frames.map((frame) => [frame.origin, frame])).values()) {
    const jar = parseJar(await send({ type: 'cookies', tab, url }).catch(() => undefined));
    if (jar) found.push(...tokensInJar(jar, url, top));
    else {
      closed.push(origin);
      found.push(...tokensInDocumentCookie(cookies, url));
    }
  }
  return { found, closed };
};

/** All stores of the page in the tab, at this moment. Never rejects: what cannot be read is told. */
export const readStores = async (tab: number, now: () => number): Promise<StoresReading> => {
  const documents = await readDocuments();
  const jar = await readCookies(tab, documents);
  const origins = new Set(documents.flatMap(({ frames }) => frames.map(({ origin }) => origin)));
  const foreign = new Set(documents.flatMap((document) => document.foreign));
  const { found, dropped } = distinct([...documents.flatMap(({ items }) => tokensInStores(items)), ...jar.found]);
  return {
    at: now(),
    found,
    dropped: documents.reduce((sum, document) => sum + document.dropped, dropped),
    unreadable: [
      ...documents.flatMap(({ unreadable }) => unreadable),
      ...[...foreign].filter((origin) => !origins.has(origin)).map((origin) => ({ origin, store: 'frames' })),
      ...jar.closed.map((origin) => ({ origin, store: 'cookie_jar' })),
    ],
  };
};
