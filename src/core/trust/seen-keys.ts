import { isAuthentic, plainAddress } from './address.ts';
import { type Discovery, isOwnDocument, readDiscovery } from './discovery.ts';
import { joinSet } from './join-set.ts';
import { type RingChange, withinBounds } from './ring-bounds.ts';
import type { RingKey } from './signature.ts';

/** A developer's browser meets a handful of issuers; the oldest document goes first. */
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

/** Whether a body is worth reading: cheap, and true of every JWK set and discovery document. */
export const mayHoldKeys = (text: string): boolean =>
  text.includes('"jwks_uri"') || (text.includes('"keys"') && text.includes('"kty"'));

const originOf = (address: string): string => URL.parse(address)?.origin ?? '';

const isOwnKeys = (issuer: string, source: string): boolean => originOf(issuer) === originOf(source);

/**
 * Whose set stands at `source`, by the documents that name it; '' if none does. An issuer on the set's own origin comes
 * first, since anybody can point at the keys of another; of several others the one that was seen first.
 */
const issuerOf = (source: string, documents: readonly Discovery[]): string => {
  const naming = documents.filter(({ jwksUri }) => jwksUri === source).map(({ issuer }) => issuer);
  return naming.find((issuer) => isOwnKeys(issuer, source)) ?? naming[0] ?? '';
};

/** A document in place of what its issuer said before; undefined where it says the same. */
const believe = (documents: readonly Discovery[], seen: Discovery): readonly Discovery[] | undefined => {
  const before = documents.find(({ issuer }) => issuer === seen.issuer);
  if (before?.jwksUri === seen.jwksUri) return;
  const others = documents.filter((each) => each !== before);
  const alike = others.filter(({ issuer }) => originOf(issuer) === originOf(seen.issuer));
  const [oldest] = alike.length >= MAX_ORIGIN_DOCUMENTS ? alike : others.length >= MAX_DOCUMENTS ? others : [];
  return [...others.filter((each) => each !== oldest), seen];
};

/** Keys that were seen before the document that says whose they are. */
const assign = (ring: readonly RingKey[], source: string, documents: readonly Discovery[]): readonly RingKey[] => {
  const issuer = issuerOf(source, documents);
  return ring
    .filter((key) => key.source === source && key.provenance === 'traffic' && key.issuer !== issuer)
    .filter((key) => key.issuer === '' || (isOwnKeys(issuer, source) && !isOwnKeys(key.issuer, source)))
    .map((key) => ({ ...key, issuer }));
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
  if ('error' in document) {
    const change = await joinSet(ring, { source, issuer: issuerOf(source, documents), text }, 'traffic', at);
    return change.put.length + change.remove.length > 0 ? change : undefined;
  }
  const keys = URL.parse(document.jwksUri);
  if (document.issuer.length > MAX_ISSUER || !keys || !isAuthentic(keys) || !isOwnDocument(url, document)) return;
  const believed = believe(documents, document);
  return believed && { ...withinBounds(ring, assign(ring, document.jwksUri, believed)), documents: believed };
};
