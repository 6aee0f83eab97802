/** A policy's decision in words. What it quotes is as the token wrote it: to be made visible where it is shown. */
import { formatDuration, type Text } from './duration.ts';
import type { Decision, PolicyCheck } from './policy.ts';

/** A check as a sentence. */
export const checkText = ({ code, detail }: PolicyCheck, text: Text): string =>
  text(`policy_check_${code}`, ...detail.map((one) => (typeof one === 'string' ? one : formatDuration(one.ms, text))));

/** A decision as a sentence: accepted; rejected, and why; undecided, and what is open. */
export const decisionText = ({ decision, first }: Decision, text: Text): string =>
  text(`policy_decision_${decision}`, first ? checkText(first, text) : '');
