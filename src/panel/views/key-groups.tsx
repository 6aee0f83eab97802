import type { RingKey } from '../../core/trust/signature.ts';
import { groupKeys } from '../model/ring.ts';
import { KeyRow } from './key-row.tsx';
import { short } from './key-words.ts';
import { usePanel } from './panel-context.ts';

/** Characters of an issuer that are shown. */
const MAX_NAME = 200;

/** The keys of each issuer under its name. Takes them as `inOrder` gives them. */
export const KeyGroups = ({ ordered, say }: { ordered: readonly RingKey[]; say: (text: string) => void }) => {
  const { source } = usePanel();
  return (
    <>
      {groupKeys(ordered).map(({ id, name, keys }) => {
        const heading = name === '' ? source.text('ring_no_issuer') : short(name, MAX_NAME);
        return (
          <section key={id} class="ring-group">
            <h2>{heading}</h2>
            <ul aria-label={heading}>
              {keys.map((given) => (
                <KeyRow key={given.id} given={given} say={say} />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
};
