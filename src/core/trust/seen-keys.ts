import { isAuthentic, plainAddress } from './address.ts';
import { type Discovery, isOwnDocument, readDiscovery } from './discovery.ts';
import { inTurns } from './in-turns.ts';
import { keysOfSet } from './join-set.ts';
import { type RingChange, withinBounds } from './ring-bounds.ts';
import type { RingKey } from './signature.ts';
import { issuersOf, MAX_ISSUERS, ofIssuers } from './whose.ts';

/** A developer's browser meets a handful of issuers; of those who bring most the oldest document goes first. */
const MAX_DOCUMENTS = 100;
/** Documents of one origin, as of the tenants of one provider: a page that invents issuers forgets only its own. */
const MAX_ORIGIN_DOCUMENTS = 20;
/** Characters; longer ones are cut nowhere else alike, and no token would fit them. */
const MAX_ISSUER = 1000;

/** What was seen in a response. */
export interface SeenBody {
  /** The request's address. */
  readonly url: string;
  readonly text: string;
}

export interface SeenChange extends RingChange {
  /** All documents that are believed from now on, the oldest first; absent where they are as before. */
  readonly documents?: readonly Discovery[];
}

/** Whether a body is worth reading: cheap, and true of every JWK set and discovery document. No search begins with a quote: JSON is full of them. */
export const mayHoldKeys = (text: string): boolean =>
  text.includes('jwks_uri"') || (text.includes('kty"') && text.includes('keys"'));

const originOf = (address: string): string => URL.parse(address)?.origin ?? '';

const isOwnKeys = (issuer: string, source: string): boolean => originOf(issuer) === originOf(source);

/**
 * All whose set stands at `source`, by the documents that name it and those that `key` was given to before. Issuers
 * on the set's own origin come first, but leave room for others: of a host with tenants they may be anybody. Anybody can
 * point at the keys of another, too: that takes nothing from those who do so as well, whoever came first, and many of one
 * site come after one of another.
 */
const naming = (source: string, documents: readonly Discovery[], key: RingKey): readonly string[] => {
  const named = documents.filter(({ jwksUri }) => jwksUri === source).map(({ issuer }) => issuer);
  const all = [...new Set([...named, ...issuersOf(key)])];
  const own = all.filter((issuer) => isOwnKeys(issuer, source)).slice(0, MAX_ISSUERS / 2);
  const turns = inTurns(
    all.filter((issuer) => !own.includes(issuer)),
    (issuer) => issuer,
  );
  return [...own, ...[...turns].sort(([, a], [, b]) => a - b).map(([issuer]) => issuer)];
};

/** The oldest of those who brought most. */
const leastMissed = (documents: readonly Discovery[]): Discovery | undefined => {
  const newestFirst = documents.toReversed();
  const turns = inTurns(newestFirst, ({ issuer }) => issuer);
  const last = Math.max(...turns.values());
  return documents.find((each) => turns.get(each) === last);
};

/** A document in place of what its issuer said before; undefined where it says the same. */
const believe = (documents: readonly Discovery[], seen: Discovery): readonly Discovery[] | undefined => {
  const before = documents.find(({ issuer }) => issuer === seen.issuer);
  if (before?.jwksUri === seen.jwksUri) return;
  const others = documents.filter((each) => each !== before);
  const alike = others.filter(({ issuer }) => originOf(issuer) === originOf(seen.issuer));
  const full = others.length >= MAX_DOCUMENTS ? leastMissed(others) : undefined;
  const gone = alike.length >= MAX_ORIGIN_DOCUMENTS ? alike[0] : full;
  return [...others.filter((each) => each !== gone), seen];
};

/** Has the documents say whose the keys of a set are, whichever came first; gives those of which they say something new. */
const assign = (ring: readonly RingKey[], source: string, documents: readonly Discovery[]): readonly RingKey[] =>
  ring.flatMap((key) => {
    // Whose a fetched key is, the one said who pressed the button.
    if (key.source !== source || key.provenance !== 'traffic') return [];
    const now = ofIssuers(key, naming(source, documents, key));
    return now === key ? [] : [now];
  });

/** A set that passed by, with what is known of whose it is. */
const takeSet = async (
  ring: readonly RingKey[],
  documents: readonly Discovery[],
  { url: source, text }: SeenBody,
  at: number,
): Promise<SeenChange | undefined> => {
  const brought = await keysOfSet(ring, { source, issuer: '', text }, 'traffic', at);
  const after = new Map([...ring, ...brought].map((key) => [key.id, key]));
  const named = assign([...after.values()], source, documents);
  const put = [...new Map([...brought, ...named].map((key) => [key.id, key])).values()];
  const change = withinBounds(ring, put);
  return change.put.length + change.remove.length > 0 ? change : undefined;
};

/**
 * Takes in what passed by in the traffic: a JWK set joins the ring, a discovery document says whose the set is that it
 * names, whichever of the two came first. A document is believed only at its issuer's own well-known address, and only
 * over https or on loopback; so is what it says of a set. Undefined where nothing changes.
 * @param documents those believed so far, the oldest first
 * @param at ms since the epoch
 */
export const joinSeen = async (
  ring: readonly RingKey[],
  documents: readonly Discovery[],
  { url, text }: SeenBody,
  at: number,
): Promise<SeenChange | undefined> => {
  const source = plainAddress(url);
  // Its user name and password would be shown with the key.
  if (source === undefined || URL.parse(source)?.username || URL.parse(source)?.password) return;
  const document = readDiscovery(text);
  if ('error' in document) return takeSet(ring, documents, { url: source, text }, at);
  const keys = URL.parse(document.jwksUri);
  if (document.issuer.length > MAX_ISSUER || !keys || !isAuthentic(keys) || !isOwnDocument(url, document)) return;
  const believed = believe(documents, document);
  return believed && { ...withinBounds(ring, assign(ring, document.jwksUri, believed)), documents: believed };
};
