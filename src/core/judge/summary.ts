import type { Decoded } from '../token/decoded.ts';
import type { DecryptionAnswer } from '../trust/decryption.ts';
import type { SdReading } from '../trust/sd-reading.ts';
import type { SignatureState } from '../trust/signature.ts';
import { isRefused } from './answered.ts';
import { formatDuration, type Text } from './duration.ts';
import { type Checked, type Summary, type SummaryInput, say, type Tone, toneOf } from './saying.ts';
import { diagnosisText } from './why-text.ts';

/**
 * The sentence on top of a token: what a colleague would say looking over your shoulder. One thing only, the one that
 * matters most, from evidence: what the server did with it, then what is certain to be refused, then what is open.
 */
export function summarise(input: SummaryInput): Summary {
  const { decoded, time, signature, decryption, why, shared = false } = input;
  const malformed =
    decoded.form === 'malformed' || signature?.state === 'malformed' || decryption?.state === 'malformed';
  const [problem] = decoded.problems;
  if (why && !shared) return { ...say(toneOf(why), 'why'), why };
  if (malformed) return { ...say('bad', 'malformed'), ...(problem && { problem }) };
  const broken = breach(input);
  if (broken) return broken;
  const { left = 0 } = time;
  switch (time.state) {
    case 'expired':
      return say('bad', 'would_be_refused_expired', { ms: -left });
    case 'not_yet_valid':
      return say('bad', 'would_be_refused_not_yet_valid', { ms: time.remaining ?? 0 });
    default:
  }
  // What is certain of the token comes before an answer that may be about another.
  if (shared && isRefused(input.lastExchange)) return say('warn', 'answered', String(input.lastExchange.status));
  if (decoded.form === 'jwe' && decryption?.state !== 'decrypted') return sealed(decryption);
  if (time.state === 'unreadable') {
    const claim = time.problems.find((one) => one.claim === 'exp' || one.claim === 'nbf')?.claim;
    return claim ? say('warn', 'time_unreadable', claim) : say('plain', 'not_claims');
  }
  const checked = checkedAs(input);
  if (checked === 'unsecured') return say('warn', 'unsecured');
  const told = mixed(input) ?? uncompared(input) ?? proof(input);
  if (told) return told;
  if (time.state === 'never_expires') return say('warn', `never_expires_${checked}`);
  if (time.state === 'expiring') return say('warn', `expiring_${checked}`, { ms: left });
  return say(ALIVE[checked] ?? 'plain', `alive_${checked}`, { ms: left });
}

/** How good it is to be alive; `plain` where nothing is said. */
const ALIVE: Readonly<Partial<Record<Checked, Tone>>> = {
  verified: 'good',
  strangers_key: 'warn',
  gone_key: 'warn',
  own_key: 'warn',
  sealed_by_anyone: 'warn',
  key_does_not_fit: 'warn',
};

/** A key binding that no holder's key made, whatever it is compared with: RFC 9901 section 7.3 forbids `none` by name. */
const UNBOUND: ReadonlySet<SignatureState> = new Set(['mismatch', 'key_does_not_fit', 'unsecured', 'malformed']);

/** What was not sealed or signed as it stands: no verifier takes it. */
function breach({ signature, sd, kind }: SummaryInput): Summary | undefined {
  if (signature?.state === 'mismatch') {
    const isOwn = kind === 'dpop_proof' && signature.key?.provenance === 'token';
    return say('bad', isOwn ? 'proof_mismatch' : 'signature_mismatch');
  }
  if (sd?.disclosures.some(({ state }) => state !== 'disclosed') && !sd.hashUnsupported) {
    return say('bad', 'disclosure_refused');
  }
  if (sd?.digestsTwice) return say('bad', 'digest_twice');
  return isUnbound(sd) ? say('bad', 'key_binding_refused') : undefined;
}

/** A key binding that cannot hold: made by no holder's key, for something else, or where the issuer named no holder. */
const isUnbound = ({ keyBinding, claims, hashUnsupported }: Partial<SdReading> = {}): boolean => {
  if (!keyBinding) return false;
  // The key may stand in a disclosure that nobody could put in place.
  const isNobodys = claims?.cnf === undefined && !hashUnsupported;
  const isBroken = keyBinding.checks.some(({ state }) => state === 'mismatch' || state === 'missing');
  return isNobodys || isBroken || UNBOUND.has(keyBinding.signature.state);
};

/** One signature holds and another does not: whether that is enough is for the application (RFC 7515 section 5.2). */
const mixed = ({ signature, parts = [] }: SummaryInput): Summary | undefined => {
  if (signature?.state !== 'verified' || !parts.some(({ state }) => state === 'mismatch')) return undefined;
  const good = parts.filter(({ state }) => state === 'verified').length;
  return say('warn', 'part_mismatch', String(good), String(parts.length));
};

/** What of an SD-JWT could not be compared here, though a verifier must. */
const uncompared = ({ sd }: SummaryInput): Summary | undefined => {
  if (sd?.hashUnsupported) return say('warn', 'disclosures_uncompared', sd.hash);
  const isOpen = sd?.keyBinding && sd.keyBinding.signature.state !== 'verified';
  return isOpen ? say('warn', 'key_binding_unchecked') : undefined;
};

/** A JWE that is still closed. */
const sealed = (decryption: DecryptionAnswer | undefined): Summary => {
  switch (decryption?.state) {
    case 'failed':
      return say('warn', 'encrypted_wrong_key');
    case 'key_does_not_fit':
    case 'asks':
    case 'cannot_be_checked':
      return say('plain', `encrypted_${decryption.state}`);
    default:
      return say('plain', 'encrypted');
  }
};

/** Whether a JWE is sealed to a public key, which by its nature anyone can have (RFC 7518 section 4.1). */
export const takesPublicKey = ({ header }: Decoded): boolean =>
  typeof header?.alg === 'string' && /^(?:RSA|ECDH-ES)/.test(header.alg);

/** Who can have written it, as far as a key tells. */
function checkedAs({ decoded, signature, doubt, decryption }: SummaryInput): Checked | 'unsecured' {
  const isUnsecured = decoded.form === 'unsecured' || signature?.state === 'unsecured';
  if (decryption?.state === 'decrypted' && (!signature || isUnsecured)) {
    return takesPublicKey(decoded) ? 'sealed_by_anyone' : 'decrypted';
  }
  if (isUnsecured) return 'unsecured';
  if (signature?.state === 'verified' && signature.key?.provenance === 'token') return 'own_key';
  const state = signature?.state;
  if (state === 'verified' && doubt) return doubt === 'gone' ? 'gone_key' : 'strangers_key';
  return state === 'mismatch' || state === 'malformed' ? 'pending' : (state ?? 'pending');
}

/** A DPoP proof brings its key by design, and lives for one request. */
function proof({ kind, signature, disagreements = [] }: SummaryInput): Summary | undefined {
  if (kind !== 'dpop_proof' || signature?.state !== 'verified') return undefined;
  return disagreements.length > 0
    ? say('warn', 'proof_disagrees', disagreements.join(', '))
    : say('good', 'proof_verified');
}

/** What is said of this very moment, and otherwise of one that is past. */
const SAYS_NOW: ReadonlySet<string> = new Set(['would_be_refused_expired', 'would_be_refused_not_yet_valid']);

/** A summary in words; `then` where its moment is past. */
export const summaryText = ({ code, detail, why }: Summary, text: Text, then = false): string =>
  why
    ? diagnosisText(why, text)
    : text(
        `summary_${code}${then && SAYS_NOW.has(code) ? '_then' : ''}`,
        ...detail.map((one) => (typeof one === 'string' ? one : formatDuration(one.ms, text))),
      );
