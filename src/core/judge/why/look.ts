/** One look at one token: the shapes that the families of reasons share. */
import { shown } from '../../token/shown.ts';
import type {
  AcceptedToken,
  Detail,
  Evidence,
  EvidenceCode,
  RefusedSentence,
  SentToken,
  WhyCode,
  WhyInput,
} from '../diagnosis.ts';
import type { Decision, PolicyCheck, PolicyCheckName } from '../policy.ts';
import type { ServerWords } from '../server-words.ts';

/** A token whose request was answered, and all that can speak for or against it. */
export interface Case {
  readonly token: SentToken;
  readonly input: WhyInput;
  readonly words: ServerWords;
  /** The policy's decision, where it is about this token. */
  readonly decision?: Decision;
  /** What this API accepted in the same place, of the same kind. */
  readonly comparable: readonly AcceptedToken[];
}

/** What is wrong, without the status that begins each sentence. */
export interface Finding {
  readonly code: WhyCode;
  readonly sentence: RefusedSentence;
  readonly detail: readonly Detail[];
  readonly evidence: readonly Evidence[];
}

/** Undefined: it could not be looked at, or nothing certain was seen. */
export type Look = Finding | 'in_order' | undefined;
export type LookAt = (one: Case) => Look;

/** A finding. Arguments: code, sentence, its substitutions, evidence. */
export const found = (
  code: WhyCode,
  sentence: RefusedSentence,
  detail: readonly Detail[] = [],
  evidence: readonly Evidence[] = [],
): Finding => ({ code, sentence, detail, evidence });

/** A piece of evidence with its substitutions. */
export const evidence = (code: EvidenceCode, ...detail: readonly Detail[]): Evidence => ({ code, detail });

/** Names that a sentence can hold: more of them help nobody. */
const MAX_NAMES = 8;

/** Texts of a token or a server for a sentence: those that differ, cut. */
export const listed = (texts: Iterable<string>): string => {
  const all = [...new Set(texts)];
  return shown(`${all.slice(0, MAX_NAMES).join(', ')}${all.length > MAX_NAMES ? ', …' : ''}`);
};

/** The policy's check of that name, where it is about this token. */
export const policyCheck = ({ decision }: Case, name: PolicyCheckName): PolicyCheck | undefined =>
  decision?.checks.find((check) => check.name === name && check.state === 'fail') ??
  decision?.checks.find((check) => check.name === name);

/** The claims, where they can be read. */
export const claimsOf = ({ claims, sealed }: SentToken): Readonly<Record<string, unknown>> | undefined =>
  sealed ? undefined : claims.payload;

/** How many tokens something was compared with, as evidence. */
export const comparedWith = (accepted: readonly AcceptedToken[], isHere = false): Evidence =>
  evidence(isHere ? 'accepted_here' : 'accepted', String(new Set(accepted.map(({ token }) => token.id)).size));
