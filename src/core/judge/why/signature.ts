/** What the keys known here say of the signature. */

import type { Provenance } from '../../trust/signature.ts';
import type { EvidenceCode } from '../diagnosis.ts';
import { evidence, found, type LookAt, listed } from './look.ts';

const KEYS: Readonly<Record<Provenance, EvidenceCode>> = {
  given: 'key_given',
  discovery: 'key_discovery',
  traffic: 'key_traffic',
  token: 'key_token',
};

/** A key that the token brought along verifies anything: it puts nothing in order. */
export const lookAtSignature: LookAt = ({ token: { signature } }) => {
  const { state, reason, key, detail = [] } = signature ?? {};
  if (state === 'mismatch') {
    const from = key ? [evidence(KEYS[key.provenance])] : [];
    return key?.kid === undefined
      ? found('signature_mismatch', 'signature_mismatch', [], from)
      : found('signature_mismatch', 'signature_mismatch_kid', [listed([key.kid])], from);
  }
  if (reason === 'no_key_with_kid' && !signature?.elsewhere) {
    const [kid = '', kids = ''] = detail;
    const from = key ? [evidence(KEYS[key.provenance])] : [];
    return found('unknown_key', 'unknown_key', [listed([kid]), listed([kids])], [...from, evidence('rotated')]);
  }
  return state === 'verified' && key?.provenance !== 'token' ? 'in_order' : undefined;
};
