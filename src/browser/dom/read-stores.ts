import { tokensInDocumentCookie, tokensInJar } from '../../core/capture/cookie-jar.ts';
import { distinct } from '../../core/capture/distinct.ts';
import type { Found } from '../../core/capture/records.ts';
import { parseJar } from '../../core/capture/stores-answer.ts';
import { urlCredentials } from '../../core/capture/url.ts';
import type { StoresReading } from '../../panel/source.ts';
import { send } from '../messages.ts';
import { type Document, readDocuments } from './read-documents.ts';

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

/** Tokens in the fragments of the documents' addresses: one that a page gives itself is in no request. */
const inAddresses = (documents: readonly Document[]): readonly Found[] =>
  documents
    .flatMap(({ frames }) => frames)
    .flatMap(({ url, origin }) =>
      urlCredentials(url).found.flatMap(({ compact, place }) =>
        place.kind === 'url_fragment' ? { compact, place: { ...place, origin } } : [],
      ),
    );

/** All stores of the page in the tab, at this moment. Never rejects: what cannot be read is told. */
export const readStores = async (tab: number, now: () => number): Promise<StoresReading> => {
  const documents = await readDocuments();
  const jar = await readCookies(tab, documents);
  const origins = new Set(documents.flatMap(({ frames }) => frames.map(({ origin }) => origin)));
  const foreign = new Set(documents.flatMap((document) => document.foreign));
  const page = documents.find(({ isTop }) => isTop)?.frames[0]?.origin;
  const { found, dropped } = distinct([
    ...documents.flatMap((document) => document.found),
    ...jar.found,
    ...inAddresses(documents),
  ]);
  return {
    at: now(),
    ...(page !== undefined && { page }),
    found,
    dropped: documents.reduce((sum, document) => sum + document.dropped, dropped),
    unreadable: [
      // A document without an origin has no stores to be read.
      ...documents.flatMap(({ unreadable }) => unreadable).filter(({ origin }) => origin !== 'null'),
      ...[...foreign].filter((origin) => !origins.has(origin)).map((origin) => ({ origin, store: 'frames' })),
      ...jar.closed.map((origin) => ({ origin, store: 'cookie_jar' })),
    ],
  };
};
