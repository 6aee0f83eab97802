/** Where the judgement of an exchange comes from: the reasons of the core, and the policies of the person. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { ExchangeRecord } from '../../core/capture/records.ts';
import type { Diagnosis, SentToken, WhyInput } from '../../core/judge/diagnosis.ts';
import type { Decision, Policy } from '../../core/judge/policy.ts';
import type { ClockOffset } from '../../core/judge/verdict.ts';
import type { Model } from './model.ts';

// TODO(issue 4): why.ts and policies.ts are being written; these stand in for them.
const never = signal(0);
export const policyRevision = (_model: Model): ReadonlySignal<unknown> => never;
export const policyFor = (_model: Model, _exchange: ExchangeRecord): Policy | undefined => undefined;
export const diagnosisOf = (_input: WhyInput): Diagnosis | undefined => undefined;
export const decisionOf = (
  _model: Model,
  _input: { readonly exchange: ExchangeRecord; readonly token?: SentToken; readonly clock?: ClockOffset },
): Decision | undefined => undefined;
export const reasonOf = (_why: Diagnosis, _text: (key: string) => string): string => '';
