import { useRef, useState } from 'preact/hooks';
import { MAX_POLICY_FILE, readPolicyFile, writePolicies } from '../../core/judge/policy-file.ts';
import { visibleText } from '../../core/token/visible.ts';
import { policiesOf } from '../model/policies.ts';
import { usePanel } from './panel-context.ts';

/** Names of unreadable policies that a sentence lists. */
const MAX_NAMED = 5;

/** Policies as a file, out and in; and those that could not be read, with their text. */
export const PolicyFiles = ({ onImported }: { onImported: () => void }) => {
  const model = usePanel();
  const { source } = model;
  const { stored, save } = policiesOf(model);
  const { policies } = stored.value;
  const [text, setText] = useState('');
  const [said, say] = useState('');
  const chooser = useRef<HTMLInputElement>(null);

  const take = async (given: string) => {
    const read = readPolicyFile(given);
    if ('error' in read) return say(source.text(`policy_file_${read.error}`));
    let taken = 0;
    try {
      for (const policy of read.policies) {
        await save(policy);
        taken += 1;
      }
    } catch {
      return say(source.text('policy_not_all_saved', String(taken), String(read.policies.length)));
    }
    const { unreadable } = read;
    const names =
      unreadable.slice(0, MAX_NAMED).map(visibleText).join(', ') + (unreadable.length > MAX_NAMED ? ' …' : '');
    say(
      unreadable.length > 0
        ? source.text('policy_imported_but', String(taken), names)
        : source.text('policy_imported', String(taken)),
    );
    setText('');
    if (taken > 0) onImported();
  };
  const choose = async (file: File | undefined) => {
    if (!file) return;
    // No larger file is read into memory to be refused.
    await take(file.size > MAX_POLICY_FILE ? ' '.repeat(MAX_POLICY_FILE + 1) : await file.text());
    if (chooser.current) chooser.current.value = '';
  };
  const write = async () => {
    const name = `claimcheck-policies-${new Date(source.now()).toISOString().slice(0, 10)}.json`;
    await source.save({ name, type: 'application/json', text: writePolicies(policies) });
    say(source.text('export_saved', name));
  };

  return (
    <section class="policy-files">
      <h2>{source.text('policy_files')}</h2>
      <p class="hint">{source.text('policy_files_hint')}</p>
      <textarea
        rows={2}
        value={text}
        placeholder='{ "claimcheck": 1, "kind": "policies" … }'
        aria-label={source.text('policy_import_name')}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <input
        type="file"
        hidden
        accept=".json,application/json"
        aria-label={source.text('policy_import_file')}
        ref={chooser}
        onChange={(event) => void choose(event.currentTarget.files?.[0])}
      />
      <div class="buttons">
        <output class="grow hint">{said}</output>
        <button type="button" onClick={() => chooser.current?.click()}>
          {source.text('policy_import_file')}
        </button>
        <button type="button" disabled={text.trim() === ''} onClick={() => take(text)}>
          {source.text('policy_import')}
        </button>
        <button type="button" disabled={policies.length === 0} onClick={write}>
          {source.text('policy_export')}
        </button>
      </div>
      {stored.value.unreadable.length > 0 && (
        <>
          <h2>{source.text('policy_unreadable')}</h2>
          <p class="hint">{source.text('policy_unreadable_hint')}</p>
          {stored.value.unreadable.map(({ key, text: broken }) => (
            <label key={key} class="policy-broken">
              {visibleText(key.slice(key.indexOf('/') + 1))}
              <textarea readOnly rows={4} value={broken} autocomplete="off" spellcheck={false} />
            </label>
          ))}
        </>
      )}
    </section>
  );
};
