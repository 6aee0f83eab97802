import { useState } from 'preact/hooks';
import type { Entry } from '../model/log.ts';
import { usePanel } from './panel-context.ts';

/** Takes the payload that a token was signed over and does not carry; the signature follows each keystroke. */
export const DetachedPayload = ({ entry }: { entry: Entry }) => {
  const { source, signatures } = usePanel();
  const [text, setText] = useState(signatures.payloadOf(entry));
  const take = (typed: string) => {
    setText(typed);
    signatures.setPayload(entry, typed);
  };
  return (
    <label class="detached">
      {source.text('detached_name')}
      <textarea
        rows={3}
        value={text}
        placeholder={source.text('detached_placeholder')}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => take(event.currentTarget.value)}
      />
    </label>
  );
};
