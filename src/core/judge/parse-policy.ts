/** Policies as they are stored, one under each origin's own key, and the border that checks them on reading. */
import * as v from 'valibot';
import type { Policy, StoredPolicies } from './policy.ts';

/** The version of the stored shape. One of another version is reported, and kept as it is. */
export const POLICY_VERSION = 1;

/** Where policies stand in storage, each followed by its origin: one that breaks takes no other with it. */
export const POLICIES = 'policy/';

/** For every API that has no policy of its own. */
export const ALL_APIS = '*';

/** APIs that one person works with; each is a few kB at the most of what storage holds. */
export const MAX_POLICIES = 200;
/** Entries of one list: what a gateway is configured with, and few enough to be looked through for each exchange. */
export const MAX_ENTRIES = 100;
/** Characters of an entry; URLs and names are shorter. */
export const MAX_ENTRY = 1000;
/** Characters of an origin: a host name has at most 253 (RFC 1035 section 2.3.4). */
const MAX_ORIGIN = 300;
/** Seconds; as of the setting that judges time without a policy. */
export const MAX_LEEWAY = 3600;
/** Seconds: ten years. */
export const MAX_AGE = 315_576_000;

/** Whether a text is an API's origin, as `URL` writes it, or stands for all. `URL` takes a `*` in a host; it would stand for none. */
export const isPolicyOrigin = (text: string): boolean =>
  text === ALL_APIS || (text.length <= MAX_ORIGIN && /^https?:[^*]+$/.test(text) && URL.parse(text)?.origin === text);

const entry = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_ENTRY));
const list = v.pipe(v.array(entry), v.maxLength(MAX_ENTRIES));

/** How many values a test has. */
const fits = ({ test, values }: { readonly test: string; readonly values: readonly string[] }): boolean => {
  if (test === 'present') return values.length === 0;
  return test === 'one_of' ? values.length > 0 : values.length === 1;
};

const rule = v.pipe(
  v.object({
    claim: entry,
    test: v.picklist(['present', 'equals', 'one_of', 'contains', 'matches']),
    values: list,
  }),
  v.check((one) => fits(one)),
);

const seconds = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

const schema = v.object({
  origin: v.pipe(v.string(), v.check(isPolicyOrigin)),
  algorithms: list,
  issuers: list,
  audiences: list,
  types: list,
  leeway: seconds(MAX_LEEWAY),
  maxAge: v.optional(seconds(MAX_AGE)),
  claims: v.pipe(v.array(rule), v.maxLength(MAX_ENTRIES)),
  scopes: list,
  roles: list,
  denied: list,
});

const stored = v.object({ v: v.literal(POLICY_VERSION), ...schema.entries });

/** What is no part of a policy is left out, its version too. Undefined for what is none. */
export const parsePolicy = (value: unknown): Policy | undefined => {
  const { success, output } = v.safeParse(stored, value);
  if (!success) return undefined;
  const { v: _, ...policy } = output;
  return policy;
};

/** As it is stored, and written to a file. */
export const storedPolicy = (policy: Policy): Policy & { readonly v: number } => ({ v: POLICY_VERSION, ...policy });

const textOf = (value: unknown): string => {
  try {
    return JSON.stringify(value, null, 2) ?? String(value);
  } catch {
    return String(value); // Firefox stores what JSON cannot write.
  }
};

/**
 * What stands in storage, by its key; keys that are no policy's are passed over. A policy under another origin's key
 * is none. Ordered by origin, `*` first.
 */
export const parsePolicies = (values: Readonly<Record<string, unknown>>): StoredPolicies => {
  const policies: Policy[] = [];
  const unreadable: StoredPolicies['unreadable'][number][] = [];
  for (const key of Object.keys(values).sort()) {
    if (!key.startsWith(POLICIES)) continue;
    const policy = parsePolicy(values[key]);
    if (policy?.origin === key.slice(POLICIES.length)) policies.push(policy);
    else unreadable.push({ key, text: textOf(values[key]) });
  }
  return { policies, unreadable };
};

/** WebSockets are opened by an HTTP request to the same server (RFC 6455 section 1.3). */
const asHttp = (origin: string): string => origin.replace(/^ws(?=s?:)/, 'http');

/** The policy of an API: its own, else the one for all. */
export const policyFor = (policies: readonly Policy[], origin: string): Policy | undefined =>
  policies.find((one) => one.origin === asHttp(origin)) ?? policies.find((one) => one.origin === ALL_APIS);
