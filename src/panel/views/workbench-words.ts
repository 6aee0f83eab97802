/** What the workbench says of what is typed, and of what became of it. Quoted text is hostile, and made visible. */
import { shown } from '../../core/token/shown.ts';
import { visibleText } from '../../core/token/visible.ts';
import type { EncryptionFailure } from '../../core/trust/signing.ts';
import type { BuildFailure, Built, Mark, Part, SignatureMode } from '../model/workbench-shape.ts';
import type { PanelSource } from '../source.ts';
import { signatureReason } from './signature-reason.ts';

type Source = PanelSource;

/** `Line 2, column 5` */
export const placeText = ({ text }: Source, { line, column }: Mark): string =>
  text('workbench_place', String(line), String(column));

/** What is wrong there. JSON that ends too early has nothing to quote. */
export const markSentence = ({ text }: Source, { code, detail = '' }: Mark): string =>
  code === 'json' && detail === ''
    ? text('workbench_mark_json_ends')
    : text(`workbench_mark_${code}`, visibleText(shown(detail)));

/** Why nothing was encrypted. A key that cannot be read is told by what breaks it. */
const encryptionReason = ({ text }: Source, { reason, detail: hostile = [] }: EncryptionFailure): string => {
  const detail = hostile.map((one) => visibleText(shown(one)));
  const [code, ...rest] = detail;
  return reason === 'not_a_key' && code !== undefined
    ? text(`key_error_${code}`, ...rest)
    : text(`encryption_reason_${reason}`, ...detail);
};

export type Tone = 'good' | 'warn' | 'bad' | 'plain';

export interface Said {
  readonly tone: Tone;
  readonly sentence: string;
  /** What stands below instead, or why a key could not be made. */
  readonly more?: string;
}

/** Of a Workbench, at one moment. */
interface Standing {
  readonly built: Built | undefined;
  readonly failure: BuildFailure | undefined;
  readonly marks: Readonly<Record<Part, readonly Mark[]>>;
  readonly outerMarks: readonly Mark[];
  readonly mode: SignatureMode;
  readonly original: string | undefined;
}

/** Why nothing new could be made, as one sentence. */
const failureSentence = (source: Source, failure: BuildFailure): string => {
  if (failure.state === 'not_encrypted') return encryptionReason(source, failure);
  return failure.state === 'no_key' ? source.text('workbench_no_key') : signatureReason(source, failure);
};

/** What keeps the texts from becoming a token: the first error in them, else what the signer says. */
const obstacle = (source: Source, { marks, outerMarks, failure }: Standing): string => {
  const texts = [
    ['workbench_breaks_header', marks.header],
    ['workbench_breaks_payload', marks.payload],
    ['workbench_breaks_outer', outerMarks],
  ] as const;
  for (const [key, found] of texts) {
    const error = found.find(({ severity }) => severity === 'error');
    if (error) return source.text(key, String(error.line), String(error.column));
  }
  return failure ? failureSentence(source, failure) : '';
};

const original = ({ answer }: Built): readonly [code: string, tone: Tone] => {
  if (answer?.state === 'verified') return ['original_holds', 'good'];
  return answer?.state === 'mismatch' ? ['original_fails', 'bad'] : ['original_unknown', 'warn'];
};

const current = (built: Built, mode: SignatureMode, isSame: boolean): readonly [code: string, tone: Tone] => {
  if (isSame) return ['same', 'plain'];
  if (built.decoded.form === 'jwe') return ['encrypted', 'plain'];
  if (mode === 'none') return ['none', 'warn'];
  if (mode === 'empty') return ['empty', 'warn'];
  if (mode === 'original') return original(built);
  return built.answer?.state === 'verified' ? ['signed', 'good'] : ['signed_unproven', 'plain'];
};

/** The token in one sentence: what it is, or that it is not what is typed, and why. Below it, what else went wrong. */
export const saidOf = (source: Source, standing: Standing): Said => {
  const { built, mode } = standing;
  if (!built?.current) {
    // Nothing is in the way while the first token is being made.
    const sentence = obstacle(source, standing) || source.text('workbench_says_nothing');
    return { tone: 'warn', sentence, ...(built && { more: source.text('workbench_says_stale') }) };
  }
  const [code, tone] = current(built, mode, built.compact === standing.original);
  const sentence = source.text(`workbench_says_${code}`, visibleText(built.answer?.alg ?? ''));
  return { tone, sentence, ...(standing.failure && { more: failureSentence(source, standing.failure) }) };
};
