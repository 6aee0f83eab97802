import { useMemo, useRef, useState } from 'preact/hooks';
import { ALL_APIS } from '../../core/judge/parse-policy.ts';
import type { Policy } from '../../core/judge/policy.ts';
import { emptyPolicy, policyFrom } from '../../core/judge/policy-from.ts';
import { apiOf, judgedToken, policiesOf } from '../model/policies.ts';
import { Modal } from './modal.tsx';
import { usePanel } from './panel-context.ts';
import { PolicyFiles } from './policy-files.tsx';
import { PolicyForm } from './policy-form.tsx';

/** Chosen in place of an origin: a policy whose API is still to be named. */
const NEW = '';

/** The policies of all APIs: one at a time in a form, and all of them as a file. */
export const PolicyDialog = ({ onClose }: { onClose: () => void }) => {
  const model = usePanel();
  const { source, about, selected } = model;
  const { stored, isRead, save, remove } = policiesOf(model);
  const [chosen, choose] = useState<string | undefined>(about.value || undefined);
  // Another form for another choice, and the same one when what is in it was saved.
  const [edition, setEdition] = useState(0);
  const [said, say] = useState('');
  const { policies } = stored.value;
  const entry = selected.value;
  const select = useRef<HTMLSelectElement>(null);
  const origin = chosen ?? policies[0]?.origin ?? NEW;
  const known = policies.find((one) => one.origin === origin);
  const taken = useMemo(() => policies.map((one) => one.origin).filter((one) => one !== origin), [policies, origin]);

  const turnTo = (next: string | undefined, words = '') => {
    choose(next);
    setEdition(edition + 1);
    say(words);
  };
  const initial = (): Policy => {
    if (known) return known;
    if (origin !== NEW) return entry ? policyFrom(judgedToken(entry), origin) : emptyPolicy(origin);
    const api = entry ? apiOf(entry) : '';
    return emptyPolicy(policies.some((one) => one.origin === api) ? NEW : api);
  };
  const keep = async (policy: Policy) => {
    try {
      await save(policy);
    } catch {
      return say(source.text('policy_not_saved'));
    }
    choose(policy.origin);
    say(source.text('policy_saved'));
  };
  const drop = async () => {
    try {
      await remove(origin);
    } catch {
      return say(source.text('policy_not_removed'));
    }
    turnTo(policies.find((one) => one.origin !== origin)?.origin ?? NEW, source.text('policy_removed'));
    select.current?.focus();
  };
  const label = (one: string) => (one === ALL_APIS ? source.text('policy_all_apis') : one);

  return (
    <Modal title={source.text('policy_title')} onClose={onClose}>
      <p class="hint">{source.text(source.canRemember ? 'policy_about' : 'policy_about_private')}</p>
      <div class="policy-pick">
        <select
          ref={select}
          aria-label={source.text('policy_api')}
          value={origin}
          onChange={(event) => turnTo(event.currentTarget.value)}
        >
          {policies.map((one) => (
            <option key={one.origin} value={one.origin}>
              {label(one.origin)}
            </option>
          ))}
          {!known && origin !== NEW && <option value={origin}>{source.text('policy_new_for', label(origin))}</option>}
          <option value={NEW}>{source.text('policy_new')}</option>
        </select>
      </div>
      {isRead.value && (
        <PolicyForm
          key={edition}
          initial={initial()}
          isNew={!known}
          taken={taken}
          entry={entry}
          said={said}
          onSave={keep}
          onRemove={drop}
        />
      )}
      <PolicyFiles onImported={() => turnTo(undefined)} />
    </Modal>
  );
};
