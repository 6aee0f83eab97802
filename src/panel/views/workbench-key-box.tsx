import { useRef } from 'preact/hooks';
import type { KeyReading } from '../../core/trust/key.ts';
import type { PanelSource } from '../source.ts';
import { keyErrorText, keySizeText } from './key-words.ts';
import { usePanel } from './panel-context.ts';
import { Spoken } from './spoken.tsx';
import { useDrop } from './use-drop.ts';

/** Characters that the box shows; a longer text is read whole. */
const MAX_SHOWN = 50_000;

/** What a key was recognised as, or why it is none. */
const recognised = (source: PanelSource, reading: KeyReading): string => {
  if ('error' in reading) return keyErrorText(source, reading);
  const size = keySizeText(source, reading.candidates);
  const format = source.text('key_recognised', source.text(`key_format_${reading.format}`));
  return size === '' ? format : `${format} ${size}.`;
};

/** Takes a key, typed, pasted or dropped, and says what it is; `hint` stands there until one is. */
export const WorkbenchKeyBox = ({
  name,
  placeholder,
  text,
  reading,
  hint = '',
  onInput,
}: {
  name: string;
  placeholder: string;
  text: string;
  reading: KeyReading | undefined;
  hint?: string;
  onInput: (text: string) => void;
}) => {
  const { source } = usePanel();
  const said = reading ? recognised(source, reading) : '';
  const area = useRef<HTMLDivElement>(null);
  useDrop(area, onInput);
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (pasted.length <= MAX_SHOWN) return;
    event.preventDefault();
    onInput(pasted);
  };
  return (
    <div class="wb-key" ref={area}>
      <textarea
        rows={3}
        value={text.slice(0, MAX_SHOWN)}
        placeholder={placeholder}
        aria-label={name}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => onInput(event.currentTarget.value)}
        onPaste={onPaste}
      />
      <p class={reading && 'error' in reading ? 'warn' : 'trial'}>{said || hint}</p>
      <Spoken text={said} />
    </div>
  );
};
