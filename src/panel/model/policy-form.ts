/** A policy as a person types it: text in every field, read as a whole, each error beside its field. */
import {
  ALL_APIS,
  isPolicyOrigin,
  MAX_AGE,
  MAX_ENTRIES,
  MAX_ENTRY,
  MAX_LEEWAY,
} from '../../core/judge/parse-policy.ts';
import type { ClaimRule, ClaimTest, Policy } from '../../core/judge/policy.ts';

/** Lists of names that have no space in them, typed in one line; commas are taken for spaces. */
export const WORD_FIELDS = ['algorithms', 'types', 'scopes'] as const;
/** Lists of anything, one a line. */
export const LINE_FIELDS = ['issuers', 'audiences', 'roles', 'denied'] as const;
export type ListField = (typeof WORD_FIELDS)[number] | (typeof LINE_FIELDS)[number];

export interface RuleDraft {
  readonly claim: string;
  readonly test: ClaimTest;
  /** One a line for `one_of`. */
  readonly values: string;
}

export type PolicyDraft = Readonly<Record<ListField | 'origin' | 'leeway' | 'maxAge', string>> & {
  readonly claims: readonly RuleDraft[];
};

export type DraftError =
  | 'origin'
  | 'origin_taken' // another policy has it
  | 'too_many'
  | 'too_long'
  | 'leeway'
  | 'age'
  | 'rule_claim' // a rule names no claim
  | 'rule_value'; // a rule has nothing to compare with

/** Rules by their place, from 0. */
export type DraftField = ListField | 'origin' | 'leeway' | 'maxAge' | 'claims' | `rule${number}`;

export interface DraftRead {
  /** Absent where something is wrong. */
  readonly policy?: Policy;
  readonly errors: ReadonlyMap<DraftField, DraftError>;
}

export const draftOf = (policy: Policy): PolicyDraft => ({
  origin: policy.origin,
  algorithms: policy.algorithms.join(' '),
  types: policy.types.join(' '),
  scopes: policy.scopes.join(' '),
  issuers: policy.issuers.join('\n'),
  audiences: policy.audiences.join('\n'),
  roles: policy.roles.join('\n'),
  denied: policy.denied.join('\n'),
  leeway: policy.leeway === 0 ? '' : String(policy.leeway),
  maxAge: policy.maxAge === undefined ? '' : String(policy.maxAge),
  claims: policy.claims.map(({ claim, test, values }) => ({ claim, test, values: values.join('\n') })),
});

const once = (all: readonly string[]): readonly string[] => [...new Set(all.filter((one) => one !== ''))];

export const readWords = (text: string): readonly string[] => once(text.split(/[\s,]+/));
export const readLines = (text: string): readonly string[] => once(text.split('\n').map((line) => line.trim()));

/** What is typed for an API: its address will do, and its host. Undefined for what is none. */
export const readOrigin = (text: string): string | undefined => {
  const typed = text.trim();
  if (typed === ALL_APIS) return typed;
  const url = URL.parse(/^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`);
  const origin = url?.origin.replace(/^ws(?=s?:)/, 'http');
  return origin !== undefined && isPolicyOrigin(origin) ? origin : undefined;
};

const wrongList = (all: readonly string[]): DraftError | undefined => {
  if (all.length > MAX_ENTRIES) return 'too_many';
  return all.some((one) => one.length > MAX_ENTRY) ? 'too_long' : undefined;
};

/** Whole seconds; undefined for what is none, or too many. */
const readSeconds = (text: string, most: number): number | undefined => {
  const typed = text.trim();
  return /^\d{1,9}$/.test(typed) && Number(typed) <= most ? Number(typed) : undefined;
};

/** White space around a value may be meant, but not around lines. */
const readRule = ({ claim, test, values }: RuleDraft): ClaimRule => {
  if (test === 'present') return { claim: claim.trim(), test, values: [] };
  const read = test === 'one_of' ? readLines(values) : [values].filter((one) => one !== '');
  return { claim: claim.trim(), test, values: read };
};

const wrongRule = ({ claim, test, values }: ClaimRule): DraftError | undefined => {
  if (claim === '') return 'rule_claim';
  if (test !== 'present' && values.length === 0) return 'rule_value';
  return wrongList([claim]) ?? wrongList(values);
};

/**
 * Reads all fields; a policy only where none is wrong. What it gives can be stored.
 * @param taken origins of other policies
 */
export const readDraft = (draft: PolicyDraft, taken: readonly string[] = []): DraftRead => {
  const errors = new Map<DraftField, DraftError>();
  const told = (field: DraftField, error: DraftError | undefined) => void (error && errors.set(field, error));
  const list = (field: ListField, read: (text: string) => readonly string[]) => {
    const all = read(draft[field]);
    told(field, wrongList(all));
    return all;
  };
  const origin = readOrigin(draft.origin);
  told('origin', origin === undefined ? 'origin' : taken.includes(origin) ? 'origin_taken' : undefined);
  const leeway = draft.leeway.trim() === '' ? 0 : readSeconds(draft.leeway, MAX_LEEWAY);
  told('leeway', leeway === undefined ? 'leeway' : undefined);
  const isAged = draft.maxAge.trim() !== '';
  const maxAge = isAged ? readSeconds(draft.maxAge, MAX_AGE) : undefined;
  told('maxAge', isAged && maxAge === undefined ? 'age' : undefined);
  const claims = draft.claims.map(readRule);
  told('claims', claims.length > MAX_ENTRIES ? 'too_many' : undefined);
  for (const [index, rule] of claims.entries()) told(`rule${index}`, wrongRule(rule));
  const policy: Policy = {
    origin: origin ?? '',
    algorithms: list('algorithms', readWords),
    issuers: list('issuers', readLines),
    audiences: list('audiences', readLines),
    types: list('types', readWords),
    leeway: leeway ?? 0,
    ...(maxAge !== undefined && { maxAge }),
    claims,
    scopes: list('scopes', readWords),
    roles: list('roles', readLines),
    denied: list('denied', readLines),
  };
  return errors.size > 0 ? { errors } : { policy, errors };
};
