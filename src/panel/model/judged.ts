/** Whom an answer is about: a 401 to a bad Bearer says nothing of the healthy cookie beside it. */
import { type ExchangeRecord, isFromServer, type Place, type SightingRecord } from '../../core/capture/records.ts';

const isAuthorization = ({ kind, name }: Place) => kind === 'request_header' && name === 'authorization';

const isProof = ({ kind, name }: Place) => kind === 'request_header' && name === 'dpop';

/** RFC 9449 sections 7.1 and 9: it was the DPoP proof, and not the access token that it came with. */
const PROOF_REFUSED = /\berror="?(?:invalid_dpop_proof|use_dpop_nonce)\b/i;

const hasOpaque = ({ opaque = [] }: ExchangeRecord) =>
  opaque.some((one) => one === 'authorization' || one.startsWith('authorization '));

/**
 * The tokens (TokenRecord.id) that the answer of an exchange can be about. What stands in `Authorization` is what a
 * server decides by, a JWT or not, unless it says that it was the proof; without it each token of the request may be.
 * @param sightings those in the exchange
 */
export const judgedIn = (exchange: ExchangeRecord, sightings: readonly SightingRecord[]): ReadonlySet<string> => {
  const sent = sightings.filter(({ place }) => !isFromServer(place));
  const saysProof = exchange.wwwAuthenticate?.some((challenge) => PROOF_REFUSED.test(challenge)) ?? false;
  const proofs = saysProof ? sent.filter(({ place }) => isProof(place)) : [];
  const named = proofs.length > 0 ? proofs : sent.filter(({ place }) => isAuthorization(place));
  const judged = named.length > 0 || hasOpaque(exchange) ? named : sent;
  return new Set(judged.map(({ token }) => token));
};
