/**
 * Why a request was refused, in one reason with its evidence (product.md section 6). It never guesses: what is not seen to
 * be wrong is not called so, and what could not be looked at is not called in order.
 */
import { isRefused, isTaken } from './answered.ts';
import type { AcceptedSentence, CheckedName, Diagnosis, Evidence, Refused, SentToken, WhyInput } from './diagnosis.ts';
import { type ServerWords, serverWords } from './server-words.ts';
import { lookAtClaims, lookAtKind } from './why/claims.ts';
import { comparableTo } from './why/comparable.ts';
import { lookAtForm } from './why/form.ts';
import { type Case, evidence, type Finding, found, type LookAt, listed } from './why/look.ts';
import { lookAtAudience, lookAtCommonAudience, lookAtCommonIssuer, lookAtIssuer } from './why/party.ts';
import { lookAtPolicy } from './why/policy.ts';
import { lookAtProof } from './why/proof.ts';
import { lookAtRequest } from './why/request.ts';
import { lookAtScope } from './why/scope.ts';
import { saidByServer } from './why/server.ts';
import { lookAtSignature } from './why/signature.ts';
import { lookAround, lookAtTime, unreadableTime } from './why/time.ts';

/** Strongest first. */
const LOOKS: readonly (readonly [CheckedName, LookAt])[] = [
  ['form', lookAtForm],
  ['time', lookAtTime],
  ['issuer', lookAtIssuer],
  ['audience', lookAtAudience],
  ['signature', lookAtSignature],
  ['scope', lookAtScope],
  ['proof', lookAtProof],
  // From here on it is likely rather than certain.
  ['time', lookAround],
  ['issuer', lookAtCommonIssuer],
  ['audience', lookAtCommonAudience],
  ['claims', lookAtKind],
  ['claims', lookAtClaims],
  ['policy', lookAtPolicy],
];

interface Seen {
  readonly finding?: Finding;
  readonly checked: readonly CheckedName[];
}

const lookAt = (one: Case): Seen => {
  const looks = LOOKS.map(([name, look]) => [name, look(one)] as const);
  const [, finding] = looks.find(([, look]) => typeof look === 'object') ?? [];
  const wrong = new Set(looks.flatMap(([name, look]) => (typeof look === 'object' ? [name] : [])));
  const checked = looks.flatMap(([name, look]) => (look === 'in_order' && !wrong.has(name) ? [name] : []));
  return { ...(typeof finding === 'object' && { finding }), checked };
};

const caseOf = (token: SentToken, input: WhyInput, words: ServerWords): Case => ({
  ...{ token, input, words },
  comparable: comparableTo(token, input.accepted),
  ...(input.decision && token === input.judged[0] && { decision: input.decision }),
});

/** What is so whoever judges it: enough to tell, of several tokens, which one was meant. */
const CERTAIN: ReadonlySet<Finding['code']> = new Set([
  'malformed',
  'unsecured',
  'expired',
  'not_yet_valid',
  'signature_mismatch',
]);

const refused = (
  { exchange }: WhyInput,
  { code, sentence, detail, evidence: seen }: Finding,
  words: ServerWords,
  about: {
    readonly token?: string;
    readonly checked?: readonly CheckedName[];
    readonly more?: readonly Evidence[];
  } = {},
): Refused => {
  const said = words.description ?? words.error;
  const isQuoted = sentence === 'nothing_visible_said' || said === undefined;
  return {
    ...{ outcome: 'refused', code, sentence },
    detail: [String(exchange.status), ...detail],
    ...(about.token !== undefined && { token: about.token }),
    evidence: [...seen, ...(about.more ?? []), ...(isQuoted ? [] : [evidence('server_says', listed([said]))])],
    checked: about.checked ?? [],
  };
};

const nothing = (one: Case): Finding => {
  const { description, error } = one.words;
  const said = description ?? error;
  if (one.token.sealed) return found('nothing_visible', 'nothing_visible_sealed');
  return said === undefined
    ? found('nothing_visible', 'nothing_visible', [], unreadableTime(one))
    : found('nothing_visible', 'nothing_visible_said', [listed([said])], unreadableTime(one));
};

/** What stands where no server needs to look for it, as a cookie for something else does, is perhaps not what it judged. */
const doubtOf = ({ place: { kind, name } }: SentToken, { error }: ServerWords): readonly Evidence[] => {
  const isMeant = /^(?:proxy-)?authorization$|^dpop$/.test(name) && kind === 'request_header';
  return isMeant || kind === 'websocket_protocol' || error !== undefined ? [] : [evidence('not_authorization')];
};

const whyOne = (token: SentToken, input: WhyInput, words: ServerWords): Refused => {
  const one = caseOf(token, input, words);
  const { finding, checked } = lookAt(one);
  const said = saidByServer(one);
  return refused(input, said ?? finding ?? nothing(one), words, {
    token: token.id,
    more: finding && !said ? doubtOf(token, words) : [],
    // What the server found wrong is not in order because it looks so from here.
    checked: said ? checked.filter((name) => name !== 'scope' && name !== 'proof') : checked,
  });
};

/** Of several tokens, none of them in `Authorization`, that one whose defect is certain; else any of them may be meant. */
const whySeveral = (input: WhyInput, words: ServerWords): Refused => {
  const count = String(input.judged.length);
  for (const token of input.judged) {
    const { finding, checked } = lookAt(caseOf(token, input, words));
    if (!finding || !CERTAIN.has(finding.code)) continue;
    const more = [evidence('one_of_several', count, listed([token.place.name]))];
    return refused(input, finding, words, { token: token.id, checked, more });
  }
  return refused(input, found('nothing_visible', 'nothing_visible_several', [count]), words);
};

const whyRefused = (input: WhyInput): Refused | undefined => {
  const words = serverWords(input.exchange.wwwAuthenticate);
  const request = lookAtRequest(input, words);
  if (request) return refused(input, request, words);
  const [first, ...others] = input.judged;
  if (!first) return undefined;
  return others.length === 0 ? whyOne(first, input, words) : whySeveral(input, words);
};

/** Credentials that are sent for this request, and not along with every one, as cookies are. */
const EXPLICIT: ReadonlySet<SentToken['place']['kind']> = new Set(['request_header', 'websocket_protocol']);

/** What a server that checks it would not have let pass, each with the sentence for that it did. */
const OUGHT: readonly (readonly [LookAt, readonly AcceptedSentence[]])[] = [
  [lookAtForm, ['unsecured']],
  [lookAtTime, ['expired', 'expired_device', 'not_yet_valid']],
  [lookAtSignature, ['signature_mismatch', 'signature_mismatch_kid']],
  [lookAtPolicy, ['policy']],
];

/** Servers grant this much by default, as ASP.NET Core does, in ms. */
const USUAL_LEEWAY = 300_000;

const isWithinLeeway = (finding: Finding): boolean =>
  finding.detail.some((one) => typeof one === 'object' && 'ms' in one && Math.abs(one.ms) <= USUAL_LEEWAY);

const whyAccepted = (input: WhyInput): Diagnosis | undefined => {
  const [token, ...others] = input.judged;
  if (!token || others.length > 0 || !EXPLICIT.has(token.place.kind)) return undefined;
  const one = caseOf(token, input, serverWords());
  for (const [look, sentences] of OUGHT) {
    const finding = look(one);
    if (typeof finding !== 'object') continue;
    const sentence = sentences.find((known) => known === finding.sentence);
    // That a token does not match the key it brought along is the key's fault as well.
    const isOwnKey = finding.code === 'signature_mismatch' && token.signature?.key?.provenance === 'token';
    if (!sentence || isOwnKey) continue;
    return {
      ...{ outcome: 'accepted', code: finding.code, sentence, token: token.id, checked: [] },
      detail: [String(input.exchange.status), ...finding.detail],
      evidence: [...finding.evidence, ...(isWithinLeeway(finding) ? [evidence('leeway')] : [])],
    };
  }
  return undefined;
};

/**
 * The reason of a refusal (401, 403), or why a success (2xx) should have been one; undefined for every other answer, and
 * where nothing is wrong. Pure; never throws; linear in the tokens and in what was accepted, which the caller bounds.
 */
export const why = (input: WhyInput): Diagnosis | undefined => {
  if (isRefused(input.exchange)) return whyRefused(input);
  return isTaken(input.exchange) ? whyAccepted(input) : undefined;
};
