/** What a policy asks of a token itself: how it is written, how it is signed. Its claims and its time are asked elsewhere. */
import type { Decoded, ProblemCode } from '../token/decoded.ts';
import { shown, shownAll } from '../token/shown.ts';
import type { SignatureAnswer, SignatureState } from '../trust/signature.ts';
import type { Policy, PolicyCheck, PolicyCheckName, PolicyCode } from './policy.ts';

/** A token as the caller knows it; a `SentToken` will do. */
export interface JudgedToken {
  /** As it was sent. */
  readonly decoded: Decoded;
  /** The token whose payload speaks; `decoded` itself where nothing is nested. */
  readonly claims: Decoded;
  /** Absent while it is being checked, and where there is none. */
  readonly signature?: SignatureAnswer;
  /** Its content is encrypted, and out of reach. */
  readonly sealed?: true;
}

type State = PolicyCheck['state'];

/** A check out of its code: `issuer_fail_missing` is of `issuer`, and fails. */
export const check = <Name extends PolicyCheckName, S extends State>(
  name: Name,
  state: S,
  code: Extract<PolicyCode, `${Name}_${S}` | `${Name}_${S}_${string}`>,
  ...detail: PolicyCheck['detail']
): PolicyCheck => ({ name, state, code, detail });

/** RFC 7519 section 7.2 wants all of these refused. What is said twice, or ends in odd bits, most readers take. */
const BROKEN: ReadonlySet<ProblemCode> = new Set([
  'segments',
  'empty_segment',
  'character',
  'padding',
  'white_space',
  'length',
  'utf8',
  'json',
  'not_object',
  'truncated',
  'member_type',
  'header_conflict',
  'b64',
]);

/** Whether it is a JWT with claims. An empty signature is the signature's affair. */
export const checkForm = ({ decoded, claims, sealed }: JudgedToken): PolicyCheck => {
  const problems = [...decoded.problems, ...(claims === decoded ? [] : claims.problems)];
  const isBroken = problems.some(({ code, segment }) => BROKEN.has(code) && segment !== 'signature');
  if (decoded.form === 'malformed' || isBroken) return check('well_formed', 'fail', 'well_formed_fail');
  if (problems.some(({ code }) => code === 'too_large' || code === 'too_deep')) {
    return check('well_formed', 'unknown', 'well_formed_unknown');
  }
  if (!sealed && !claims.payload) return check('well_formed', 'fail', 'well_formed_fail_no_claims');
  return check('well_formed', 'pass', 'well_formed_pass');
};

/** The token that is signed: the outermost, but for the envelope around it. */
export const signedOf = ({ decoded, claims }: JudgedToken): Decoded => (decoded.form === 'jwe' ? claims : decoded);

const isNone = (alg: string): boolean => alg.toLowerCase() === 'none';

/** `alg` is compared with case (RFC 7515 section 4.1.1); `none` must be named (RFC 8725 section 3.2). */
export const checkAlgorithm = ({ algorithms }: Policy, token: JudgedToken): PolicyCheck => {
  if (token.sealed) return check('algorithm', 'unknown', 'algorithm_unknown_sealed');
  const alg = signedOf(token).header?.alg;
  if (typeof alg !== 'string') return check('algorithm', 'fail', 'algorithm_fail_missing');
  if (algorithms.includes(alg)) return check('algorithm', 'pass', 'algorithm_pass', shown(alg));
  if (isNone(alg)) return check('algorithm', 'fail', 'algorithm_fail_none');
  return algorithms.length === 0
    ? check('algorithm', 'pass', 'algorithm_pass', shown(alg))
    : check('algorithm', 'fail', 'algorithm_fail', shown(alg), shownAll(algorithms));
};

const SIGNATURES: Readonly<Record<SignatureState, PolicyCheck>> = {
  verified: check('signature', 'pass', 'signature_pass'),
  mismatch: check('signature', 'fail', 'signature_fail_mismatch'),
  unsecured: check('signature', 'fail', 'signature_fail_unsecured'),
  malformed: check('signature', 'fail', 'signature_fail_malformed'),
  no_key: check('signature', 'unknown', 'signature_unknown_no_key'),
  key_does_not_fit: check('signature', 'unknown', 'signature_unknown_key_does_not_fit'),
  cannot_be_checked: check('signature', 'unknown', 'signature_unknown_cannot_be_checked'),
};

/** What is known of the signature. A key out of the token itself proves nothing, and a gateway may know another. */
export const checkSignature = ({ algorithms }: Policy, token: JudgedToken): PolicyCheck => {
  const { decoded, signature, sealed } = token;
  if (sealed) return check('signature', 'unknown', 'signature_unknown_sealed');
  const signed = signedOf(token);
  if (signed.form === 'unsecured' || signature?.state === 'unsecured') {
    const alg = signed.header?.alg;
    const isNamed = typeof alg === 'string' && algorithms.includes(alg);
    return isNamed ? check('signature', 'pass', 'signature_pass_unsecured') : SIGNATURES.unsecured;
  }
  if (!signature) {
    const isEnvelope = decoded.form === 'jwe' && signed.form === 'jwe';
    return isEnvelope
      ? check('signature', 'unknown', 'signature_unknown_encrypted')
      : check('signature', 'unknown', 'signature_unknown_pending');
  }
  const isOwn = signature.state === 'verified' && signature.key?.provenance === 'token';
  return isOwn ? check('signature', 'unknown', 'signature_unknown_own_key') : SIGNATURES[signature.state];
};
