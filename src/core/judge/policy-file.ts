/** Policies as one file, out and in. */
import * as v from 'valibot';
import { shown } from '../token/shown.ts';
import { MAX_POLICIES, parsePolicy, storedPolicy } from './parse-policy.ts';
import type { Policy } from './policy.ts';

/** The version of the file's shape. */
const FILE_VERSION = 1;
/** Characters: all the policies there may be, each with some kB. */
export const MAX_POLICY_FILE = 2_000_000;

export type PolicyFileError =
  | 'too_large'
  | 'not_json'
  | 'not_policies' // JSON of something else
  | 'version' // a later one
  | 'too_many';

export interface PoliciesRead {
  readonly policies: readonly Policy[];
  /** Those that are none, by their origin, else by their place in the file (`2.`). */
  readonly unreadable: readonly string[];
}

/** The policies as the text of a JSON file. */
export const writePolicies = (policies: readonly Policy[]): string =>
  `${JSON.stringify({ claimcheck: FILE_VERSION, kind: 'policies', policies: policies.map(storedPolicy) }, null, 2)}\n`;

const file = v.object({ claimcheck: v.number(), kind: v.literal('policies'), policies: v.array(v.unknown()) });
const named = v.object({ origin: v.string() });

const nameOf = (value: unknown, index: number): string => (v.is(named, value) ? shown(value.origin) : `${index + 1}.`);

const parse = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/**
 * Reads what `writePolicies` wrote, from whoever it came. One that is no policy does not keep the others out, and is
 * named; of two for one origin the last counts. Linear; never throws.
 */
export const readPolicyFile = (text: string): PoliciesRead | { readonly error: PolicyFileError } => {
  if (text.length > MAX_POLICY_FILE) return { error: 'too_large' };
  const json = parse(text);
  if (!json) return { error: 'not_json' };
  const { success, output } = v.safeParse(file, json.value);
  if (!success) return { error: 'not_policies' };
  if (output.claimcheck !== FILE_VERSION) return { error: 'version' };
  if (output.policies.length > MAX_POLICIES) return { error: 'too_many' };
  const policies = new Map<string, Policy>();
  const unreadable: string[] = [];
  for (const [index, one] of output.policies.entries()) {
    const policy = parsePolicy(one);
    if (policy) policies.set(policy.origin, policy);
    else unreadable.push(nameOf(one, index));
  }
  return { policies: [...policies.values()], unreadable };
};
