import { takesPublicKey } from '../../core/judge/summary.ts';
import { visibleText } from '../../core/token/visible.ts';
import { doubtOf } from '../../core/trust/doubt.ts';
import { issuerOf } from '../../core/trust/issuer.ts';
import { isForeign } from '../../core/trust/nearness.ts';
import type { Provenance, RingKey, SignatureAnswer } from '../../core/trust/signature.ts';
import type { Entry } from '../model/log.ts';
import { decryptionOf } from '../model/opened.ts';
import { rankOf, sourceHost, toldAs } from '../model/ring.ts';
import type { PanelSource } from '../source.ts';
import type { Mark } from './answer.tsx';
import { usePanel } from './panel-context.ts';

const MARKS: Readonly<Record<Provenance, Mark>> = {
  given: ['✓', 'good'],
  discovery: ['✓', 'good'],
  traffic: ['~', 'warn'],
  token: ['⚠', 'warn'],
};
const NOTHING: Mark = ['–', 'dim'];

/** What there is to say of where a key came from. */
export interface Trust {
  readonly mark: Mark;
  readonly words: readonly string[];
  /** The entry of the key ring that a person can pin, or has. */
  readonly key?: RingKey;
}

/** Longest issuer that is quoted; it is a claim, and the text of an answer. */
const MAX_ISSUER = 200;

const quoted = (issuer: string): string =>
  visibleText(issuer.length > MAX_ISSUER ? `${issuer.slice(0, MAX_ISSUER)}…` : issuer);

/** A key of the ring: who vouches for it, for whose set it was taken, and whether it is still in there. */
const ringTrust = (source: PanelSource, key: RingKey, issuer: string, local: (at: number) => string): Trust => {
  const rank = rankOf(key);
  const told = toldAs(key);
  const host = visibleText(sourceHost(key));
  const doubt = doubtOf(key, issuer);
  const isOther = isForeign(key, issuer);
  const words = [
    key.pinned ? source.text('trust_pinned') : '',
    key.provenance === 'traffic' && host !== ''
      ? source.text('trust_traffic_at', host)
      : source.text(`provenance_${told}`),
    key.provenance === 'discovery' ? host : '',
    key.name ? visibleText(key.name) : '',
    isOther ? source.text('trust_other_issuer', quoted(key.issuer)) : '',
    key.provenance !== 'given' && key.issuer === '' ? source.text('trust_no_issuer') : '',
    key.goneAt === undefined ? '' : source.text('trust_gone', local(key.goneAt)),
    key.pinned || isOther || doubt === 'nobodys' ? '' : source.text(`provenance_${told}_proves`),
  ];
  return {
    mark: doubt ? ['~', 'warn'] : MARKS[rank],
    words: words.filter((word) => word !== ''),
    key,
  };
};

/** What the key says of who made the token: where it came from, and what that proves. */
export const trustOf = (
  source: PanelSource,
  entry: Entry,
  signature: SignatureAnswer | undefined,
  keys: readonly RingKey[],
  local: (at: number) => string,
): Trust => {
  const decryption = decryptionOf(entry.opened);
  if (decryption?.state === 'decrypted' && !signature) {
    const key = keys.find(({ id }) => id === decryption.key?.id);
    const proves = source.text(takesPublicKey(entry.decoded) ? 'trust_sealed_public' : 'trust_sealed_secret');
    return takesPublicKey(entry.decoded) || !key
      ? { mark: NOTHING, words: [proves] }
      : { mark: MARKS[rankOf(key)], words: [source.text(`provenance_${rankOf(key)}`), proves] };
  }
  if (signature?.state !== 'verified' || !signature.key) {
    return { mark: NOTHING, words: [source.text('verdict_no_trust')] };
  }
  const { id, provenance } = signature.key;
  if (provenance === 'token' && entry.kind === 'dpop_proof') {
    return { mark: NOTHING, words: [source.text('trust_proof')] };
  }
  const key = keys.find((one) => one.id === id);
  if (key) return ringTrust(source, key, issuerOf(entry.claims), local);
  const words = [source.text(`provenance_${provenance}`), source.text(`provenance_${provenance}_proves`)];
  return { mark: MARKS[provenance], words };
};

/** The answer on key trust, with the button that makes a person's word of it. */
export const TrustWords = ({ trust: { words, key } }: { trust: Trust }) => {
  const { source, tell } = usePanel();
  const pin = async ({ id, pinned }: RingKey) => {
    try {
      await source.changeKey(id, { pinned: !pinned });
    } catch {
      tell(source.text('ring_not_changed'));
    }
  };
  return (
    <>
      {words.join(' · ')}
      {key && (key.provenance === 'discovery' || key.provenance === 'traffic') && (
        <>
          {' '}
          <button type="button" class="link" onClick={() => pin(key)}>
            {source.text(key.pinned ? 'ring_unpin' : 'trust_pin')}
          </button>
        </>
      )}
    </>
  );
};
