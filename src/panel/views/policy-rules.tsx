import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { ClaimTest } from '../../core/judge/policy.ts';
import type { DraftRead, RuleDraft } from '../model/policy-form.ts';
import { usePanel } from './panel-context.ts';
import { FieldError } from './policy-fields.tsx';

const TESTS: readonly ClaimTest[] = ['present', 'equals', 'one_of', 'contains', 'matches'];

const isTest = (value: string): value is ClaimTest => TESTS.some((test) => test === value);

const NEW_RULE: RuleDraft = { claim: '', test: 'present', values: '' };

/** What claims must say, a row for each. */
export const PolicyRules = ({
  rules,
  errors,
  onChange,
}: {
  rules: readonly RuleDraft[];
  errors: DraftRead['errors'];
  onChange: (rules: readonly RuleDraft[]) => void;
}) => {
  const { source } = usePanel();
  const id = useId();
  const box = useRef<HTMLFieldSetElement>(null);
  const change = (index: number, part: Partial<RuleDraft>) =>
    onChange(rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)));
  const remove = (index: number) => {
    onChange(rules.filter((_, at) => at !== index));
    box.current?.querySelector<HTMLElement>('.add-rule')?.focus();
  };
  const isAdding = useRef(false);
  const add = () => {
    isAdding.current = true;
    onChange([...rules, NEW_RULE]);
  };
  useLayoutEffect(() => {
    if (isAdding.current) [...(box.current?.querySelectorAll<HTMLElement>('.rule-claim') ?? [])].at(-1)?.focus();
    isAdding.current = false;
  }, [rules.length]);
  return (
    <fieldset class="policy-field policy-rules" ref={box}>
      <legend>{source.text('policy_field_claims')}</legend>
      <div>
        {rules.map(({ claim, test, values }, index) => {
          const error = errors.get(`rule${index}`);
          const value = {
            value: values,
            spellcheck: false,
            autocomplete: 'off',
            'aria-label': source.text(test === 'one_of' ? 'policy_rule_values' : 'policy_rule_value', claim),
            onInput: (event: { readonly currentTarget: { readonly value: string } }) =>
              change(index, { values: event.currentTarget.value }),
          } as const;
          return (
            // By place: two rules may be alike.
            <div class="policy-rule" key={index}>
              <input
                type="text"
                class="rule-claim"
                value={claim}
                placeholder="realm_access.roles"
                spellcheck={false}
                autocomplete="off"
                aria-label={source.text('policy_rule_claim')}
                aria-invalid={error !== undefined}
                aria-describedby={`${id}-${index}`}
                onInput={(event) => change(index, { claim: event.currentTarget.value })}
              />
              <select
                value={test}
                aria-label={source.text('policy_rule_test', claim)}
                onChange={({ currentTarget: { value } }) => isTest(value) && change(index, { test: value })}
              >
                {TESTS.map((one) => (
                  <option key={one} value={one}>
                    {source.text(`policy_test_${one}`)}
                  </option>
                ))}
              </select>
              {test === 'one_of' && <textarea rows={Math.min(6, values.split('\n').length + 1)} {...value} />}
              {test !== 'one_of' && test !== 'present' && <input type="text" class="rule-value" {...value} />}
              <button
                type="button"
                class="icon"
                aria-label={source.text('policy_rule_remove', claim)}
                onClick={() => remove(index)}
              >
                <svg viewBox="0 0 16 16" aria-hidden="true">
                  <path class="line" d="M4 4l8 8M12 4l-8 8" />
                </svg>
              </button>
              <FieldError id={`${id}-${index}`} error={error} />
            </div>
          );
        })}
        <FieldError id={`${id}-all`} error={errors.get('claims')} />
        <button type="button" class="link add-rule" onClick={add}>
          {source.text('policy_rule_add')}
        </button>
        <small class="dim">{source.text('policy_hint_claims')}</small>
      </div>
    </fieldset>
  );
};
