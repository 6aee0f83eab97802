import { useState } from 'preact/hooks';
import { isSealedByAuthjs } from '../../core/trust/authjs.ts';
import type { Place } from './json-editor.tsx';
import { usePanel } from './panel-context.ts';
import { useWorkbench } from './use-workbench.ts';
import { WorkbenchEditor } from './workbench-editor.tsx';
import { WorkbenchLayOut } from './workbench-lay-out.tsx';

/** The header of the JWE beside its algorithms. */
export const WorkbenchOuter = () => {
  const { source } = usePanel();
  const { encryption, setEncryption, outerMarks } = useWorkbench();
  const [place, setPlace] = useState<Place>();
  const { zip, more } = encryption.value;
  const name = source.text('workbench_encrypt_more');
  return (
    <>
      <label class="check">
        <input type="checkbox" checked={zip} onChange={() => setEncryption({ zip: !zip })} />
        {source.text('workbench_encrypt_zip')}
      </label>
      <section class="wb-outer" aria-label={name}>
        <h3>
          {name}
          <WorkbenchLayOut part="outer" />
        </h3>
        <WorkbenchEditor
          part="outer"
          name={name}
          text={more}
          marks={outerMarks.value}
          onInput={(text) => setEncryption({ more: text })}
          place={place}
          go={setPlace}
        />
        <p class="hint">{source.text('workbench_encrypt_more_hint')}</p>
      </section>
    </>
  );
};

/** Where a session of Auth.js may be sealed: by the name of its cookie, from which its key is made. */
export const WorkbenchCookie = () => {
  const { source } = usePanel();
  const { encryption, setEncryption } = useWorkbench();
  const { alg, enc, cookie } = encryption.value;
  if (!isSealedByAuthjs(alg, enc)) return null;
  return (
    <label class="wb-field wb-cookie">
      <span>{source.text('workbench_encrypt_cookie')}</span>
      <input
        type="text"
        value={cookie}
        placeholder="authjs.session-token"
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => setEncryption({ cookie: event.currentTarget.value })}
      />
      <small class="hint">{source.text('workbench_encrypt_cookie_hint')}</small>
    </label>
  );
};
