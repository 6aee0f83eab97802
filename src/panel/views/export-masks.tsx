import { isPersonal } from '../model/claim-names.ts';
import { usePanel } from './panel-context.ts';
import { VisibleText } from './visible-text.tsx';

/** What is to be masked: claims that were ticked, and the text with further names. */
export interface Masks {
  readonly ticked: ReadonlySet<string>;
  readonly others: string;
}

/** What is proposed: the claims about a person that occur. */
export const proposed = (names: readonly string[]): Masks => ({
  ticked: new Set(names.filter(isPersonal)),
  others: '',
});

export const maskedClaims = ({ ticked, others }: Masks): readonly string[] => [
  ...new Set([...ticked, ...others.split(/[\s,]+/).filter((name) => name !== '')]),
];

/** Which claims are to be masked: those that occur, to be ticked, and others by name. */
export const ExportMasks = ({
  names,
  masks,
  disabled,
  onChange,
}: {
  names: readonly string[];
  masks: Masks;
  disabled: boolean;
  onChange: (masks: Masks) => void;
}) => {
  const { source } = usePanel();
  const tick = (name: string) => {
    const ticked = new Set(masks.ticked);
    if (!ticked.delete(name)) ticked.add(name);
    onChange({ ...masks, ticked });
  };
  return (
    <fieldset class="export-masks" disabled={disabled}>
      <legend>{source.text('export_mask')}</legend>
      <p class="hint">{source.text('export_mask_hint')}</p>
      {names.length > 0 && (
        <ul>
          {names.map((name) => (
            <li key={name}>
              <label class="check">
                <input type="checkbox" checked={masks.ticked.has(name)} onChange={() => tick(name)} />
                <VisibleText text={name} />
              </label>
            </li>
          ))}
        </ul>
      )}
      <label class="others">
        {source.text('export_mask_other')}
        <input
          type="text"
          value={masks.others}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => onChange({ ...masks, others: event.currentTarget.value })}
        />
      </label>
    </fieldset>
  );
};
