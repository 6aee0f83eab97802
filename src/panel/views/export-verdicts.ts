/** What the panel says of tokens and exchanges, as plain rows for the files that tell it. */

import type { ExchangeRecord } from '../../core/capture/records.ts';
import { isRefused } from '../../core/judge/answered.ts';
import { decide } from '../../core/judge/decide-policy.ts';
import { decisionText } from '../../core/judge/policy-text.ts';
import { summaryText } from '../../core/judge/summary.ts';
import type { TimeAnswer } from '../../core/judge/verdict.ts';
import { diagnosisText, evidenceText } from '../../core/judge/why-text.ts';
import {
  type AnswerCell,
  REPORT_WORDS,
  type Refusal,
  type TokenVerdict,
  type Verdicts,
} from '../../core/report/exported.ts';
import { toldBy } from '../model/exchange-token.ts';
import { judgementsOf } from '../model/judgements.ts';
import { algorithmOf } from '../model/labels.ts';
import type { Entry } from '../model/log.ts';
import type { Model } from '../model/model.ts';
import { decryptionOf, isSealed, signatureOf } from '../model/opened.ts';
import { apiOf, judgedToken, policiesOf } from '../model/policies.ts';
import { rankOf } from '../model/ring.ts';
import { nextTask, SLICE_MS } from '../model/slices.ts';
import type { PanelSource } from '../source.ts';
import { isForAccess } from './policy-answer.tsx';
import { signatureReason } from './signature-reason.ts';
import { summaryOf } from './summary-of.ts';
import { trustOf } from './trust-words.tsx';
import { isForOneRequest } from './words.ts';

const NOTHING: AnswerCell = { code: '', words: '' };
/** Hosts that a row names; a token rarely goes to more. */
const MAX_HOSTS = 10;
/** As many sentences as stand under a verdict. */
const MAX_EVIDENCE = 3;

const signatureCell = (source: PanelSource, { opened }: Entry): AnswerCell => {
  if (!opened) return { code: 'pending', words: source.text('signature_pending') };
  const signature = signatureOf(opened);
  const decryption = decryptionOf(opened);
  if (!signature) {
    return decryption
      ? { code: `jwe_${decryption.state}`, words: source.text(`decryption_${decryption.state}`) }
      : NOTHING;
  }
  const { state, reason, alg, key } = signature;
  const isSaid = state !== 'verified' && reason !== 'no_key_given';
  const more = state === 'verified' ? [alg, key?.kid] : isSaid ? [signatureReason(source, signature)] : [];
  return { code: state, words: [source.text(`signature_${state}`), ...more].filter(Boolean).join(' · ') };
};

const timeCell = ({ text }: PanelSource, entry: Entry, time: TimeAnswer): AnswerCell => {
  if (isSealed(entry)) return { code: 'sealed', words: text('time_sealed') };
  if (isForOneRequest(entry, time)) return { code: 'once', words: text('life_once') };
  return { code: time.state, words: text(`time_${time.state}`) };
};

const policyCell = (model: Model, entry: Entry): AnswerCell => {
  const policy = isForAccess(entry) ? policiesOf(model).of(apiOf(entry)) : undefined;
  if (!policy) return NOTHING;
  const clock = model.clocks.of(entry);
  const decision = decide(policy, judgedToken(entry), { time: model.moment(entry), ...(clock && { clock }) });
  return { code: decision.decision, words: decisionText(decision, model.source.text) };
};

const trustCell = ({ source, keys, dates, now }: Model, entry: Entry): AnswerCell => {
  const signature = signatureOf(entry.opened);
  if (signature?.state !== 'verified') return NOTHING;
  const { words, key } = trustOf(source, entry, signature, keys.peek(), (at) => dates.local(at, now.peek()));
  return { code: key ? rankOf(key) : (signature.key?.provenance ?? ''), words: words.join(' · ') };
};

const verdictOf = (model: Model, entry: Entry): TokenVerdict => {
  const { source } = model;
  const { id, kind, requests, refused, hosts } = entry;
  const time = model.timeOf(entry, model.moment(entry));
  return {
    ...{ id, requests, refused },
    kind: { code: kind, words: source.text(`kind_${kind}`) },
    alg: algorithmOf(entry) ?? '',
    signature: signatureCell(source, entry),
    time: timeCell(source, entry, time),
    policy: policyCell(model, entry),
    trust: trustCell(model, entry),
    sentence: summaryText(summaryOf(model, entry, time), source.text, model.imported?.isThen.value === true),
    hosts: [...hosts].slice(0, MAX_HOSTS),
  };
};

const refusalOf = (model: Model, exchange: ExchangeRecord): Refusal => {
  const { text } = model.source;
  const { why } = judgementsOf(model).of(exchange);
  const { entry, isBrought } = toldBy(exchange, model.log);
  return {
    id: exchange.id,
    ...(entry && !isBrought && { token: entry.id }),
    reason: why?.code ?? '',
    sentence: why ? diagnosisText(why, text) : '',
    evidence: (why?.evidence ?? []).slice(0, MAX_EVIDENCE).map((one) => evidenceText(one, text)),
  };
};

/** Makes each, a few milliseconds at a time: judging thousands of tokens takes longer than a frame. */
const inTurns = async <Item, Made>(
  items: readonly Item[],
  make: (item: Item) => Made,
  signal: AbortSignal,
): Promise<readonly Made[]> => {
  const all: Made[] = [];
  let end = performance.now() + SLICE_MS;
  for (const item of items) {
    all.push(make(item));
    if (performance.now() < end) continue;
    await nextTask();
    signal.throwIfAborted();
    end = performance.now() + SLICE_MS;
  }
  return all;
};

const wordsOf = ({ text }: PanelSource): Verdicts['words'] => ({
  ...Object.fromEntries(REPORT_WORDS.map((word) => [word, text(`report_${word}`)])),
  signature: text('verdict_signature'),
  time: text('verdict_time'),
  policy: text('verdict_policy'),
  trust: text('verdict_trust'),
  verdict: text('verdict_name'),
  header: text('part_header'),
  payload: text('part_payload'),
});

/** Of these tokens, and of every refused exchange in the log. Rejects when it is aborted. */
export const verdictsOf = async (model: Model, entries: readonly Entry[], signal: AbortSignal): Promise<Verdicts> => ({
  tokens: await inTurns(entries, (entry) => verdictOf(model, entry), signal),
  refusals: await inTurns([...model.log.exchanges()].filter(isRefused), (one) => refusalOf(model, one), signal),
  words: wordsOf(model.source),
});
