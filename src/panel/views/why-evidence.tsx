import type { Diagnosis } from '../../core/judge/diagnosis.ts';
import { checkedText, evidenceText } from '../../core/judge/why-text.ts';
import { judgementsOf } from '../model/judgements.ts';
import type { Entry } from '../model/log.ts';
import type { Model } from '../model/model.ts';
import { usePanel } from './panel-context.ts';
import { VisibleText } from './visible-text.tsx';

/** Sentences under the headline: the strongest say it, and the rest stands in the Exchanges view. */
const MAX_EVIDENCE = 3;

/** Why the last answer to a token was as it was, where that is about this token and no other. */
export const whyOf = (model: Model, { id, lastSent }: Entry): Diagnosis | undefined => {
  if (!lastSent) return undefined;
  const judgements = judgementsOf(model);
  judgements.revision.value;
  const { why } = judgements.of(lastSent);
  if (why?.token !== undefined) return why.token === id ? why : undefined;
  return model.log.judgedIn(lastSent).size === 1 ? why : undefined;
};

/** What speaks for the reason, and what was looked at and is in order. */
export const WhyEvidence = ({ why }: { why: Diagnosis }) => {
  const { source } = usePanel();
  const sentences = [
    ...why.evidence.slice(0, MAX_EVIDENCE).map((one) => evidenceText(one, source.text)),
    checkedText(why, source.text),
  ].filter((sentence) => sentence !== '');
  if (sentences.length === 0) return null;
  return (
    <ul class="why" aria-label={source.text('why_evidence')}>
      {sentences.map((sentence) => (
        <li key={sentence}>
          <VisibleText text={sentence} />
        </li>
      ))}
    </ul>
  );
};
