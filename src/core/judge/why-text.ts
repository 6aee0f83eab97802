/** A diagnosis in words. What it quotes is as the token or the server wrote it: to be made visible where it is shown. */
import { shown } from '../token/shown.ts';
import type { Detail, Diagnosis, Evidence } from './diagnosis.ts';
import { formatDuration, type Text } from './duration.ts';
import { checkText } from './policy-text.ts';
import { problemText } from './problem-text.ts';

const detailText = (detail: Detail, text: Text): string => {
  if (typeof detail === 'string') return shown(detail);
  if ('ms' in detail) return formatDuration(detail.ms, text);
  if ('checks' in detail) return detail.checks.map((name) => text(`check_${name}`)).join(', ');
  if ('problem' in detail) return problemText(detail.problem, text);
  if ('signature' in detail) {
    const { reason, detail: parts = [] } = detail.signature;
    return text(`signature_reason_${reason}`, ...parts.map(shown));
  }
  return checkText(detail.check, text);
};

/** The one sentence. */
export const diagnosisText = ({ outcome, sentence, detail }: Diagnosis, text: Text): string => {
  const parts = detail.map((one) => detailText(one, text));
  return outcome === 'refused' ? text(`why_refused_${sentence}`, ...parts) : text(`why_accepted_${sentence}`, ...parts);
};

/** One piece of evidence, as a sentence. */
export const evidenceText = ({ code, detail }: Evidence, text: Text): string => {
  const parts = detail.map((one) => detailText(one, text));
  return code === 'detail' ? (parts[0] ?? '') : text(`why_evidence_${code}`, ...parts);
};

/** A few words for a table: "expired 2 min 3 s before". */
export const shortText = ({ code, detail }: Diagnosis, text: Text): string =>
  text(`why_short_${code}`, ...detail.slice(1).map((one) => detailText(one, text)));

/** What is in order, as one sentence; '' where nothing could be looked at. */
export const checkedText = ({ checked }: Diagnosis, text: Text): string =>
  checked.length === 0
    ? ''
    : text('why_in_order', [...new Set(checked)].map((name) => text(`why_checked_${name}`)).join(', '));
