import { useMemo, useState } from 'preact/hooks';
import { rolesOf, scopesOf } from '../../core/judge/find-claim.ts';
import { ALL_APIS } from '../../core/judge/parse-policy.ts';
import type { Policy } from '../../core/judge/policy.ts';
import { policyFrom } from '../../core/judge/policy-from.ts';
import type { Entry } from '../model/log.ts';
import { judgedToken } from '../model/policies.ts';
import {
  type DraftField,
  draftOf,
  LINE_FIELDS,
  type ListField,
  readDraft,
  readLines,
  readWords,
  WORD_FIELDS,
} from '../model/policy-form.ts';
import { usePanel } from './panel-context.ts';
import { PolicyField } from './policy-fields.tsx';
import { PolicyPreview } from './policy-preview.tsx';
import { PolicyRules } from './policy-rules.tsx';

/** In the order of the checks. */
const FIRST: readonly ListField[] = ['algorithms', 'issuers', 'audiences', 'types'];
const LAST: readonly ListField[] = ['scopes', 'roles', 'denied'];

const isLines = (field: ListField): boolean => LINE_FIELDS.some((one) => one === field);

/**
 * All that one policy demands. `isNew`: its API is still to be named.
 * @param onSave rejects when the policy could not be kept
 */
export const PolicyForm = ({
  initial,
  isNew,
  taken,
  entry,
  said,
  onSave,
  onRemove,
}: {
  initial: Policy;
  isNew: boolean;
  /** Origins of the other policies. */
  taken: readonly string[];
  /** The selected token. */
  entry: Entry | undefined;
  said: string;
  onSave: (policy: Policy) => Promise<void>;
  onRemove: () => void;
}) => {
  const { source } = usePanel();
  const [draft, setDraft] = useState(() => draftOf(initial));
  // What is not there yet is not wrong until it is to be saved.
  const [isTried, setTried] = useState(false);
  const { policy, errors } = useMemo(() => readDraft(draft, taken), [draft, taken]);
  const errorOf = (field: DraftField) => (isTried ? errors.get(field) : undefined);
  const token = entry && judgedToken(entry);
  const claims = token?.sealed ? undefined : token?.claims.payload;
  const offered = { scopes: claims ? scopesOf(claims) : [], roles: claims ? rolesOf(claims) : [] };

  const fill = () => {
    if (!token) return;
    const { origin: _, ...rest } = draftOf(policyFrom(token, ALL_APIS));
    setDraft({ ...draft, ...rest, claims: draft.claims, denied: draft.denied });
  };
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (policy) void onSave(policy);
  };
  const field = (name: ListField | 'origin' | 'leeway' | 'maxAge') => (
    <PolicyField
      key={name}
      name={name === 'maxAge' ? 'maxage' : name}
      value={draft[name]}
      error={errorOf(name)}
      lines={name !== 'origin' && name !== 'leeway' && name !== 'maxAge' && isLines(name)}
      onInput={(value) => setDraft({ ...draft, [name]: value })}
    />
  );
  /** Those of the selected token, that are not demanded yet, at a click. */
  const offer = (name: 'scopes' | 'roles') => {
    const isWords = WORD_FIELDS.some((one) => one === name);
    const present = isWords ? readWords(draft[name]) : readLines(draft[name]);
    const missing = offered[name].filter((one) => !present.includes(one));
    if (missing.length === 0) return null;
    const value = [...present, ...missing].join(isWords ? ' ' : '\n');
    return (
      <p class="policy-offer" key={`${name}-offer`}>
        <button type="button" class="link" onClick={() => setDraft({ ...draft, [name]: value })}>
          {source.text(`policy_offer_${name}`, missing.slice(0, 5).join(', ') + (missing.length > 5 ? ' …' : ''))}
        </button>
      </p>
    );
  };

  return (
    <form class="policy-form" onSubmit={submit}>
      {token && (
        <p>
          <button type="button" class="link" onClick={fill}>
            {source.text('policy_fill')}
          </button>
        </p>
      )}
      {isNew && field('origin')}
      {FIRST.map(field)}
      {field('leeway')}
      {field('maxAge')}
      <PolicyRules
        rules={draft.claims}
        errors={isTried ? errors : new Map()}
        onChange={(rules) => setDraft({ ...draft, claims: rules })}
      />
      {LAST.map((name) => [field(name), name !== 'denied' && offer(name === 'roles' ? 'roles' : 'scopes')])}
      <PolicyPreview policy={policy} entry={entry} />
      <div class="buttons policy-foot">
        <output class="grow hint">{isTried && errors.size > 0 ? source.text('policy_has_errors') : said}</output>
        {!isNew && (
          <button type="button" onClick={onRemove}>
            {source.text('policy_remove')}
          </button>
        )}
        <button type="submit" class="primary">
          {source.text('policy_save')}
        </button>
      </div>
    </form>
  );
};
