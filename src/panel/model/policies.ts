/** The policies, watched from when something first asks for them; loaded with the views that do. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { policyFor } from '../../core/judge/parse-policy.ts';
import type { Policy, StoredPolicies } from '../../core/judge/policy.ts';
import type { JudgedToken } from '../../core/judge/policy-token.ts';
import type { Entry } from './entry.ts';
import type { Model } from './model.ts';
import { datedClaims, isSealed, signatureOf } from './opened.ts';

export interface Policies {
  /** None until they are read. */
  readonly stored: ReadonlySignal<StoredPolicies>;
  readonly isRead: ReadonlySignal<boolean>;
  /** The policy of an API: its own, else the one for all. To be read after `stored`. */
  of(origin: string): Policy | undefined;
  /** In place of the one that its origin had. Rejects when there is no room for it. */
  save(policy: Policy): Promise<void>;
  remove(origin: string): Promise<void>;
}

const made = new WeakMap<Model, Policies>();

/** One for each model; it stops watching when the model ends. */
export const policiesOf = (model: Model): Policies => {
  const known = made.get(model);
  if (known) return known;
  const stored = signal<StoredPolicies>({ policies: [], unreadable: [] });
  const isRead = signal(false);
  const { source } = model;
  model.onDispose(
    source.watchPolicies((next) => {
      stored.value = next;
      isRead.value = true;
    }),
  );
  const policies: Policies = {
    stored,
    isRead,
    of: (origin) => policyFor(stored.value.policies, origin),
    save: (policy) => source.savePolicy(policy),
    remove: (origin) => source.removePolicy(origin),
  };
  made.set(model, policies);
  return policies;
};

/** A token of the log, as a policy looks at it: what was disclosed counts as said. */
export const judgedToken = (entry: Entry): JudgedToken => {
  const { decoded, claims, opened } = entry;
  const payload = datedClaims(entry);
  const signature = signatureOf(opened);
  return {
    decoded,
    claims: payload && payload !== claims.payload ? { ...claims, payload } : claims,
    ...(signature && { signature }),
    ...(isSealed(entry) && { sealed: true }),
  };
};

/** The API that a token was last sent to, as an origin; '' where it was sent to none. */
export const apiOf = ({ lastSent }: Entry): string => {
  const origin = lastSent ? URL.parse(lastSent.url)?.origin : undefined;
  return origin === undefined || origin === 'null' ? '' : origin.replace(/^ws(?=s?:)/, 'http');
};
