import { useId } from 'preact/hooks';
import type { DraftError, ListField } from '../model/policy-form.ts';
import { usePanel } from './panel-context.ts';

/** What is wrong with a field, read out with it. */
export const FieldError = ({ id, error }: { id: string; error: DraftError | undefined }) => {
  const { source } = usePanel();
  return (
    <small id={id} class="bad" role={error && 'alert'}>
      {error && (
        <>
          <span aria-hidden="true">✕ </span>
          {source.text(`policy_error_${error}`)}
        </>
      )}
    </small>
  );
};

/** One field of a policy: its name, what it is for, and beside it what is wrong. Several lines where `lines` says so. */
export const PolicyField = ({
  name,
  value,
  error,
  lines = false,
  onInput,
}: {
  name: ListField | 'origin' | 'leeway' | 'maxage';
  value: string;
  error: DraftError | undefined;
  lines?: boolean;
  onInput: (value: string) => void;
}) => {
  const { source } = usePanel();
  const id = useId();
  const shared = {
    id,
    value,
    spellcheck: false,
    autocomplete: 'off',
    'aria-invalid': error !== undefined,
    'aria-describedby': `${id}-hint ${id}-error`,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => onInput(event.currentTarget.value),
  } as const;
  return (
    <div class="policy-field">
      <label for={id}>{source.text(`policy_field_${name}`)}</label>
      <div>
        {lines ? (
          <textarea rows={Math.min(6, value.split('\n').length)} {...shared} />
        ) : (
          <input type="text" {...shared} />
        )}
        <small id={`${id}-hint`} class="dim">
          {source.text(`policy_hint_${name}`)}
        </small>
        <FieldError id={`${id}-error`} error={error} />
      </div>
    </div>
  );
};
